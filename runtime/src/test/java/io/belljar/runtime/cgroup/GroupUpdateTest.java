package io.belljar.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.Plan;
import io.belljar.runtime.ContainerId;
import io.belljar.spec.resources.Cpu;
import io.belljar.spec.resources.Memory;
import io.belljar.spec.resources.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupUpdateTest {
  private static final String TOP = "/sys/fs/cgroup/";

  @TempDir Path root;
  private CgroupFixture fixture;

  @BeforeEach
  void makeGroups() {
    fixture = CgroupFixture.v1(root);
    fixture.file("memory/c/memory.limit_in_bytes", "100");
    fixture.file("memory/c/memory.memsw.limit_in_bytes", "200");
    fixture.file("cpu,cpuacct/c/cpu.cfs_quota_us", "50000");
    fixture.file("cpu,cpuacct/c/cpu.cfs_period_us", "100000");
  }

  private String steps(Resources changes) {
    Plan.Builder plan = Plan.builder();
    GroupUpdate.of(
            fixture.layout(),
            fixture.files(),
            List.of(TOP + "memory/c", TOP + "cpu,cpuacct/c"),
            new ContainerId("c"),
            changes)
        .add(plan);
    return CgroupFixture.text(plan.build()).replace(TOP, "");
  }

  private static Resources memory(long limit, long swap) {
    return Resources.builder()
        .memory(Memory.builder().limit(OptionalLong.of(limit)).swap(OptionalLong.of(swap)).build())
        .build();
  }

  private static Resources time(long quota, long period) {
    return Resources.builder()
        .cpu(Cpu.builder().quota(OptionalLong.of(quota)).period(OptionalLong.of(period)).build())
        .build();
  }

  @Test
  void raisesSwapBeforeMemoryAndUndoesBackwards() {
    assertThat(steps(memory(300, 400)))
        .isEqualTo(
            """
            LAUNCHER Write[memory/c/memory.memsw.limit_in_bytes 400]
            LAUNCHER Write[memory/c/memory.limit_in_bytes 300]
            UNDO Write[memory/c/memory.limit_in_bytes 100] tolerating 2
            UNDO Write[memory/c/memory.memsw.limit_in_bytes 200] tolerating 2
            """);
  }

  @Test
  void lowersMemoryBeforeSwap() {
    assertThat(steps(memory(50, 60)))
        .startsWith(
            """
            LAUNCHER Write[memory/c/memory.limit_in_bytes 50]
            LAUNCHER Write[memory/c/memory.memsw.limit_in_bytes 60]
            """);
  }

  @Test
  void neverGivesMoreTimeThanBeforeOrAfterwards() {
    assertThat(steps(time(5000, 10_000)))
        .startsWith(
            """
            LAUNCHER Write[cpu,cpuacct/c/cpu.cfs_quota_us 5000]
            LAUNCHER Write[cpu,cpuacct/c/cpu.cfs_period_us 10000]
            """);
    assertThat(steps(time(100_000, 200_000)))
        .startsWith(
            """
            LAUNCHER Write[cpu,cpuacct/c/cpu.cfs_period_us 200000]
            LAUNCHER Write[cpu,cpuacct/c/cpu.cfs_quota_us 100000]
            """);
  }

  @Test
  void refusesWhatTheContainerHasNoGroupFor() {
    Resources cpus = Resources.builder().cpu(Cpu.builder().cpus(Optional.of("0")).build()).build();
    assertThatThrownBy(() -> steps(cpus))
        .hasMessageStartingWith(
            "config.json: linux.resources.cpu.cpus: this machine has no cpuset controller");
  }
}
