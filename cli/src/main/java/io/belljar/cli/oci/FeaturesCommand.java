package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.linux.Capability;
import io.belljar.linux.mount.MountOption;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.Hooks;
import io.belljar.spec.features.Features;
import io.belljar.spec.features.FeaturesWriter;
import io.belljar.spec.features.LinuxFeatures;
import io.belljar.spec.linux.NamespaceType;
import io.belljar.spec.seccomp.SeccompAction;
import io.belljar.spec.seccomp.SeccompArchitecture;
import io.belljar.spec.seccomp.SeccompFlag;
import io.belljar.spec.seccomp.SeccompOperator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

final class FeaturesCommand extends OciVerb {
  FeaturesCommand() {
    super("Print what this runtime can do, as JSON.");
  }

  @Override
  Ending run(OciContext context) {
    context.caller().print(FeaturesWriter.write(features()));
    return Ending.SUCCESS;
  }

  private static Features features() {
    LinuxFeatures linux =
        new LinuxFeatures(
            NamespaceType.VOCABULARY.words().stream().sorted().toList(),
            names(Capability.values()),
            new LinuxFeatures.Cgroup(true, true, false, false, true),
            new LinuxFeatures.Seccomp(
                true,
                names(SeccompAction.values()),
                names(SeccompOperator.values()),
                names(SeccompArchitecture.values()),
                names(SeccompFlag.values()),
                names(SeccompFlag.values())),
            true,
            false,
            false,
            false,
            false);
    return new Features(
        "1.0.0",
        Config.OCI_VERSION,
        Hooks.NAMES,
        MountOption.names().stream().sorted().toList(),
        linux,
        Map.of(),
        List.of());
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).toList();
  }
}
