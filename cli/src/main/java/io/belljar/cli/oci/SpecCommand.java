package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.ConfigWriter;
import io.belljar.spec.config.DefaultConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;

final class SpecCommand extends OciVerb {
  private final Supplier<Optional<String>> bundle =
      syntax.text("--bundle -b", "DIR", "Where to write it; the current directory otherwise.");
  private final Supplier<Boolean> rootless =
      syntax.flag("--rootless", "For a user that is not root.");

  SpecCommand() {
    super("Write a config.json with runc's defaults.");
  }

  @Override
  Ending run(OciContext context) {
    var request = context.caller().request();
    Path file = context.path(bundle.get().orElse(".")).resolve("config.json");
    boolean unified = context.invocation().facts().get().cgroups().mode() == CgroupLayout.Mode.V2;
    Config config =
        rootless.get()
            ? DefaultConfig.rootless(request.uid(), request.gid(), unified)
            : DefaultConfig.rootful(unified);
    try {
      Files.writeString(file, ConfigWriter.write(config), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new InvalidRequestException(
          "File " + file.getFileName() + " exists. Remove it first", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Ending.SUCCESS;
  }
}
