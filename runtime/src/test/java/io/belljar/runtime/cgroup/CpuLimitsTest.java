package io.belljar.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.spec.resources.Cpu;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuLimitsTest {
  @TempDir Path root;

  private static OptionalLong of(long value) {
    return OptionalLong.of(value);
  }

  private String v1(Cpu.Builder cpu) {
    Hierarchy hierarchy = CgroupFixture.v1(root).hierarchyFor("cpu,cpuacct");
    return CgroupFixture.text(new CpuLimits(cpu.build()).v1(hierarchy));
  }

  private String v2(Cpu.Builder cpu) {
    Hierarchy hierarchy = CgroupFixture.v2(root).hierarchyFor("");
    return CgroupFixture.text(new CpuLimits(cpu.build()).v2(hierarchy));
  }

  @Test
  void writesThePeriodBeforeTheQuotaAndTheBurstLast() {
    Cpu.Builder cpu =
        Cpu.builder()
            .shares(of(512))
            .quota(of(50_000))
            .period(of(100_000))
            .burst(of(10_000))
            .idle(of(0))
            .realtimePeriod(of(1_000_000))
            .realtimeRuntime(of(500));
    assertThat(v1(cpu))
        .isEqualTo(
            """
            cpu.shares=512 (linux.resources.cpu.shares)
            cpu.idle=0 (linux.resources.cpu.idle)
            cpu.cfs_period_us=100000 (linux.resources.cpu.period)
            cpu.cfs_quota_us=50000 (linux.resources.cpu.quota)
            cpu.cfs_burst_us=10000 (linux.resources.cpu.burst)
            cpu.rt_period_us=1000000 (linux.resources.cpu.realtimePeriod)
            cpu.rt_runtime_us=500 (linux.resources.cpu.realtimeRuntime)
            """);
  }

  @Test
  void convertsSharesToWeights() {
    assertThat(CpuLimits.weight(2)).isEqualTo(1);
    assertThat(CpuLimits.weight(1024)).isEqualTo(39);
    assertThat(CpuLimits.weight(262_144)).isEqualTo(10_000);
  }

  @Test
  void putsQuotaAndPeriodIntoOneFileOfV2() {
    assertThat(v2(Cpu.builder().quota(of(50_000))))
        .isEqualTo("cpu.max=50000 100000 (linux.resources.cpu.quota)\n");
    assertThat(v2(Cpu.builder().quota(of(-1)).period(of(20_000))))
        .isEqualTo("cpu.max=max 20000 (linux.resources.cpu.quota)\n");
    assertThat(v2(Cpu.builder().period(of(20_000))))
        .isEqualTo("cpu.max=max 20000 (linux.resources.cpu.period)\n");
  }

  @Test
  void refusesWhatIsOutOfTheKernelsRange() {
    assertThatThrownBy(() -> v1(Cpu.builder().shares(of(1))))
        .hasMessage(
            "config.json: linux.resources.cpu.shares: 1 is out of range: the kernel takes 2 to"
                + " 262144");
    assertThatThrownBy(() -> v2(Cpu.builder().period(of(999))))
        .hasMessage(
            "config.json: linux.resources.cpu.period: 999 is out of range: the kernel takes 1000 to"
                + " 1000000 µs");
    assertThatThrownBy(() -> v1(Cpu.builder().quota(of(1))))
        .hasMessageContaining("linux.resources.cpu.quota: 1 is out of range");
    assertThatThrownBy(() -> v1(Cpu.builder().quota(of(5000)).burst(of(6000))))
        .hasMessage(
            "config.json: linux.resources.cpu.burst: 6000 is out of range: the kernel takes 0 to"
                + " 5000 µs, the quota");
    assertThatThrownBy(() -> v2(Cpu.builder().idle(of(2))))
        .hasMessageContaining("linux.resources.cpu.idle: 2 is out of range");
  }

  @Test
  void refusesRealTimeInV2() {
    assertThatThrownBy(() -> v2(Cpu.builder().realtimeRuntime(of(2000))))
        .hasMessageContaining("linux.resources.cpu.realtimeRuntime: cgroup v2 has no such limit");
  }

  @Test
  void refusesProcessorsThatAreNotThere() {
    CpusetLimits limits = new CpusetLimits(Cpu.builder().cpus(Optional.of("2-5")).build());
    assertThatThrownBy(() -> limits.v1(CgroupFixture.v1(root).hierarchyFor("cpuset")))
        .hasMessage(
            "config.json: linux.resources.cpu.cpus: CPU 4 is not to be had; there are: 0-3");
    CpusetLimits nodes = new CpusetLimits(Cpu.builder().mems(Optional.of("1")).build());
    assertThatThrownBy(() -> nodes.v2(CgroupFixture.v2(root).hierarchyFor("")))
        .hasMessage("config.json: linux.resources.cpu.mems: node 1 is not to be had; there are: 0");
  }

  @Test
  void refusesWhatIsNoListOfProcessors() {
    CpusetLimits limits = new CpusetLimits(Cpu.builder().cpus(Optional.of("3-1")).build());
    assertThatThrownBy(() -> limits.v1(CgroupFixture.v1(root).hierarchyFor("cpuset")))
        .hasMessage("config.json: linux.resources.cpu.cpus: \"3-1\" is not a list like 0-3,7");
  }
}
