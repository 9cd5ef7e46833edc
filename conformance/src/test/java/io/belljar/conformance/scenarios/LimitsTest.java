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
  void scenario18RatesOfDisksAreInTheCgroupsOwnFilesAndGoneAfterwards() {
    String disk = sh("lsblk -dnpo NAME -e 7,1 | head -1").text();
    assumeTrue(disk.startsWith("/dev/"), "needs a disk");
    String number = sh("lsblk -dno MAJ:MIN " + disk).text();
    String options =
        " --device-read-bps %s:1mb --device-write-bps %s:2mb --device-read-iops %s:30"
                .formatted(disk, disk, disk)
            + " --device-write-iops "
            + disk
            + ":40";
    assertThat(
            sh("belljar run -d --rm --name $NAME" + options + " --from-host sleep sleep 1000")
                .succeeds()
                .text())
        .isEqualTo(name());
    if (Machine.isUnified()) {
      assertThat(limit("blkio", "", "io.max").split(" "))
          .contains(number, "rbps=1048576", "wbps=2097152", "riops=30", "wiops=40");
    } else {
      String rates = "blkio.throttle.%s_device";
      assertThat(limit("blkio", rates.formatted("read_bps"), "")).isEqualTo(number + " 1048576");
      assertThat(limit("blkio", rates.formatted("write_bps"), "")).isEqualTo(number + " 2097152");
      assertThat(limit("blkio", rates.formatted("read_iops"), "")).isEqualTo(number + " 30");
      assertThat(limit("blkio", rates.formatted("write_iops"), "")).isEqualTo(number + " 40");
    }
    sh("belljar kill $NAME").succeeds();
    eventually("its groups are gone", () -> Machine.groupsNamed(name()).isEmpty());
  }

  @Test
  void scenario18ALimitOfWhatIsNoDiskIsRefused() {
    sh("belljar run --rm --device-read-bps /dev/null:1mb --from-host sleep sleep 0")
        .exitsWith(125)
        .inOneLine()
        .isRefused("--device-read-bps: /dev/null is not a block device");
  }

  @Test
  void scenario18ADetachedContainerThatDoesNotStartIsNotNamed() {
    Ran ran = sh("belljar run -d --rm --name $NAME --from-host sleep nosuch");
    assertThat(ran.exitsWith(127).output()).isEmpty();
    assertThat(Machine.groupsNamed(name())).isEmpty();
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
