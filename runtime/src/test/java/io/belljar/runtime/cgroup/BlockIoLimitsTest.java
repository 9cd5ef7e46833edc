package io.belljar.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.spec.resources.BlockIo;
import io.belljar.spec.resources.ThrottleDevice;
import io.belljar.spec.resources.WeightDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockIoLimitsTest {
  @TempDir Path root;

  private static final BlockIo ALL =
      new BlockIo(
          OptionalInt.of(500),
          OptionalInt.empty(),
          List.of(new WeightDevice(8, 0, OptionalInt.of(300), OptionalInt.empty())),
          List.of(new ThrottleDevice(8, 0, 1000)),
          List.of(new ThrottleDevice(8, 0, 2000)),
          List.of(new ThrottleDevice(8, 0, 3000)),
          List.of(new ThrottleDevice(8, 16, -1)));

  @Test
  void usesTheFilesOfBfqInV1() {
    assertThat(
            CgroupFixture.text(
                new BlockIoLimits(ALL).v1(CgroupFixture.v1(root).hierarchyFor("blkio"))))
        .isEqualTo(
            """
            blkio.bfq.weight=500 (linux.resources.blockIO.weight)
            blkio.bfq.weight_device=8:0 300 (linux.resources.blockIO.weightDevice[0].weight)
            blkio.throttle.read_bps_device=8:0 1000 (linux.resources.blockIO.throttleReadBpsDevice[0])
            blkio.throttle.write_bps_device=8:0 2000 (linux.resources.blockIO.throttleWriteBpsDevice[0])
            blkio.throttle.read_iops_device=8:0 3000 (linux.resources.blockIO.throttleReadIOPSDevice[0])
            blkio.throttle.write_iops_device=8:16 18446744073709551615 (linux.resources.blockIO.throttleWriteIOPSDevice[0])
            """);
  }

  @Test
  void usesTheCostModelOfV2WhereTheKernelHasIt() {
    CgroupFixture fixture = CgroupFixture.v2(root);
    fixture.file("io.cost.qos", "");
    assertThat(CgroupFixture.text(new BlockIoLimits(ALL).v2(fixture.hierarchyFor(""))))
        .isEqualTo(
            """
            io.weight=4950 (linux.resources.blockIO.weight)
            io.weight=8:0 2930 (linux.resources.blockIO.weightDevice[0].weight)
            io.max=8:0 rbps=1000 (linux.resources.blockIO.throttleReadBpsDevice[0])
            io.max=8:0 wbps=2000 (linux.resources.blockIO.throttleWriteBpsDevice[0])
            io.max=8:0 riops=3000 (linux.resources.blockIO.throttleReadIOPSDevice[0])
            io.max=8:16 wiops=18446744073709551615 (linux.resources.blockIO.throttleWriteIOPSDevice[0])
            """);
  }

  @Test
  void usesBfqInV2Otherwise() {
    assertThat(
            new BlockIoLimits(BlockIo.NONE.withWeight(OptionalInt.of(500)))
                .v2(CgroupFixture.v2(root).hierarchyFor("")))
        .containsExactly(GroupWrite.of("io.bfq.weight", 500, "linux.resources.blockIO.weight"));
  }

  @Test
  void refusesWeightsOutOfRange() {
    BlockIoLimits limits = new BlockIoLimits(BlockIo.NONE.withWeight(OptionalInt.of(1001)));
    assertThatThrownBy(() -> limits.v1(CgroupFixture.v1(root).hierarchyFor("blkio")))
        .hasMessage(
            "config.json: linux.resources.blockIO.weight: 1001 is out of range: the kernel takes 1"
                + " to 1000");
  }
}
