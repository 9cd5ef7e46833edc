package io.belljar.spec.linux;

import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonValue;
import io.belljar.spec.resources.ResourcesWriter;
import io.belljar.spec.seccomp.SeccompWriter;

/** Writes {@code linux}, in the order in which runc does; what is absent or empty is left out. */
public final class LinuxWriter {
  private LinuxWriter() {}

  /** The Linux part of a configuration as JSON. */
  public static JsonObject toJson(Linux linux) {
    return JsonObject.builder()
        .putList("uidMappings", linux.uidMappings(), IdMappings::toJson)
        .putList("gidMappings", linux.gidMappings(), IdMappings::toJson)
        .putStrings("sysctl", linux.sysctl())
        .putUnlessEmpty("resources", ResourcesWriter.toJson(linux.resources()))
        .putText("cgroupsPath", linux.cgroupsPath())
        .putList("namespaces", linux.namespaces(), LinuxWriter::namespace)
        .putList("devices", linux.devices(), LinuxWriter::device)
        .putUnlessEmpty("netDevices", netDevices(linux))
        .put("seccomp", linux.seccomp(), SeccompWriter::toJson)
        .putText("rootfsPropagation", linux.rootfsPropagation().map(RootfsPropagation::word))
        .putStrings("maskedPaths", linux.maskedPaths())
        .putStrings("readonlyPaths", linux.readonlyPaths())
        .putText("mountLabel", linux.mountLabel())
        .put("intelRdt", linux.intelRdt(), LinuxWriter::intelRdt)
        .put("memoryPolicy", linux.memoryPolicy(), LinuxWriter::memoryPolicy)
        .put("personality", linux.personality(), LinuxWriter::personality)
        .putUnlessEmpty("timeOffsets", timeOffsets(linux))
        .build();
  }

  private static JsonValue namespace(Namespace namespace) {
    return JsonObject.builder()
        .put("type", namespace.type().word())
        .putText("path", namespace.path())
        .build();
  }

  private static JsonValue device(Device device) {
    return JsonObject.builder()
        .put("path", device.path())
        .put("type", device.type().word())
        .put("major", device.major())
        .put("minor", device.minor())
        .putNumber("fileMode", device.fileMode())
        .putNumber("uid", device.uid())
        .putNumber("gid", device.gid())
        .build();
  }

  private static JsonObject netDevices(Linux linux) {
    JsonObject.Builder devices = JsonObject.builder();
    linux
        .netDevices()
        .forEach((name, device) ->
            devices.put(name, JsonObject.builder().putText("name", device.name()).build()));
    return devices.build();
  }

  private static JsonValue intelRdt(IntelRdt intelRdt) {
    return JsonObject.builder()
        .putText("closID", intelRdt.closId())
        .putStrings("schemata", intelRdt.schemata())
        .putText("l3CacheSchema", intelRdt.l3CacheSchema())
        .putText("memBwSchema", intelRdt.memBwSchema())
        .putIfTrue("enableMonitoring", intelRdt.enableMonitoring())
        .putIfTrue("enableCMT", intelRdt.enableCmt())
        .putIfTrue("enableMBM", intelRdt.enableMbm())
        .build();
  }

  private static JsonValue memoryPolicy(MemoryPolicy policy) {
    return JsonObject.builder()
        .put("mode", policy.mode().word())
        .putText("nodes", policy.nodes())
        .putWords("flags", policy.flags())
        .build();
  }

  private static JsonValue personality(Personality personality) {
    return JsonObject.builder()
        .put("domain", personality.domain().word())
        .putStrings("flags", personality.flags())
        .build();
  }

  private static JsonObject timeOffsets(Linux linux) {
    JsonObject.Builder offsets = JsonObject.builder();
    linux
        .timeOffsets()
        .forEach((clock, offset) -> {
          JsonObject.Builder object = JsonObject.builder();
          if (offset.secs() != 0) {
            object.put("secs", offset.secs());
          }
          if (offset.nanosecs() != 0) {
            object.put("nanosecs", offset.nanosecs());
          }
          offsets.put(clock.word(), object.build());
        });
    return offsets.build();
  }
}
