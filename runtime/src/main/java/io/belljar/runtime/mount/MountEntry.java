package io.belljar.runtime.mount;

import io.belljar.linux.mount.MountFlags;
import io.belljar.linux.mount.MountOptions;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.config.Mount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * One element of the configuration's mounts, decoded and checked by itself.
 *
 * @param index its place among them
 * @param mount as configured
 * @param options decoded
 * @param type the file system; empty for a bind mount
 * @param path where, relative to the root
 */
record MountEntry(int index, Mount mount, MountOptions options, String type, String path) {
  /** fsconfig(2) takes strings of up to 256 bytes, with the NUL. */
  private static final int LONGEST_PARAMETER = 255;

  // What runc lets be mounted inside /proc: files that lxcfs provides.
  private static final Set<String> EMULATED =
      Set.of(
          "proc/cpuinfo",
          "proc/diskstats",
          "proc/meminfo",
          "proc/stat",
          "proc/swaps",
          "proc/uptime",
          "proc/loadavg",
          "proc/slabinfo",
          "proc/net/dev",
          "proc/sys/kernel/ns_last_pid",
          "proc/sys/crypto/fips_enabled");

  /**
   * @throws InvalidRequestException when it cannot or must not be made
   */
  static MountEntry of(int index, Mount mount, Path root, List<MountEntry> before) {
    MountOptions options = MountOptions.parse(mount.options());
    String type = options.isBind() ? "" : mount.type().orElse("");
    String path = InRoot.path(mount.absoluteDestination());
    // These two must not be behind a link at all; and where a mount comes before it, the image's
    // links are not what the path leads through.
    boolean plain =
        type.equals("proc")
            || type.equals("sysfs")
            || before.stream().anyMatch(other -> other.holds(path));
    MountEntry entry =
        new MountEntry(
            index, mount, options, type, plain ? path : DanglingLinks.follow(root, path));
    entry.checkSupported();
    entry.checkDestination();
    if (!options.isBind() && !options.remount()) {
      entry.checkParameters();
    }
    return entry;
  }

  private boolean holds(String other) {
    return path.isEmpty() || other.equals(path) || other.startsWith(path + "/");
  }

  /** The property that describes it: {@code mounts[3]}. */
  String property() {
    return "mounts[" + index + "]";
  }

  /** What asked for it, for an explanation. */
  String why() {
    return "config: " + property();
  }

  /** Whether it is a new cgroup file system. */
  boolean isCgroup() {
    return type.equals("cgroup") || type.equals("cgroup2");
  }

  InvalidRequestException refuse(String member, String problem) {
    return InvalidRequestException.ofConfig(property() + member, problem);
  }

  private void checkSupported() {
    if (mount.isIdMapped()) {
      String member = mount.uidMappings().isEmpty() ? ".options" : ".uidMappings";
      throw refuse(member, "mounts with mapped ids are not supported yet");
    }
    if (options.copyUp()) {
      throw refuse(".options", "\"tmpcopyup\" is not supported yet");
    }
    if (options.copySymlink()) {
      throw refuse(".options", "\"copy-symlink\" is not supported yet");
    }
    if ((options.superblockFlags() & MountFlags.MS_I_VERSION) != 0) {
      throw refuse(".options", "\"iversion\" is not an option of fsconfig(2)");
    }
    if (!options.isBind() && !options.remount()) {
      if (type.isEmpty() || type.equals("none") || type.equals("bind")) {
        throw refuse(
            ".type",
            type.isEmpty()
                ? "missing: a file system, or the option \"bind\" or \"rbind\""
                : "\"" + type + "\" needs the option \"bind\" or \"rbind\"");
      }
    } else if (!options.data().isEmpty()) {
      throw refuse(
          ".options",
          "\"" + options.data().getFirst() + "\" means nothing to a bind mount or a remount");
    }
  }

  private void checkDestination() {
    if (path.isEmpty()) {
      throw refuse(".destination", "\"/\" is the root itself, which is not mounted over");
    }
    boolean remount = options.remount();
    if (path.equals("proc") && !remount && !isProcfs()) {
      // A false /proc would take what is written to LSM attributes there (CVE-2019-16884).
      throw refuse(".destination", "/proc can only be a procfs, not " + describe());
    }
    if (path.startsWith("proc/") && !remount && !EMULATED.contains(path)) {
      throw refuse(".destination", "/" + path + " is inside /proc, where nothing is mounted");
    }
  }

  private boolean isProcfs() {
    return options.isBind()
        ? mount.source().map(InRoot::path).orElse("").equals("proc")
        : type.equals("proc");
  }

  private String describe() {
    return options.isBind() ? "a bind mount of " + mount.source().orElse("nothing") : type;
  }

  private void checkParameters() {
    for (String parameter : options.data()) {
      String value = parameter.substring(parameter.indexOf('=') + 1);
      if (bytes(value) > LONGEST_PARAMETER) {
        String name = parameter.substring(0, Math.max(0, parameter.indexOf('=')));
        throw refuse(
            ".options",
            "the value of \""
                + name
                + "\" has "
                + bytes(value)
                + " bytes, the kernel takes at most "
                + LONGEST_PARAMETER);
      }
    }
    int length = bytes(mount.source().orElse(""));
    if (length > LONGEST_PARAMETER) {
      throw refuse(".source", length + " bytes, the kernel takes at most " + LONGEST_PARAMETER);
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
