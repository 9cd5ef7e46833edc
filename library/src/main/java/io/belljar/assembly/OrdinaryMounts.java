package io.belljar.assembly;

import io.belljar.InvalidIsolationException;
import io.belljar.Isolation;
import io.belljar.Sharing;
import io.belljar.runtime.HostFiles;
import io.belljar.spec.config.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The mounts of a container that an ordinary user starts. In a user namespace those file systems
 * can be mounted that show what belongs to it (user_namespaces(7)); of what is the host's, the
 * host's own mount is shown. Device nodes cannot be made there, so the host's are shown, too.
 */
final class OrdinaryMounts {
  private static final int TERMINALS = 5;

  private final Isolation isolation;
  private final Situation situation;
  private final OrdinaryUser user;

  OrdinaryMounts(Isolation isolation, Situation situation) {
    this.isolation = isolation;
    this.situation = situation;
    this.user = situation.ordinary().orElseThrow();
  }

  /** What takes the place of the standard mounts. */
  List<Mount> instead(List<Mount> standards) {
    List<Mount> mounts = new ArrayList<>();
    for (Mount mount : standards) {
      switch (mount.destination()) {
        case "/proc" -> add(mounts, mount, isolation.namespaces().pid());
        case "/sys" -> add(mounts, mount, isolation.namespaces().network());
        case "/dev/mqueue" -> add(mounts, mount, isolation.namespaces().ipc());
        case "/dev/pts" -> mounts.add(withoutGroup(mount));
        default -> mounts.add(mount);
      }
    }
    return mounts;
  }

  private void add(List<Mount> mounts, Mount mount, Sharing shown) {
    String path = mount.destination();
    if (!shown.equals(Sharing.HOST)) {
      mounts.add(mount);
    } else if (situation.facts().files().kind(Path.of(path)) == HostFiles.Kind.DIRECTORY) {
      List<String> options = new ArrayList<>(List.of("rbind", "rprivate"));
      mount.options().stream()
          .filter(option -> !option.equals("rw"))
          .map(option -> "r" + option)
          .forEach(options::add);
      mounts.add(Mount.bind(path, path, options));
    }
  }

  /** A group that is nobody inside cannot own terminals. */
  private Mount withoutGroup(Mount mount) {
    List<String> options = new ArrayList<>(mount.options());
    options.removeIf(option -> option.startsWith("gid=") && !user.hasGroup(TERMINALS));
    return Mount.of(mount.destination(), mount.type().orElseThrow(), "devpts", options);
  }

  /**
   * The devices that were asked for, or all.
   *
   * @throws InvalidIsolationException when access to one is to be taken away from its user
   */
  List<Mount> devices() {
    for (io.belljar.Device asked : isolation.devices()) {
      if (!asked.access().contains("r") || !asked.access().contains("w")) {
        throw new InvalidIsolationException(
            "device",
            "%s: \"%s\": what the device's own permissions allow, only root can take away"
                .formatted(asked.source(), asked.access()));
      }
    }
    List<Mount> mounts = new ArrayList<>();
    ResourceAssembly.devices(isolation, situation)
        .forEach((path, device) ->
            mounts.add(
                Mount.bind(path, device.path().toString(), List.of("bind", "nosuid", "noexec"))));
    return mounts;
  }
}
