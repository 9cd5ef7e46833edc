package io.belljar.toolbox.report;

import io.belljar.linux.FileMode;
import io.belljar.linux.inside.FileFacts;
import io.belljar.linux.inside.RootView;
import io.belljar.linux.proc.MountInfo;
import io.belljar.linux.proc.MountTable;
import io.belljar.linux.proc.ProcessStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks for sockets and device nodes inside the root of a process. What it may do with them is told
 * by their permissions.
 */
final class InsideReader {
  private static final int MOST_NAMES = 4096;

  /** By path, without links: /var/run is /run everywhere. */
  private static final Map<String, String> SOCKETS = sockets();

  /** The devices that every container has, and the terminals of its own. */
  private static final Set<String> HARMLESS =
      Set.of(
          "null", "zero", "full", "random", "urandom", "tty", "console", "ptmx", "pts", "shm",
          "mqueue", "fd", "stdin", "stdout", "stderr", "core");

  private final RootView root;
  private final MountTable mounts;
  private final ProcessStatus status;
  private final boolean overridesPermissions;
  private final Predicate<MountInfo> ofHost;

  /**
   * @param mounts of the process
   * @param overridesPermissions whether permissions do not stop it
   * @param ofHost whether the host has the file system of a mount mounted, too
   */
  InsideReader(
      RootView root,
      MountTable mounts,
      ProcessStatus status,
      boolean overridesPermissions,
      Predicate<MountInfo> ofHost) {
    this.root = root;
    this.mounts = mounts;
    this.status = status;
    this.overridesPermissions = overridesPermissions;
    this.ofHost = ofHost;
  }

  private static Map<String, String> sockets() {
    Map<String, String> sockets = new LinkedHashMap<>();
    for (String run : List.of("/run", "/var/run")) {
      sockets.put(run + "/docker.sock", "Docker");
      sockets.put(run + "/containerd/containerd.sock", "containerd");
      sockets.put(run + "/podman/podman.sock", "Podman");
      sockets.put(run + "/crio/crio.sock", "CRI-O");
      sockets.put(run + "/cri-dockerd.sock", "cri-dockerd");
      sockets.put(run + "/buildkit/buildkitd.sock", "BuildKit");
      sockets.put(run + "/k3s/containerd/containerd.sock", "containerd");
      sockets.put(run + "/systemd/private", "systemd");
      sockets.put(run + "/libvirt/libvirt-sock", "libvirt");
    }
    return sockets;
  }

  /** Whether something is at a path. */
  boolean has(String path) {
    return look(path).isPresent();
  }

  /** The sockets of programs that act for whoever connects. */
  List<SocketFact> listSockets() {
    List<SocketFact> found = new ArrayList<>();
    SOCKETS.forEach((path, owner) -> addSocket(found, path, owner));
    for (String name : names("/run/belljar")) {
      if (name.startsWith("planner-")) {
        addSocket(found, "/run/belljar/" + name, "Belljar");
      }
    }
    for (MountInfo mount : mounts.visible()) {
      String name = mount.root().substring(mount.root().lastIndexOf('/') + 1);
      SOCKETS.forEach((path, owner) -> {
        boolean bound = path.endsWith("/" + name) && !path.equals(mount.mountPoint());
        if (bound && found.stream().noneMatch(s -> s.path().equals(mount.mountPoint()))) {
          addSocket(found, mount.mountPoint(), owner);
        }
      });
    }
    return List.copyOf(found);
  }

  private void addSocket(List<SocketFact> found, String path, String owner) {
    Optional<FileFacts> file = look(path).filter(facts -> facts.is(FileMode.S_IFSOCK));
    boolean twice =
        path.startsWith("/var/run/")
            && found.stream().anyMatch(s -> s.path().equals(path.substring("/var".length())));
    if (file.isPresent() && !twice) {
      boolean host = mounts.containing(path).filter(ofHost).isPresent();
      found.add(new SocketFact(path, owner, may(file.get(), 2), host));
    }
  }

  /**
   * The device nodes in /dev, and two levels below it, that it may open; the usual ones left out.
   */
  List<DeviceFact> listDevices() {
    List<DeviceFact> found = new ArrayList<>();
    addDevices(found, "/dev", 2);
    return List.copyOf(found);
  }

  private void addDevices(List<DeviceFact> found, String directory, int depth) {
    for (String name : names(directory)) {
      String path = directory + "/" + name;
      if (found.size() < MOST_NAMES && !(depth == 2 && HARMLESS.contains(name))) {
        look(path).ifPresent(file -> addDevice(found, path, file, depth));
      }
    }
  }

  private void addDevice(List<DeviceFact> found, String path, FileFacts file, int depth) {
    boolean block = file.is(FileMode.S_IFBLK);
    if (block || file.is(FileMode.S_IFCHR)) {
      boolean readable = may(file, 4);
      boolean writable = may(file, 2);
      if ((readable || writable) && !isNoDevice(path)) {
        found.add(new DeviceFact(path, block, file.major(), file.minor(), writable));
      }
    } else if (file.is(FileMode.S_IFDIR) && depth > 0) {
      addDevices(found, path, depth - 1);
    }
  }

  /** Where devices are ignored by the mount, nodes are only names. */
  private boolean isNoDevice(String path) {
    return mounts.containing(path).filter(mount -> mount.hasOption("nodev")).isPresent();
  }

  private boolean may(FileFacts file, int bits) {
    List<Long> groups = new ArrayList<>(status.groups());
    groups.add(status.gids().get(1));
    return overridesPermissions || file.permits(status.uids().get(1), groups, bits);
  }

  /** A file system that a program serves may keep the reader waiting, so it is not asked. */
  private boolean isServed(String path) {
    return mounts.containing(path).filter(mount -> mount.type().startsWith("fuse")).isPresent();
  }

  private Optional<FileFacts> look(String path) {
    return isServed(path) ? Optional.empty() : root.look(path);
  }

  private List<String> names(String directory) {
    return isServed(directory) ? List.of() : root.names(directory, MOST_NAMES);
  }
}
