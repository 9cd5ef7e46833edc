package io.belljar.runtime.cgroup;

import static io.belljar.runtime.cgroup.ControllerLimits.onlyV1;
import static io.belljar.runtime.cgroup.ControllerLimits.requireRange;

import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.resources.BlockIo;
import io.belljar.spec.resources.ThrottleDevice;
import io.belljar.spec.resources.WeightDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * {@code linux.resources.blockIO} (cgroup-v1/blkio-controller.rst; cgroup-v2.rst, "IO Interface
 * Files"; block/bfq-iosched.rst).
 *
 * <p>Weights belong to whichever scheduler weighs: BFQ has files of its own, and the plain names
 * are CFQ's in v1 (before Linux 5.0) and the cost model's in v2. Neither BFQ's nor v2's weight is
 * shown in the root of a hierarchy, so their neighbours there tell.
 */
record BlockIoLimits(BlockIo blockIo) implements ControllerLimits {
  private static final String PATH = "linux.resources.blockIO";

  @Override
  public Controller controller() {
    return Controller.BLOCK_IO;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public boolean isEmpty() {
    return blockIo.weight().orElse(0) == 0
        && blockIo.leafWeight().orElse(0) == 0
        && blockIo.weightDevice().isEmpty()
        && blockIo.throttleReadBpsDevice().isEmpty()
        && blockIo.throttleWriteBpsDevice().isEmpty()
        && blockIo.throttleReadIopsDevice().isEmpty()
        && blockIo.throttleWriteIopsDevice().isEmpty();
  }

  @Override
  public List<GroupWrite> v1(Hierarchy hierarchy) {
    boolean cfq = hierarchy.has("blkio.leaf_weight") || hierarchy.has("blkio.weight");
    String weight = cfq ? "blkio.weight" : "blkio.bfq.weight";
    List<GroupWrite> writes = new ArrayList<>();
    addWeight(writes, blockIo.weight(), weight, ".weight", cfq ? 10 : 1);
    addWeight(writes, blockIo.leafWeight(), "blkio.leaf_weight", ".leafWeight", 10);
    for (int i = 0; i < blockIo.weightDevice().size(); i++) {
      WeightDevice device = blockIo.weightDevice().get(i);
      String path = PATH + ".weightDevice[" + i + "]";
      addDevice(writes, device, device.weight(), weight + "_device", path + ".weight");
      addDevice(
          writes, device, device.leafWeight(), "blkio.leaf_weight_device", path + ".leafWeight");
    }
    throttle(writes, blockIo.throttleReadBpsDevice(), "read_bps", "throttleReadBpsDevice");
    throttle(writes, blockIo.throttleWriteBpsDevice(), "write_bps", "throttleWriteBpsDevice");
    throttle(writes, blockIo.throttleReadIopsDevice(), "read_iops", "throttleReadIOPSDevice");
    throttle(writes, blockIo.throttleWriteIopsDevice(), "write_iops", "throttleWriteIOPSDevice");
    return writes;
  }

  private static void addWeight(
      List<GroupWrite> writes, OptionalInt weight, String file, String property, int least) {
    if (weight.orElse(0) != 0) {
      requireRange(PATH + property, weight.getAsInt(), least, 1000, "");
      GroupWrite write = GroupWrite.of(file, weight.getAsInt(), PATH + property);
      writes.add(file.startsWith("blkio.leaf") ? write : write.hiddenAtTop());
    }
  }

  private static void addDevice(
      List<GroupWrite> writes, WeightDevice device, OptionalInt weight, String file, String path) {
    if (weight.orElse(0) != 0) {
      requireRange(path, weight.getAsInt(), 1, 1000, "");
      String value = device.major() + ":" + device.minor() + " " + weight.getAsInt();
      GroupWrite write = GroupWrite.of(file, value, path);
      writes.add(file.startsWith("blkio.leaf") ? write : write.hiddenAtTop());
    }
  }

  private static void throttle(
      List<GroupWrite> writes, List<ThrottleDevice> devices, String what, String property) {
    for (int i = 0; i < devices.size(); i++) {
      ThrottleDevice device = devices.get(i);
      writes.add(
          GroupWrite.of(
              "blkio.throttle." + what + "_device",
              number(device) + " " + Long.toUnsignedString(device.rate()),
              PATH + "." + property + "[" + i + "]"));
    }
  }

  private static String number(ThrottleDevice device) {
    return device.major() + ":" + device.minor();
  }

  @Override
  public List<GroupWrite> v2(Hierarchy hierarchy) {
    if (blockIo.leafWeight().orElse(0) != 0) {
      throw onlyV1(PATH + ".leafWeight");
    }
    // The cost model shows io.cost.qos in the root; without it only BFQ can weigh.
    boolean costModel = hierarchy.has("io.cost.qos");
    List<GroupWrite> writes = new ArrayList<>();
    if (blockIo.weight().orElse(0) != 0) {
      int weight = blockIo.weight().getAsInt();
      requireRange(PATH + ".weight", weight, 10, 1000, "");
      writes.add(
          costModel
              ? GroupWrite.of("io.weight", ioWeight(weight), PATH + ".weight")
              : GroupWrite.of("io.bfq.weight", weight, PATH + ".weight"));
    }
    for (int i = 0; i < blockIo.weightDevice().size(); i++) {
      writes.add(deviceWeight(i, costModel));
    }
    max(writes, blockIo.throttleReadBpsDevice(), "rbps", "throttleReadBpsDevice");
    max(writes, blockIo.throttleWriteBpsDevice(), "wbps", "throttleWriteBpsDevice");
    max(writes, blockIo.throttleReadIopsDevice(), "riops", "throttleReadIOPSDevice");
    max(writes, blockIo.throttleWriteIopsDevice(), "wiops", "throttleWriteIOPSDevice");
    return writes;
  }

  private GroupWrite deviceWeight(int index, boolean costModel) {
    WeightDevice device = blockIo.weightDevice().get(index);
    String path = PATH + ".weightDevice[" + index + "]";
    if (device.leafWeight().orElse(0) != 0) {
      throw onlyV1(path + ".leafWeight");
    }
    if (device.weight().isEmpty()) {
      throw InvalidRequestException.ofConfig(path + ".weight", "is required, but missing");
    }
    int weight = device.weight().getAsInt();
    requireRange(path + ".weight", weight, 10, 1000, "");
    String number = device.major() + ":" + device.minor() + " ";
    return costModel
        ? GroupWrite.of("io.weight", number + ioWeight(weight), path + ".weight")
        : GroupWrite.of("io.bfq.weight", number + weight, path + ".weight");
  }

  private static void max(
      List<GroupWrite> writes, List<ThrottleDevice> devices, String key, String property) {
    for (int i = 0; i < devices.size(); i++) {
      ThrottleDevice device = devices.get(i);
      String value = number(device) + " " + key + "=" + Long.toUnsignedString(device.rate());
      writes.add(GroupWrite.of("io.max", value, PATH + "." + property + "[" + i + "]"));
    }
  }

  /** 10 to 1000 as a weight from 1 to 10000, on a straight line. */
  static long ioWeight(long weight) {
    return 1 + (weight - 10) * 9_999 / 990;
  }
}
