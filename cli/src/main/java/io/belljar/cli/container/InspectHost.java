package io.belljar.cli.container;

import io.belljar.assembly.ContainerHome;
import io.belljar.runtime.state.StoredContainer;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.Mount;
import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonNull;
import io.belljar.spec.json.JsonNumber;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonString;
import io.belljar.spec.json.JsonValue;
import io.belljar.spec.linux.Device;
import io.belljar.spec.linux.NamespaceType;
import io.belljar.spec.process.Capabilities;
import io.belljar.spec.process.Capability;
import io.belljar.spec.process.Process;
import io.belljar.spec.process.Rlimit;
import io.belljar.spec.resources.Cpu;
import io.belljar.spec.resources.DeviceRule;
import io.belljar.spec.resources.Memory;
import io.belljar.spec.resources.Resources;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code inspect} says of limits, mounts and network. */
record InspectHost(StoredContainer stored, Config config, ContainerHome home) {
  private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

  /** What every container has, and Docker does not list either. */
  private static final Set<String> USUAL =
      Set.of("/dev", "/dev/shm", "/dev/pts", "/dev/mqueue", "/proc", "/sys", "/sys/fs/cgroup");

  JsonObject hostConfig() {
    Resources resources = config.linux().resources();
    JsonObject.Builder host =
        JsonObject.builder()
            .put("Binds", binds())
            .put("NetworkMode", networkMode())
            .put("AutoRemove", stored.removeOnExit())
            .put("Capabilities", capabilities())
            .put("CgroupnsMode", sharing(NamespaceType.CGROUP))
            .put("IpcMode", sharing(NamespaceType.IPC))
            .put(
                "OomScoreAdj",
                config.process().map(process -> process.oomScoreAdj().orElse(0)).orElse(0))
            .put("PidMode", sharing(NamespaceType.PID))
            .put("Privileged", isPrivileged(resources))
            .put("ReadonlyRootfs", config.root().readonly())
            .put("SecurityOpt", security())
            .put("UTSMode", sharing(NamespaceType.UTS))
            .put("UsernsMode", sharing(NamespaceType.USER));
    putLimits(host, resources);
    return host.put("Devices", JsonArray.of(config.linux().devices(), InspectHost::device))
        .put("Ulimits", ulimits())
        .put("MaskedPaths", JsonArray.ofStrings(config.linux().maskedPaths()))
        .put("ReadonlyPaths", JsonArray.ofStrings(config.linux().readonlyPaths()))
        .build();
  }

  private static void putLimits(JsonObject.Builder host, Resources resources) {
    Cpu cpu = resources.cpu();
    Memory memory = resources.memory();
    host.put("CpuShares", cpu.shares().orElse(0))
        .put("Memory", memory.limit().orElse(0))
        .put("NanoCpus", nanoCpus(cpu))
        .put("BlkioWeight", resources.blockIo().weight().orElse(0))
        .put("CpuPeriod", cpu.period().orElse(0))
        .put("CpuQuota", cpu.quota().orElse(0))
        .put("CpusetCpus", cpu.cpus().orElse(""))
        .put("CpusetMems", cpu.mems().orElse(""))
        .put("MemoryReservation", memory.reservation().orElse(0))
        .put("MemorySwap", memory.swap().orElse(0))
        .put("OomKillDisable", memory.disableOomKiller().orElse(false))
        .put(
            "PidsLimit",
            resources.pids().limit().isPresent()
                ? JsonNumber.of(resources.pids().limit().getAsLong())
                : JsonNull.NULL);
  }

  /** The time of so many billionths of a processor, in whichever way it was asked for. */
  private static long nanoCpus(Cpu cpu) {
    if (cpu.quota().orElse(0) <= 0) {
      return 0;
    }
    return BILLION
        .multiply(BigInteger.valueOf(cpu.quota().getAsLong()))
        .divide(BigInteger.valueOf(Math.max(1, cpu.period().orElse(100_000))))
        .longValue();
  }

  private static boolean isPrivileged(Resources resources) {
    return resources.devices().equals(List.of(DeviceRule.all(true, DeviceRule.RWM)));
  }

  private JsonValue capabilities() {
    Optional<Capabilities> sets = config.process().flatMap(Process::capabilities);
    return JsonArray.ofStrings(
        sets.map(Capabilities::effective).orElse(Set.of()).stream()
            .map(Capability::word)
            .sorted()
            .toList());
  }

  private JsonValue security() {
    List<String> options = new ArrayList<>();
    if (config.process().filter(Process::noNewPrivileges).isPresent()) {
      options.add("no-new-privileges");
    }
    if (config.linux().seccomp().isEmpty()) {
      options.add("seccomp=unconfined");
    }
    return JsonArray.ofStrings(options);
  }

  private String sharing(NamespaceType type) {
    return config
        .linux()
        .namespace(type)
        .map(namespace -> namespace.path().map(Object::toString).orElse("private"))
        .orElse("host");
  }

  private String networkMode() {
    String sharing = sharing(NamespaceType.NETWORK);
    return sharing.equals("private") ? "none" : sharing;
  }

  private static JsonValue device(Device device) {
    return JsonObject.builder()
        .put("PathInContainer", device.path())
        .put("Major", device.major())
        .put("Minor", device.minor())
        .build();
  }

  private JsonValue ulimits() {
    List<Rlimit> limits = config.process().map(Process::rlimits).orElse(List.of());
    return JsonArray.of(
        limits,
        limit ->
            JsonObject.builder()
                .put(
                    "Name",
                    limit.type().word().replace("RLIMIT_", "").toLowerCase(java.util.Locale.ROOT))
                .put("Hard", limit.hard())
                .put("Soft", limit.soft())
                .build());
  }

  private JsonValue binds() {
    return JsonArray.ofStrings(
        listed().stream()
            .filter(Mount::isBind)
            .map(mount ->
                mount.source().orElse("")
                    + ":"
                    + mount.absoluteDestination()
                    + (isReadOnly(mount) ? ":ro" : ""))
            .toList());
  }

  private static boolean isReadOnly(Mount mount) {
    return mount.options().contains("ro") || mount.options().contains("rro");
  }

  private List<Mount> listed() {
    return config.mounts().stream()
        .filter(mount -> mount.isBind() || !USUAL.contains(mount.absoluteDestination()))
        .toList();
  }

  JsonValue mounts() {
    return JsonArray.of(listed(), this::mount);
  }

  private JsonValue mount(Mount mount) {
    JsonObject.Builder object = JsonObject.builder();
    Optional<Path> source = mount.source().filter(text -> text.startsWith("/")).map(Path::of);
    Optional<Path> volume =
        source.filter(path -> path.startsWith(home.directory().resolve("volumes")));
    object.put(
        "Type", volume.isPresent() ? "volume" : mount.isBind() ? "bind" : mount.type().orElse(""));
    volume.ifPresent(path -> object.put("Name", path.getFileName().toString()));
    return object
        .put("Source", mount.isBind() ? mount.source().orElse("") : "")
        .put("Destination", mount.absoluteDestination())
        .put("Mode", String.join(",", mount.options()))
        .put("RW", !isReadOnly(mount))
        .put(
            "Propagation",
            mount.options().stream()
                .filter(option -> option.matches("r?(private|shared|slave|unbindable)"))
                .findFirst()
                .orElse(""))
        .build();
  }

  JsonObject network() {
    return JsonObject.builder()
        .put("Ports", JsonObject.EMPTY)
        .put("IPAddress", "")
        .put(
            "Networks",
            JsonObject.builder()
                .put(
                    config.linux().has(NamespaceType.NETWORK) ? "none" : "host",
                    JsonObject.builder().put("IPAddress", new JsonString("")).build())
                .build())
        .build();
  }
}
