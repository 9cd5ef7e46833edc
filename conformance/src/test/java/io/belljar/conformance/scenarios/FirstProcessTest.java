package io.belljar.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenario 12: what process 1 is for. */
class FirstProcessTest extends Scenario {
  @Test
  void scenario12AnOrphanInsideIsAdoptedByProcessOne() {
    String script =
        "sh -c \"sleep 5 & echo \\$! > orphan\"; sleep 0.2; ps -o ppid= -p $(cat orphan)";
    assertThat(sameAsWithout("unshare -f -p --mount-proc sh -c '" + script + "'").succeeds().text())
        .isEqualTo("1");
  }

  @Test
  void scenario12KillingProcessOneFromOutsideKillsAll() {
    try (Command.Running running =
        start(
            "belljar run --rm --name "
                + name()
                + " --from-host sh,sleep sh -c"
                + " 'sleep 4711 & sleep 4711 & wait'")) {
      eventually("both sleep", () -> sleepers() == 2);
      sh("belljar kill -s KILL " + name()).succeeds();
      running.await().exitsWith(137);
      eventually("nobody sleeps", () -> sleepers() == 0);
    }
  }

  private long sleepers() {
    return Machine.processesWith(name()).stream()
        .filter(line -> line.endsWith("sleep 4711"))
        .count();
  }

  @Test
  void scenario12RebootInsideEndsOnlyTheNamespace() {
    // Only as process 1 of a pid namespace: if ever it were not one, the machine must not go.
    sh("belljar run --rm --cap-add SYS_BOOT --from-host busybox,sh,readlink sh -c"
            + " '[ $$ = 1 ] && [ \"$(readlink /proc/self/ns/pid)\" != '$(readlink"
            + " /proc/self/ns/pid | tr -dc 0-9)' ] && exec busybox reboot -f'")
        .exitsWith(129);
    sh("belljar run --rm --from-host busybox busybox reboot -f").exitsWith(1);
  }

  @Test
  void scenario12AnInitReapsAndForwardsSignals() {
    List<String> processes =
        sh("belljar run --rm --init --from-host ps,sh ps -e -o pid=,comm=").succeeds().lines();
    assertThat(processes).hasSize(2);
    assertThat(processes.getFirst().strip()).startsWith("1 ").doesNotEndWith(" ps");
    // Whoever it adopts is reaped: no zombie stays.
    assertThat(
            sh("belljar run --rm --init --from-host ps,sh,sleep sh -c"
                    + " 'sh -c \"sleep 0.1 &\"; sleep 0.5; ps -e -o stat= | grep -c Z'")
                .output())
        .doesNotContain("1");
    try (Command.Running running =
        start(
            "belljar run --rm --init --from-host sh,sleep sh -c"
                + " 'trap \"exit 9\" TERM; echo ready; while :; do sleep 0.1; done'")) {
      eventually("it is ready", () -> running.outputSoFar().contains("ready"));
      running.process().destroy();
      running.await().exitsWith(9);
    }
  }
}
