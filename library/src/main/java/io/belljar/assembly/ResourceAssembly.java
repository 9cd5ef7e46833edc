package io.belljar.assembly;

import io.belljar.DeviceLimit;
import io.belljar.InvalidIsolationException;
import io.belljar.Isolation;
import io.belljar.Limits;
import io.belljar.spec.linux.Device;
import io.belljar.spec.resources.BlockIo;
import io.belljar.spec.resources.Cpu;
import io.belljar.spec.resources.DeviceRule;
import io.belljar.spec.resources.Memory;
import io.belljar.spec.resources.Pids;
import io.belljar.spec.resources.Resources;
import io.belljar.spec.resources.ThrottleDevice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** {@code linux.resources} and {@code linux.devices} of a description, with Docker's checks. */
final class ResourceAssembly {
  private ResourceAssembly() {}

  static Resources resources(Isolation isolation, Situation situation) {
    Limits limits = isolation.limits();
    return Resources.builder()
        .devices(rules(isolation, situation))
        .memory(memory(limits, situation))
        .cpu(cpu(limits, situation))
        .pids(pids(limits))
        .blockIo(blockIo(limits, situation))
        .build();
  }

  private static Memory memory(Limits limits, Situation situation) {
    if (limits.memory().isEmpty()) {
      if (limits.memoryAndSwap().isPresent()) {
        throw new InvalidIsolationException(
            "memory-swap", "counts memory and swap together, so it needs --memory, too");
      }
      return Memory.NONE;
    }
    long memory = LimitChecks.memory(limits.memory().getAsLong());
    if (limits.memoryAndSwap().isPresent()) {
      long both = limits.memoryAndSwap().getAsLong();
      if (both != -1 && both < memory) {
        throw new InvalidIsolationException(
            "memory-swap",
            both + " bytes are less than --memory alone, " + memory + "; swap is counted on top");
      }
    }
    OptionalLong both = limits.memoryAndSwap();
    if (both.isEmpty() && situation.countsSwap()) {
      both = OptionalLong.of(2 * memory);
    }
    return Memory.builder().limit(limits.memory()).swap(both).build();
  }

  private static Cpu cpu(Limits limits, Situation situation) {
    Cpu.Builder cpu = Cpu.builder().cpus(limits.cpuset());
    if (limits.cpus().isPresent()) {
      long quota = LimitChecks.quota(limits.cpus().getAsDouble(), situation.processors());
      cpu.period(OptionalLong.of(LimitChecks.PERIOD)).quota(OptionalLong.of(quota));
    }
    return cpu.build();
  }

  private static Pids pids(Limits limits) {
    return limits.processes().isEmpty()
        ? Pids.NONE
        : Pids.of(limits.processes().getAsLong() <= 0 ? -1 : limits.processes().getAsLong());
  }

  private static BlockIo blockIo(Limits limits, Situation situation) {
    return new BlockIo(
        limits.ioWeight(),
        OptionalInt.empty(),
        List.of(),
        throttled(limits, DeviceLimit.Kind.READ_BYTES, situation),
        throttled(limits, DeviceLimit.Kind.WRITE_BYTES, situation),
        throttled(limits, DeviceLimit.Kind.READ_OPERATIONS, situation),
        throttled(limits, DeviceLimit.Kind.WRITE_OPERATIONS, situation));
  }

  private static List<ThrottleDevice> throttled(
      Limits limits, DeviceLimit.Kind kind, Situation situation) {
    List<ThrottleDevice> devices = new ArrayList<>();
    for (DeviceLimit limit : limits.devices()) {
      if (limit.kind() == kind) {
        HostDevice device =
            situation.devices().at(limit.device()).stream()
                .filter(found -> found.block() && found.path().equals(limit.device()))
                .findFirst()
                .orElseThrow(() ->
                    new InvalidIsolationException(
                        kind.option(), limit.device() + " is not a block device"));
        devices.add(new ThrottleDevice(device.major(), device.minor(), limit.perSecond()));
      }
    }
    return devices;
  }

  /** Everything is denied but what the runtime allows to every container, and what is asked for. */
  private static List<DeviceRule> rules(Isolation isolation, Situation situation) {
    if (isolation.privileges().all()) {
      return List.of(DeviceRule.all(true, DeviceRule.RWM));
    }
    List<DeviceRule> rules = new ArrayList<>();
    rules.add(DeviceRule.all(false, DeviceRule.RWM));
    for (io.belljar.Device asked : isolation.devices()) {
      Set<DeviceRule.Access> access = access(asked);
      for (HostDevice device : found(asked, situation)) {
        rules.add(
            new DeviceRule(
                true,
                device.block() ? DeviceRule.Type.BLOCK : DeviceRule.Type.CHARACTER,
                OptionalLong.of(device.major()),
                OptionalLong.of(device.minor()),
                access));
      }
    }
    return List.copyOf(rules);
  }

  private static Set<DeviceRule.Access> access(io.belljar.Device asked) {
    Set<DeviceRule.Access> access = new LinkedHashSet<>();
    for (String letter : asked.access().split("")) {
      access.add(
          switch (letter) {
            case "r" -> DeviceRule.Access.READ;
            case "w" -> DeviceRule.Access.WRITE;
            case "m" -> DeviceRule.Access.MKNOD;
            default ->
                throw new InvalidIsolationException(
                    "device",
                    "%s: \"%s\" is not of the letters r, w and m"
                        .formatted(asked.source(), asked.access()));
          });
    }
    return access;
  }

  private static List<HostDevice> found(io.belljar.Device asked, Situation situation) {
    List<HostDevice> devices = situation.devices().at(asked.source());
    if (devices.isEmpty()) {
      throw new InvalidIsolationException(
          "device", asked.source() + " is neither a device nor a directory with devices");
    }
    return devices;
  }

  static List<Device> nodes(Isolation isolation, Situation situation) {
    if (situation.ordinary().isPresent()) {
      return List.of(); // no nodes can be made in its user namespace: see OrdinaryMounts
    }
    Map<String, HostDevice> devices = devices(isolation, situation);
    return devices.entrySet().stream().map(e -> node(e.getValue(), e.getKey())).toList();
  }

  /** The devices that the container gets, by their paths in it. */
  static Map<String, HostDevice> devices(Isolation isolation, Situation situation) {
    Map<String, HostDevice> devices = new LinkedHashMap<>();
    if (isolation.privileges().all()) {
      situation.devices().all().forEach(device -> devices.put(device.path().toString(), device));
    }
    for (io.belljar.Device asked : isolation.devices()) {
      if (!asked.target().startsWith("/")) {
        throw new InvalidIsolationException(
            "device", "\"" + asked.target() + "\" is not an absolute path in the container");
      }
      for (HostDevice device : found(asked, situation)) {
        String below = asked.source().relativize(device.path()).toString();
        String path = below.isEmpty() ? asked.target() : asked.target() + "/" + below;
        devices.put(path, device);
      }
    }
    return devices;
  }

  private static Device node(HostDevice device, String path) {
    return new Device(
        path,
        device.block() ? Device.Type.BLOCK : Device.Type.CHARACTER,
        device.major(),
        device.minor(),
        OptionalLong.of(device.permissions()),
        OptionalLong.of(device.uid()),
        OptionalLong.of(device.gid()));
  }
}
