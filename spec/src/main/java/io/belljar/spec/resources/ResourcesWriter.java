package io.belljar.spec.resources;

import io.belljar.spec.json.JsonNumber;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonValue;

/** Writes {@code linux.resources}; what is absent or empty is left out. */
public final class ResourcesWriter {
  private ResourcesWriter() {}

  /** The resources as JSON. */
  public static JsonObject toJson(Resources resources) {
    return JsonObject.builder()
        .putList("devices", resources.devices(), ResourcesWriter::deviceRule)
        .putUnlessEmpty("memory", memory(resources.memory()))
        .putUnlessEmpty("cpu", cpu(resources.cpu()))
        .putUnlessEmpty(
            "pids", JsonObject.builder().putNumber("limit", resources.pids().limit()).build())
        .putUnlessEmpty("blockIO", blockIo(resources.blockIo()))
        .putList("hugepageLimits", resources.hugepageLimits(), ResourcesWriter::hugepageLimit)
        .putUnlessEmpty("network", network(resources.network()))
        .putUnlessEmpty("rdma", rdma(resources))
        .putStrings("unified", resources.unified())
        .build();
  }

  private static JsonValue deviceRule(DeviceRule rule) {
    JsonObject.Builder object = JsonObject.builder().put("allow", rule.allow());
    if (rule.type() != DeviceRule.Type.ALL) {
      object.put("type", rule.type().word());
    }
    return object
        .putNumber("major", rule.major())
        .putNumber("minor", rule.minor())
        .put("access", rule.accessText())
        .build();
  }

  private static JsonObject memory(Memory memory) {
    return JsonObject.builder()
        .putNumber("limit", memory.limit())
        .putNumber("reservation", memory.reservation())
        .putNumber("swap", memory.swap())
        .putNumber("kernel", memory.kernel())
        .putNumber("kernelTCP", memory.kernelTcp())
        .putUnsigned("swappiness", memory.swappiness())
        .putFlag("disableOOMKiller", memory.disableOomKiller())
        .putFlag("useHierarchy", memory.useHierarchy())
        .putFlag("checkBeforeUpdate", memory.checkBeforeUpdate())
        .build();
  }

  private static JsonObject cpu(Cpu cpu) {
    return JsonObject.builder()
        .putUnsigned("shares", cpu.shares())
        .putNumber("quota", cpu.quota())
        .putUnsigned("burst", cpu.burst())
        .putUnsigned("period", cpu.period())
        .putNumber("realtimeRuntime", cpu.realtimeRuntime())
        .putUnsigned("realtimePeriod", cpu.realtimePeriod())
        .putText("cpus", cpu.cpus())
        .putText("mems", cpu.mems())
        .putNumber("idle", cpu.idle())
        .build();
  }

  private static JsonObject blockIo(BlockIo blockIo) {
    return JsonObject.builder()
        .putNumber("weight", blockIo.weight())
        .putNumber("leafWeight", blockIo.leafWeight())
        .putList("weightDevice", blockIo.weightDevice(), ResourcesWriter::weightDevice)
        .putList(
            "throttleReadBpsDevice",
            blockIo.throttleReadBpsDevice(),
            ResourcesWriter::throttleDevice)
        .putList(
            "throttleWriteBpsDevice",
            blockIo.throttleWriteBpsDevice(),
            ResourcesWriter::throttleDevice)
        .putList(
            "throttleReadIOPSDevice",
            blockIo.throttleReadIopsDevice(),
            ResourcesWriter::throttleDevice)
        .putList(
            "throttleWriteIOPSDevice",
            blockIo.throttleWriteIopsDevice(),
            ResourcesWriter::throttleDevice)
        .build();
  }

  private static JsonValue weightDevice(WeightDevice device) {
    return JsonObject.builder()
        .put("major", device.major())
        .put("minor", device.minor())
        .putNumber("weight", device.weight())
        .putNumber("leafWeight", device.leafWeight())
        .build();
  }

  private static JsonValue throttleDevice(ThrottleDevice device) {
    return JsonObject.builder()
        .put("major", device.major())
        .put("minor", device.minor())
        .put("rate", JsonNumber.ofUnsigned(device.rate()))
        .build();
  }

  private static JsonValue hugepageLimit(HugepageLimit limit) {
    return JsonObject.builder()
        .put("pageSize", limit.pageSize())
        .put("limit", JsonNumber.ofUnsigned(limit.limit()))
        .build();
  }

  private static JsonObject network(Network network) {
    return JsonObject.builder()
        .putNumber("classID", network.classId())
        .putList(
            "priorities",
            network.priorities(),
            priority ->
                JsonObject.builder()
                    .put("name", priority.name())
                    .put("priority", priority.priority())
                    .build())
        .build();
  }

  private static JsonObject rdma(Resources resources) {
    JsonObject.Builder rdma = JsonObject.builder();
    resources
        .rdma()
        .forEach((device, limits) ->
            rdma.put(
                device,
                JsonObject.builder()
                    .putNumber("hcaHandles", limits.hcaHandles())
                    .putNumber("hcaObjects", limits.hcaObjects())
                    .build()));
    return rdma.build();
  }
}
