package io.belljar.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Scenarios 17 and 18: limits that hold, and are gone afterwards. */
class LimitsTest extends Scenario {
  private String limit(String controller, String version1, String version2) {
    Path group = Machine.group(controller, "/" + name());
    return Machine.content(group.resolve(Machine.isUnified() ? version2 : version1)).strip();
  }

  @Test
  void scenario17AMemoryLimitIsInACgroupNamedAfterTheContainer() {
    try (Command.Running running =
        start(
            "belljar run --rm --name " + name() + " --memory 100m --from-host sleep sleep 1000")) {
      Path group = Machine.group("memory", "/" + name());
      eventually("it runs", () -> !Machine.content(group.resolve("cgroup.procs")).isBlank());
      assertThat(limit("memory", "memory.limit_in_bytes", "memory.max")).isEqualTo("104857600");
      sh("belljar kill $NAME").succeeds();
      running.await().exitsWith(137);
      assertThat(group).doesNotExist();
    }
  }

  @Test
  void scenario17AProcessOverItIsKilledAndBelljarSaysWhy() {
    Ran ran = sh("belljar run --rm --name $NAME -m 100m --from-host tail tail /dev/zero");
    assertThat(ran.exitsWith(137).error())
        .isEqualTo("belljar: " + name() + " was killed by its memory limit of 100 MiB\n");
  }

  @Test
  void scenario18OtherLimitsAreVisibleInTheCgroupsOwnFilesAndGoneAfterwards() {
    try (Command.Running running =
        start(
            "belljar run --rm --name "
                + name()
                + " --cpus 0.5 --cpuset-cpus 0 --pids-limit 7"
                + " --from-host sleep sleep 1000")) {
      Path group = Machine.group("pids", "/" + name());
      eventually("it runs", () -> !Machine.content(group.resolve("cgroup.procs")).isBlank());
      assertThat(limit("pids", "pids.max", "pids.max")).isEqualTo("7");
      assertThat(limit("cpu", "cpu.cfs_quota_us", "cpu.max")).startsWith("50000");
      assertThat(limit("cpuset", "cpuset.cpus", "cpuset.cpus")).isEqualTo("0");
      sh("belljar kill $NAME").succeeds();
      running.await().exitsWith(137);
      assertThat(Machine.groupsNamed(name())).isEmpty();
    }
  }

  @Test
  void scenario18NoMoreProcessesThanTheLimitCanBeStarted() {
    Ran ran =
        sh(
            "belljar run --rm --pids-limit 3 --from-host sh,sleep sh -c"
                + " 'sleep 1 & sleep 1 & sleep 1 & sleep 1 & wait'");
    assertThat(ran.error()).containsIgnoringCase("cannot fork");
  }

  @Test
  void scenario18ALimitThatAnOrdinaryUserCannotSetIsRefusedWithTheCure() {
    assumeTrue(!Files.isWritable(Path.of("/nonexistent")));
    asNobody("belljar run --rm --pids-limit 7 --from-host sh true")
        .exitsWith(125)
        .inOneLine()
        .isRefused("--pids-limit: no control group of", "is yours");
  }
}
