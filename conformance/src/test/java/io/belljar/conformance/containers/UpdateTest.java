package io.belljar.conformance.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Machine;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpdateTest extends PeopleTest {
  @BeforeEach
  void requireVersion1() {
    Machine.requireVersion1("memory");
  }

  private static String limits(String name) {
    return String.join(
        " ",
        file("memory", name, "memory.limit_in_bytes"),
        file("cpu", name, "cpu.cfs_quota_us"),
        file("cpu", name, "cpu.cfs_period_us"),
        file("cpu", name, "cpu.shares"),
        file("pids", name, "pids.max"),
        file("cpuset", name, "cpuset.cpus"));
  }

  private static String file(String controller, String name, String file) {
    Path group = Machine.group(controller, "/" + name);
    return Machine.content(group.resolve(file)).strip();
  }

  @Test
  void theKernelAndInspectAgree() {
    String name = start("sleep 100", "-m", "100m");
    belljar(
            "update",
            "-m",
            "300m",
            "--memory-swap",
            "300m",
            "--cpus",
            "1.5",
            "--cpu-shares",
            "512",
            "--pids-limit",
            "50",
            "--cpuset-cpus",
            "0",
            name)
        .succeeds();
    assertThat(limits(name)).isEqualTo("314572800 150000 100000 512 50 0");
    belljar("update", "-m", "50m", "--memory-swap", "60m", name).succeeds();
    belljar("update", "--cpu-period", "10000", "--cpu-quota", "2000", name).succeeds();
    assertThat(limits(name)).isEqualTo("52428800 2000 10000 512 50 0");
    assertThat(
            inspect(
                name,
                "{{.HostConfig.Memory}} {{.HostConfig.CpuQuota}} {{.HostConfig.CpuPeriod}}"
                    + " {{.HostConfig.CpuShares}} {{.HostConfig.PidsLimit}}"
                    + " {{.HostConfig.CpusetCpus}}"))
        .isEqualTo("52428800 2000 10000 512 50 0");
  }

  @Test
  void oneThatTheKernelRefusesUndoesTheOthers() {
    String name =
        start(
            "dd if=/dev/zero of=/dev/shm/full bs=1M count=40; echo ok >/full; sleep 100",
            "-m",
            "100m",
            "--memory-swap",
            "100m");
    for (int i = 0; belljar("exec", name, "cat", "/full").code() != 0; i++) {
      assertThat(i).as("attempts until 40 MiB are in use").isLessThan(100);
    }
    String before = limits(name);
    belljar("update", "-m", "10m", "--memory-swap", "10m", "--cpuset-cpus", "0", name)
        .exitsWith(1)
        .isRefused(name, "memory", "EBUSY");
    assertThat(limits(name)).isEqualTo(before);
    assertThat(inspect(name, "{{.HostConfig.Memory}} {{.HostConfig.CpusetCpus}}"))
        .isEqualTo("104857600");
  }

  @Test
  void whatCannotBeIsRefused() {
    String name = start("sleep 100", "-m", "100m", "--memory-swap", "200m");
    belljar("update", "-m", "300m", name).exitsWith(1).isRefused("set --memory-swap as well");
    belljar("update", "-m", "1m", name).exitsWith(1).isRefused("--memory: the least is 6m");
    belljar("update", "--cpuset-cpus", "4711", name).exitsWith(1).isRefused("--cpuset-cpus");
    belljar("update", "--cpus", "1", "--cpu-quota", "5000", name).exitsWith(1).isRefused("--cpus");
    belljar("update", name).exitsWith(1).isRefused("say what to change");
  }

  @Test
  void whoDiedOfTheMemoryLimitIsTold() {
    String name =
        start("dd if=/dev/zero of=/dev/null bs=60M count=1", "-m", "20m", "--memory-swap", "20m");
    belljar("wait", name).succeeds();
    assertThat(inspect(name, "{{.State.OOMKilled}} {{.State.Status}}")).isEqualTo("true exited");
  }
}
