package io.belljar.runtime.mount;

import static io.belljar.linux.FileMode.S_IFBLK;
import static io.belljar.linux.FileMode.S_IFCHR;
import static io.belljar.linux.FileMode.S_IFIFO;

import io.belljar.linux.OpenFlags;
import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep.CreateIn;
import io.belljar.plan.step.FileStep.Open;
import io.belljar.plan.step.MountStep;
import io.belljar.runtime.Descriptors;
import io.belljar.spec.config.Mount;
import io.belljar.spec.linux.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What every container has in /dev (config-linux.md, "Default Devices" and "Dev symbolic links"),
 * and its own devices.
 */
public final class DeviceNodes {
  private static final String DEFAULT = "default of the runtime specification: ";
  private static final List<Device> DEFAULTS =
      List.of(
          character("/dev/null", 1, 3),
          character("/dev/zero", 1, 5),
          character("/dev/full", 1, 7),
          character("/dev/random", 1, 8),
          character("/dev/urandom", 1, 9),
          character("/dev/tty", 5, 0));

  private final FileSystemRequest request;

  public DeviceNodes(FileSystemRequest request) {
    this.request = request;
  }

  private static Device character(String path, long major, long minor) {
    return new Device(
        path,
        Device.Type.CHARACTER,
        major,
        minor,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** Makes devices and links, unless /dev is a directory of the host: then it has them. */
  public void make(Plan.Builder plan) {
    if (isHostsDev()) {
      return;
    }
    List<Device> configured = request.config().linux().devices();
    for (Device device : DEFAULTS) {
      if (configured.stream().noneMatch(other -> path(other).equals(path(device)))) {
        make(plan, device, DEFAULT + device.path());
      }
    }
    for (int i = 0; i < configured.size(); i++) {
      make(plan, configured.get(i), "config: linux.devices[" + i + "]");
    }
    for (Link link : links()) {
      plan.add(
          new MountStep.MakeLink(Descriptors.root(plan), link.path(), link.target()),
          DEFAULT + "/" + link.path());
    }
  }

  private boolean isHostsDev() {
    return request.config().mounts().stream()
        .filter(Mount::isBind)
        .anyMatch(mount -> InRoot.path(mount.absoluteDestination()).equals("dev"));
  }

  private static String path(Device device) {
    return InRoot.path(device.path());
  }

  private void make(Plan.Builder plan, Device device, String why) {
    if (request.inUserNamespace() && device.type() != Device.Type.FIFO) {
      bind(plan, device, why);
    } else {
      plan.add(
          new MountStep.MakeNode(
              Descriptors.root(plan),
              path(device),
              kind(device) | device.permissions(),
              device.major(),
              device.minor(),
              device.uid().orElse(0),
              device.gid().orElse(0)),
          why);
    }
  }

  // In a user namespace nobody may make device nodes (EPERM), but may show those that there are.
  private static void bind(Plan.Builder plan, Device device, String why) {
    Slot source = Descriptors.source(plan);
    Slot target = Descriptors.target(plan);
    plan.add(new Open(source, device.path(), OpenFlags.O_PATH, 0), why + ", the host's");
    plan.add(
        new CreateIn(target, Descriptors.root(plan), path(device), CreateIn.REGULAR, 0644, 0), why);
    plan.add(new MountStep.Bind(target, source, 0, 0, 0, 0, 0, 0), why);
  }

  private static long kind(Device device) {
    return switch (device.type()) {
      case CHARACTER, UNBUFFERED -> S_IFCHR;
      case BLOCK -> S_IFBLK;
      case FIFO -> S_IFIFO;
    };
  }

  private record Link(String path, String target) {}

  private List<Link> links() {
    List<Link> links = new ArrayList<>();
    links.add(new Link("dev/fd", "/proc/self/fd"));
    links.add(new Link("dev/stdin", "/proc/self/fd/0"));
    links.add(new Link("dev/stdout", "/proc/self/fd/1"));
    links.add(new Link("dev/stderr", "/proc/self/fd/2"));
    if (request.facts().kernelCore()) {
      links.add(new Link("dev/core", "/proc/kcore"));
    }
    links.add(new Link("dev/ptmx", "pts/ptmx"));
    return links;
  }
}
