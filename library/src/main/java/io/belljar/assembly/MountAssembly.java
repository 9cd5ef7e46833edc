package io.belljar.assembly;

import io.belljar.InvalidIsolationException;
import io.belljar.Isolation;
import io.belljar.Sharing;
import io.belljar.runtime.HostFiles;
import io.belljar.spec.config.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code mounts} of a description: Docker's, and the description's own in their place or after. */
final class MountAssembly {
  private MountAssembly() {}

  static List<Mount> mounts(Isolation isolation, Situation situation) {
    HostFiles files = situation.facts().files();
    boolean hostMemory =
        isolation.namespaces().ipc().equals(Sharing.HOST)
            && files.kind(Path.of("/dev/shm")) == HostFiles.Kind.DIRECTORY;
    Map<String, Mount> own = new LinkedHashMap<>();
    for (io.belljar.Mount mount : isolation.mounts()) {
      String target = target(mount);
      own.remove(target);
      own.put(target, mount(mount, target));
    }
    List<Mount> mounts = new ArrayList<>();
    List<Mount> standards = DockerDefaults.mounts(isolation.privileges().all(), hostMemory);
    List<Mount> devices = List.of();
    if (situation.ordinary().isPresent()) {
      OrdinaryMounts ordinary = new OrdinaryMounts(isolation, situation);
      standards = ordinary.instead(standards);
      devices = ordinary.devices();
    }
    standards.stream().filter(mount -> !own.containsKey(mount.destination())).forEach(mounts::add);
    mounts.addAll(devices);
    // Those above come before those inside them, in whatever order they were asked for.
    own.values().stream()
        .sorted(Comparator.comparingInt(mount -> Path.of(mount.destination()).getNameCount()))
        .forEach(mounts::add);
    return List.copyOf(mounts);
  }

  private static String target(io.belljar.Mount mount) {
    String option = mount instanceof io.belljar.Mount.Bind ? "volume" : "tmpfs";
    if (!mount.target().startsWith("/")) {
      throw new InvalidIsolationException(
          option, "\"" + mount.target() + "\" is not an absolute path in the container");
    }
    String target = Path.of(mount.target()).normalize().toString();
    if (target.equals("/")) {
      throw new InvalidIsolationException(option, "\"/\" is the root itself");
    }
    return target;
  }

  private static Mount mount(io.belljar.Mount mount, String target) {
    return switch (mount) {
      case io.belljar.Mount.Bind bind -> {
        List<String> options = new ArrayList<>(List.of("rbind", bind.propagation()));
        if (bind.readOnly()) {
          options.add("rro"); // also what is mounted below the source
        }
        yield Mount.bind(target, bind.source().toAbsolutePath().normalize().toString(), options);
      }
      case io.belljar.Mount.Temporary temporary -> {
        List<String> options = new ArrayList<>(List.of("nosuid", "noexec", "nodev"));
        for (String option : temporary.options()) {
          options.remove("no" + option); // exec takes noexec back
          options.add(option);
        }
        yield Mount.of(target, "tmpfs", "tmpfs", options);
      }
    };
  }
}
