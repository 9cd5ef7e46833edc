package io.belljar.toolbox.report;

import io.belljar.linux.proc.MountInfo;
import io.belljar.linux.proc.MountTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds what of the host a process sees, by comparing its mounts with the host's: a mount of the
 * same file system (device number), from the same directory of it, shows the same files.
 */
final class MountComparison {
  /** File systems that the kernel makes anew, or that a separate rule looks at. */
  private static final Set<String> OF_THE_KERNEL =
      Set.of("proc", "sysfs", "cgroup", "cgroup2", "mqueue", "nsfs", "fusectl");

  /** Through these the kernel's inside is seen; nobody needs them in a container. */
  private static final Set<String> OF_DEBUGGERS =
      Set.of("debugfs", "tracefs", "securityfs", "configfs", "efivarfs", "pstore", "bpf");

  private static final List<String> KERNEL_FILES =
      List.of(
          "/proc/sys",
          "/proc/sysrq-trigger",
          "/proc/irq",
          "/proc/bus",
          "/proc/kcore",
          "/proc/keys",
          "/proc/timer_list",
          "/sys",
          "/sys/firmware");

  private static final Set<String> KERNEL_TYPES = Set.of("proc", "sysfs");

  private final MountTable own;
  private final MountTable host;

  MountComparison(MountTable own, MountTable host) {
    this.own = own;
    this.host = host;
  }

  /** The mounts that show files of the host, but for the root itself. */
  List<MountFact> shown() {
    List<MountFact> shown = new ArrayList<>();
    for (MountInfo mount : own.visible()) {
      if (isShownAlready(mount, shown)) {
        continue;
      }
      if (OF_DEBUGGERS.contains(mount.type())) {
        shown.add(fact(mount, mount.type()));
      } else if (!OF_THE_KERNEL.contains(mount.type()) && !isSingleDevice(mount)) {
        hostPath(mount)
            .filter(path -> !mount.mountPoint().equals("/") || path.equals("/"))
            .ifPresent(path -> shown.add(fact(mount, path)));
      } else if (mount.type().equals("proc") && hostPath(mount).isPresent()) {
        shown.add(fact(mount, "/proc"));
      }
    }
    return List.copyOf(shown);
  }

  /** What lies below a directory that is shown, where it lies on the host, too, is no news. */
  private boolean isShownAlready(MountInfo mount, List<MountFact> shown) {
    return hostPath(mount)
        .filter(path ->
            shown.stream()
                .filter(other -> other.writable() || !isWritable(mount))
                .filter(other ->
                    isBelow(path, other.source()) && isBelow(mount.mountPoint(), other.point()))
                .anyMatch(other ->
                    relative(path, other.source())
                        .equals(relative(mount.mountPoint(), other.point()))))
        .isPresent();
  }

  private static MountFact fact(MountInfo mount, String source) {
    return new MountFact(mount.mountPoint(), source, mount.type(), isWritable(mount));
  }

  /**
   * A node of the host's /dev that is bound to one of the container's: devices are judged apart.
   */
  private static boolean isSingleDevice(MountInfo mount) {
    boolean terminal = mount.type().equals("devpts") && !mount.root().equals("/");
    return terminal || (mount.type().equals("devtmpfs") && !mount.root().equals("/"));
  }

  /** Where the host sees the directory that is mounted here; the deepest of its mounts decides. */
  private Optional<String> hostPath(MountInfo mount) {
    return host.visible().stream()
        .filter(other -> other.major() == mount.major() && other.minor() == mount.minor())
        .filter(other -> isBelow(mount.root(), other.root()))
        .min(
            Comparator.comparingInt((MountInfo other) -> -other.root().length())
                .thenComparingInt(other -> other.mountPoint().length()))
        .map(other -> join(other.mountPoint(), relative(mount.root(), other.root())));
  }

  private static boolean isBelow(String path, String directory) {
    return directory.equals("/") || path.equals(directory) || path.startsWith(directory + "/");
  }

  private static String relative(String path, String directory) {
    return directory.equals("/") ? path : path.substring(directory.length());
  }

  private static String join(String first, String rest) {
    String joined = (first.equals("/") ? "" : first) + (rest.equals("/") ? "" : rest);
    return joined.isEmpty() ? "/" : joined;
  }

  /** Whether what is mounted here can be changed, as far as the mount goes. */
  static boolean isWritable(MountInfo mount) {
    return !mount.hasOption("ro") && !mount.superOptionList().contains("ro");
  }

  /**
   * The kernel's files in /proc and /sys.
   *
   * @param exists whether there is something at a path: not every kernel has all of them
   */
  static List<KernelFileFact> kernelFiles(MountTable mounts, Predicate<String> exists) {
    List<KernelFileFact> facts = new ArrayList<>();
    for (String name : KERNEL_FILES) {
      facts.add(kernelFile(mounts, name, name, exists));
    }
    // Whole ones elsewhere, such as the host's below a bind of its root.
    for (MountInfo mount : mounts.visible()) {
      String usual = mount.type().equals("proc") ? "/proc" : "/sys";
      boolean whole = mount.root().equals("/") && !mount.mountPoint().equals(usual);
      if (whole && (mount.type().equals("proc") || mount.type().equals("sysfs"))) {
        KERNEL_FILES.stream()
            .filter(name -> isBelow(name, usual))
            .map(name ->
                kernelFile(mounts, name, join(mount.mountPoint(), relative(name, usual)), exists))
            .forEach(facts::add);
      }
    }
    facts.add(groups(mounts));
    return List.copyOf(facts);
  }

  private static KernelFileFact kernelFile(
      MountTable mounts, String name, String path, Predicate<String> exists) {
    Optional<MountInfo> mount = mounts.containing(path);
    boolean there =
        mount.filter(m -> KERNEL_TYPES.contains(m.type())).isPresent() && exists.test(path);
    return new KernelFileFact(name, path, there, there && isWritable(mount.get()));
  }

  /** With version 1 each hierarchy is a mount below. */
  private static KernelFileFact groups(MountTable mounts) {
    List<MountInfo> all =
        mounts.visible().stream().filter(mount -> mount.type().startsWith("cgroup")).toList();
    return new KernelFileFact(
        "/sys/fs/cgroup",
        "/sys/fs/cgroup",
        !all.isEmpty(),
        all.stream().anyMatch(MountComparison::isWritable));
  }
}
