package io.belljar.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.spec.resources.Memory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryLimitsTest {
  @TempDir Path root;

  private static OptionalLong of(long value) {
    return OptionalLong.of(value);
  }

  private String v1(Memory.Builder memory) {
    Hierarchy hierarchy = CgroupFixture.v1(root).hierarchyFor("memory");
    return CgroupFixture.text(new MemoryLimits(memory.build()).v1(hierarchy));
  }

  private String v2(Memory.Builder memory) {
    Hierarchy hierarchy = CgroupFixture.v2(root).hierarchyFor("");
    return CgroupFixture.text(new MemoryLimits(memory.build()).v2(hierarchy));
  }

  @Test
  void writesEveryFileOfV1() {
    Memory.Builder memory =
        Memory.builder()
            .limit(of(100))
            .swap(of(200))
            .reservation(of(50))
            .kernel(of(60))
            .kernelTcp(of(70))
            .swappiness(of(10))
            .disableOomKiller(Optional.of(true));
    assertThat(v1(memory))
        .isEqualTo(
            """
            memory.limit_in_bytes=100 (linux.resources.memory.limit)
            memory.memsw.limit_in_bytes=200 (linux.resources.memory.swap)
            memory.soft_limit_in_bytes=50 (linux.resources.memory.reservation)
            memory.kmem.limit_in_bytes=60 (linux.resources.memory.kernel)
            memory.kmem.tcp.limit_in_bytes=70 (linux.resources.memory.kernelTCP)
            memory.oom_control=1 (linux.resources.memory.disableOOMKiller)
            memory.swappiness=10 (linux.resources.memory.swappiness)
            """);
  }

  @Test
  void raisesSwapFirstInAGroupWithALowLimit() {
    CgroupFixture fixture = CgroupFixture.v1(root);
    fixture.file("memory/c/memory.limit_in_bytes", "4096");
    MemoryLimits limits =
        new MemoryLimits(Memory.builder().limit(of(8192)).swap(of(16384)).build());
    assertThat(limits.v1(fixture.hierarchyFor("memory")))
        .extracting(GroupWrite::file)
        .containsExactly("memory.memsw.limit_in_bytes", "memory.limit_in_bytes");
  }

  @Test
  void unlimitedMemoryMeansUnlimitedSwapToo() {
    assertThat(v1(Memory.builder().limit(of(-1))))
        .isEqualTo(
            """
            memory.memsw.limit_in_bytes=-1 (linux.resources.memory.limit)
            memory.limit_in_bytes=-1 (linux.resources.memory.limit)
            """);
    assertThat(v2(Memory.builder().limit(of(-1))))
        .isEqualTo(
            """
            memory.swap.max=max (linux.resources.memory.swap)
            memory.max=max (linux.resources.memory.limit)
            """);
  }

  @Test
  void takesMemoryOffSwapInV2() {
    Memory.Builder memory = Memory.builder().limit(of(100)).swap(of(300)).reservation(of(50));
    assertThat(v2(memory))
        .isEqualTo(
            """
            memory.swap.max=200 (linux.resources.memory.swap)
            memory.max=100 (linux.resources.memory.limit)
            memory.low=50 (linux.resources.memory.reservation)
            """);
  }

  @Test
  void zeroIsNotSet() {
    assertThat(new MemoryLimits(Memory.builder().limit(of(0)).swap(of(0)).build()).isEmpty())
        .isTrue();
    assertThat(new MemoryLimits(Memory.builder().swappiness(of(-1)).build()).isEmpty()).isTrue();
  }

  @Test
  void refusesSwapBelowMemory() {
    assertThatThrownBy(() -> v1(Memory.builder().limit(of(100)).swap(of(50))))
        .hasMessage(
            "config.json: linux.resources.memory.swap: 50 is less than"
                + " linux.resources.memory.limit, 100 (it is memory and swap together)");
  }

  @Test
  void refusesSwapWithoutMemory() {
    assertThatThrownBy(() -> v2(Memory.builder().swap(of(50))))
        .hasMessage(
            "config.json: linux.resources.memory.swap: needs linux.resources.memory.limit as well"
                + " (it is memory and swap together)");
  }

  @Test
  void refusesNegativeLimits() {
    assertThatThrownBy(() -> v1(Memory.builder().limit(of(-2))))
        .hasMessage(
            "config.json: linux.resources.memory.limit: -2 is neither a number of bytes nor -1 for"
                + " unlimited");
  }

  @Test
  void refusesSwappinessOutOfRange() {
    assertThatThrownBy(() -> v1(Memory.builder().swappiness(of(101))))
        .hasMessage(
            "config.json: linux.resources.memory.swappiness: 101 is out of range: the kernel takes"
                + " 0 to 100");
  }

  @Test
  void refusesWhatOnlyV1Has() {
    assertThatThrownBy(() -> v2(Memory.builder().swappiness(of(10))))
        .hasMessage(
            "config.json: linux.resources.memory.swappiness: cgroup v2 has no such limit; only"
                + " cgroup v1 has it");
    assertThatThrownBy(() -> v2(Memory.builder().kernelTcp(of(10))))
        .hasMessageContaining("linux.resources.memory.kernelTCP: cgroup v2 has no such limit");
    assertThatThrownBy(() -> v2(Memory.builder().disableOomKiller(Optional.of(true))))
        .hasMessageContaining("memory.disableOOMKiller: cgroup v2 has no such limit");
  }
}
