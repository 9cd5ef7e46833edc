package io.belljar.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Ran;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenarios 20 to 22 and 24: containers, as engines do it. */
class ContainersTest extends Scenario {
  private String start() {
    return start("--from-host sh,sleep,cat,readlink,grep,tty,hostname sleep 1000", "");
  }

  /** A container that runs until it is removed; its first process's id. */
  private String start(String words, String options) {
    sh("belljar run -d --name $NAME " + options + " " + words).succeeds();
    return sh("belljar inspect --format '{{.State.Pid}}' $NAME").succeeds().text();
  }

  @Test
  void scenario20WithATerminalAndDeletedAfterwards() {
    Machine.requireProgram("script", "bsdutils");
    Ran ran =
        sh(
            "script -qec 'belljar run --rm -it --name '$NAME' --from-host sh,tty tty' /dev/null"
                + " </dev/null");
    assertThat(ran.output()).contains("/dev/pts/0");
    assertThat(sh("belljar ps -a").output()).doesNotContain(name());
  }

  @Test
  void scenario20ListedWithPidAndStatus() {
    String pid = start();
    assertThat(sh("belljar ps").succeeds().output()).containsPattern("Up .*" + name());
    assertThat(sh("belljar-oci list").output()).containsPattern(name() + " +" + pid + " +running");
    sh("belljar stop -t 0 $NAME").succeeds();
    assertThat(sh("belljar ps").output()).doesNotContain(name());
    assertThat(sh("belljar ps -a").output()).containsPattern("Exited \\(137\\) .*" + name());
  }

  @Test
  void scenario20ItsNamespacesAreNotTheHosts() {
    String pid = start();
    for (String kind : List.of("mnt", "uts", "ipc", "pid", "net", "cgroup")) {
      assertThat(link(pid, kind)).as(kind).isNotEqualTo(link("self", kind));
    }
    for (String kind : List.of("user", "time")) {
      assertThat(link(pid, kind)).as(kind).isEqualTo(link("self", kind));
    }
  }

  private String link(String pid, String kind) {
    return sh("readlink /proc/" + pid + "/ns/" + kind).succeeds().text();
  }

  @Test
  void scenario21EnteringARunningContainerIsTheSameInEveryWay() {
    String pid = start();
    String links =
        "readlink /proc/self/ns/mnt /proc/self/ns/uts /proc/self/ns/ipc"
            + " /proc/self/ns/pid /proc/self/ns/net /proc/self/ns/cgroup /proc/self/ns/user";
    assertThat(sh("belljar exec $NAME sh -c '" + links + "'").succeeds().output())
        .isEqualTo(sh(links.replace("/self/", "/" + pid + "/")).output());
    String rights = "grep -E '^(Cap...|Seccomp|NoNewPrivs):' ";
    assertThat(sh("belljar exec $NAME " + rights + "/proc/self/status").succeeds().output())
        .isEqualTo(sh(rights + "/proc/" + pid + "/status").output());
    assertThat(sh("belljar exec $NAME cat /proc/self/cgroup").succeeds().lines())
        .allMatch(line -> line.endsWith(":/"));
    Machine.requireProgram("script", "bsdutils");
    assertThat(sh("script -qec \"belljar exec -it $NAME tty\" /dev/null </dev/null").output())
        .contains("/dev/pts/");
  }

  @Test
  void scenario22TheHostsNetworkOnRequest() {
    Ran inside =
        sh(
            "belljar run --rm --network host --from-host ip,readlink,sh sh -c"
                + " 'readlink /proc/self/ns/net; ip -o link'");
    assertThat(inside.succeeds().output())
        .isEqualTo(sh("readlink /proc/self/ns/net; ip -o link").output());
    Ran user =
        asNobody("belljar run --rm --network host --from-host readlink readlink /proc/self/ns/net");
    assertThat(user.succeeds().output()).isEqualTo(sh("readlink /proc/self/ns/net").output());
  }

  @Test
  void scenario24InspectedAsJsonWithItsPid() {
    String pid = start();
    assertThat(sh("belljar inspect $NAME").succeeds().output())
        .contains("\"Pid\": " + pid)
        .contains("\"Name\": \"/" + name() + "\"");
  }

  @Test
  void scenario24ItsFileSystemIsExported() {
    start("--from-host sh,sleep sh -c 'echo written > /made; exec sleep 1000'", "");
    eventually(
        "it is there",
        () -> sh("belljar export $NAME | tar -xO made 2>/dev/null").text().equals("written"));
    assertThat(sh("belljar export $NAME | tar -t").output())
        .contains("etc/passwd", "usr/bin/sleep");
  }

  @Test
  void scenario24StoppedGracefully() {
    start("--from-host sh,sleep sh -c 'trap \"exit 3\" TERM; while :; do sleep 0.1; done'", "");
    sh("belljar stop -t 10 $NAME").succeeds();
    assertThat(sh("belljar wait $NAME").succeeds().text()).isEqualTo("3");
  }

  @Test
  void scenario24KilledAfterATimeWhenItDoesNotStop() {
    start("--from-host sh,sleep sh -c 'trap \"\" TERM; while :; do sleep 0.1; done'", "");
    long begin = System.nanoTime();
    sh("belljar stop -t 1 $NAME").succeeds();
    assertThat(System.nanoTime() - begin).isGreaterThan(900_000_000L);
    assertThat(sh("belljar wait $NAME").succeeds().text()).isEqualTo("137");
  }

  @Test
  void aRunCanBeExplainedAndTraced() {
    String words = " --from-host sh sh -c 'exit 7'";
    assertThat(sh("belljar run --explain" + words).succeeds().output())
        .isEqualTo(sh("belljar explain run" + words).output())
        .contains("clone3", "pivot_root");
    Ran traced = sh("belljar run --rm --trace" + words).exitsWith(7);
    assertThat(traced.output()).isEmpty();
    assertThat(traced.error())
        .contains("launcher", "total of init", "planner:")
        .containsPattern("setsid\\(\\) +[0-9,]+ +[0-9.]+ %");
    try (Command.Running detached = start("belljar run -d --trace" + words)) {
      detached.await().isRefused("--trace", "leave --detach out").exitsWith(125);
    }
  }
}
