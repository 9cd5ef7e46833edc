package io.belljar.conformance.toolbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Isolation;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import io.belljar.conformance.RuntimeTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code belljar report} on processes of several kinds, compared with what /proc says of them. */
@Tag("integration")
class ReportTest extends RuntimeTest {
  private static final String BELLJAR = Oci.path().resolveSibling("belljar").toString();

  private final List<Command.Running> started = new ArrayList<>();
  private final List<Long> sleeping = new ArrayList<>();

  @Override
  protected void cleanUp() {
    // A first process ignores the signals that it has no handler for, but for this one.
    sleeping.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    started.forEach(command -> {
      try (command) {
        eventually("it has ended", () -> !command.process().isAlive());
      }
    });
  }

  /** Starts a command whose last process is a sleep, and finds that. */
  private long sleeping(String... words) {
    started.add(Command.of(words).env(oci().environment()).start());
    String seconds = words[words.length - 1];
    eventually(
        "it sleeps: " + started.getLast().errorSoFar(),
        () -> Machine.commandsWith("sleep\0" + seconds + "\0").stream().anyMatch(this::isSleep));
    long pid =
        Machine.commandsWith("sleep\0" + seconds + "\0").stream()
            .filter(this::isSleep)
            .findFirst()
            .orElseThrow();
    sleeping.add(pid);
    return pid;
  }

  private boolean isSleep(long pid) {
    return Machine.content(Path.of("/proc/" + pid + "/cmdline")).startsWith("sleep");
  }

  private Isolation report(long pid) {
    return Isolation.of(pid, oci().environment());
  }

  private long belljar(String seconds, String... options) {
    List<String> words = new ArrayList<>(List.of(BELLJAR, "run", "--rm", "--name", id()));
    words.addAll(List.of(options));
    words.addAll(List.of("--from-host", "sleep", "--", "sleep", seconds));
    return sleeping(words.toArray(String[]::new));
  }

  private static void assertAgreesWithProc(Isolation report, long pid) {
    long mask = Long.parseUnsignedLong(Machine.status(pid, "CapEff"), 16);
    assertThat(report.capabilities()).hasSize(Long.bitCount(mask));
    assertThat(report.document().get("noNewPrivileges"))
        .isEqualTo(Machine.status(pid, "NoNewPrivs").equals("1"));
    long own = ProcessHandle.current().pid();
    assertThat(report.namespaces("own").contains("mount"))
        .isNotEqualTo(Machine.namespace(pid, "mnt").equals(Machine.namespace(own, "mnt")));
    assertThat(report.namespaces("own").contains("user"))
        .isNotEqualTo(Machine.namespace(pid, "user").equals(Machine.namespace(own, "user")));
  }

  @Test
  void findsThatAPlainProcessOfRootIsNotIsolated() {
    long pid = sleeping("sleep", "71001");
    Isolation report = report(pid);
    assertAgreesWithProc(report, pid);
    assertThat(report.grade()).isEqualTo("F");
    assertThat(report.namespaces("own")).isEmpty();
    assertThat(report.findings("critical")).containsExactly("isolation.none");
    assertThat(report.calls()).isEqualTo("all: no filter");
  }

  @Test
  void findsADefaultContainerFair() {
    long pid = belljar("71002");
    Isolation report = report(pid);
    assertAgreesWithProc(report, pid);
    assertThat(report.grade()).isEqualTo("C");
    assertThat(report.namespaces("own"))
        .containsExactly("mount", "pid", "network", "ipc", "uts", "cgroup");
    assertThat(report.findings("medium"))
        .containsExactlyInAnyOrder("user.root", "limit.memory", "limit.pids");
    assertThat(report.writable()).isEmpty();
    assertThat(report.calls()).matches("[23][0-9]{2} of [34][0-9]{2}");
  }

  @Test
  void givesAHardenedContainerTheBestGrade() {
    long pid =
        belljar(
            "71003",
            "--read-only",
            "--cap-drop",
            "ALL",
            "--security-opt",
            "no-new-privileges",
            "--user",
            "1000:1000",
            "--memory",
            "64m",
            "--pids-limit",
            "50",
            "--cpus",
            "1");
    Isolation report = report(pid);
    assertAgreesWithProc(report, pid);
    assertThat(report.grade()).isEqualTo("A");
    assertThat(report.capabilities()).isEmpty();
    assertThat(report.limit("memory")).isEqualTo("64.0 MiB");
    assertThat(report.limit("pids")).isEqualTo("50");
  }

  @Test
  void seesTheHostsRootInASandbox() {
    Machine.requireProgram("bwrap", "bubblewrap");
    long pid =
        sleeping(
            "bwrap",
            "--unshare-all",
            "--die-with-parent",
            "--ro-bind",
            "/",
            "/",
            "--dev",
            "/dev",
            "--proc",
            "/proc",
            "sleep",
            "71004");
    Isolation report = report(pid);
    assertAgreesWithProc(report, pid);
    assertThat(report.namespaces("host")).containsExactly("time");
    assertThat(report.findings("high")).contains("mount./");
    assertThat(report.findings("low")).contains("capability.own-user-namespace");
    assertThat(report.document().get("capabilitiesCountOnHost")).isEqualTo(false);
  }

  @Test
  void leavesTheProcessAsItWas() {
    long pid = belljar("71005");
    for (int i = 0; i < 20; i++) {
      report(pid);
    }
    assertThat(Machine.status(pid, "State")).startsWith("S");
    assertThat(Machine.status(pid, "TracerPid")).isEqualTo("0");
  }

  @Test
  void doesNotDisturbAStoppedProcess() {
    long pid = belljar("71006");
    Command.of("kill", "-STOP", Long.toString(pid)).run().succeeds();
    eventually("it is stopped", () -> Machine.status(pid, "State").startsWith("T"));
    Ran ran = Command.of(BELLJAR, "report", Long.toString(pid)).env(oci().environment()).run();
    assertThat(ran.succeeds().output()).contains("not readable: the process is stopped");
    assertThat(Machine.status(pid, "State")).startsWith("T");
  }

  @Test
  void takesTheNameOfAContainer() {
    belljar("71007");
    Ran ran = Command.of(BELLJAR, "report", id()).env(oci().environment()).run();
    assertThat(ran.succeeds().output()).contains("sleep 71007", "Grade C");
    assertThat(ran.output()).doesNotContain("\u001b");
  }

  @Test
  void saysThatThereIsNoSuchProcess() {
    Command.of(BELLJAR, "report", "999999999")
        .env(oci().environment())
        .run()
        .exitsWith(1)
        .isRefused("No such process: 999999999")
        .inOneLine();
    Command.of(BELLJAR, "report", "no-such-container")
        .env(oci().environment())
        .run()
        .exitsWith(1)
        .isRefused("No such container: no-such-container")
        .inOneLine();
  }
}
