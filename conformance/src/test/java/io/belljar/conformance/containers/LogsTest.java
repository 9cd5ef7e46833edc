package io.belljar.conformance.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Ran;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code logs} and {@code attach}: what detached containers write, and typing for them. */
class LogsTest extends FilesTest {
  private static String lines(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }

  @Test
  void eachStreamIsPrintedToItsOwn() {
    String box = box("", "echo out; echo bad >&2");
    Ran logs = belljar("logs", box).succeeds();
    assertThat(logs.output()).isEqualTo("out\n");
    assertThat(logs.error()).isEqualTo("bad\n");
    assertThat(belljar("logs", "-t", box).output())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z out\n");
  }

  @Test
  void theLastLinesAndThoseOfATimeArePrinted() {
    String box = box("", "for i in {1..20}; do echo $i; done; sleep 2; echo 21");
    assertThat(belljar("logs", "--tail", "3", box).output()).isEqualTo(lines(19, 21));
    assertThat(belljar("logs", "-n", "0", box).output()).isEmpty();
    assertThat(belljar("logs", "--tail", "all", box).output()).isEqualTo(lines(1, 21));
    String time = belljar("logs", "-t", "-n", "1", box).output().split(" ")[0];
    assertThat(belljar("logs", "--since", time, box).output()).isEqualTo("21\n");
    assertThat(belljar("logs", "--until", time, "-n", "2", box).output()).isEqualTo(lines(20, 21));
    assertThat(belljar("logs", "--until", "1h", box).output()).isEmpty();
    belljar("logs", "--since", "tomorrow", box).isRefused("\"tomorrow\" is no time").inOneLine();
    belljar("logs", "nobody").exitsWith(1).isRefused("No such container: nobody").inOneLine();
  }

  @Test
  void followingGoesOnToTheEndWhateverBecomesOfThePlanner() {
    String box = name() + "ends";
    String script = "for i in {1..30}; do echo $i; sleep 0.2; done";
    belljar("run", "-d", "--name", box, "--from-host", "bash,sleep", "--", "bash", "-c", script)
        .succeeds();
    try (Command.Running first = command("logs", "-f", box).start()) {
      eventually("it follows", () -> first.outputSoFar().contains("3\n"));
      // Another planner takes over; what the first one served, ends.
      for (long planner : oci().planners()) {
        ProcessHandle.of(planner).ifPresent(ProcessHandle::destroyForcibly);
      }
      Ran second = belljar("logs", "-f", box).succeeds();
      assertThat(second.output()).isEqualTo(lines(1, 30));
      assertThat(lines(1, 30)).startsWith(first.outputSoFar());
    }
    belljar("rm", "-f", box).succeeds();
  }

  @Test
  void nothingIsLostAcrossARotation() {
    String box =
        box("seq", "seq -f '%012g-abcdefghijklmnopqrstuvwxyz0123456789' 1 300000; echo end");
    assertThat(shell("$B logs " + box + " | tail -n 1").text()).isEqualTo("end");
    // The two newest files hold more than 10 MiB: what is there is whole and in order.
    Ran check =
        shell(
            "$B logs "
                + box
                + " | head -n -1 | awk -F- 'NR>1 && $1+0!=last+1 {bad++} {last=$1+0} END {print"
                + " bad+0, last, (NR>60000)}'");
    assertThat(check.text()).isEqualTo("0 300000 1");
  }

  @Test
  void whatIsTypedReachesAShellAndItsOutputComesBack() {
    Machine.requireProgram("script", "bsdutils");
    String name = name() + "shell";
    belljar("run", "-d", "-i", "--name", name, "--from-host", "bash,cat", "--", "bash").succeeds();
    Ran attached = command("attach", name).input("echo from-$((40+2)); exit 7\n").run();
    assertThat(attached.output()).contains("from-42");
    attached.exitsWith(7);
    belljar("rm", "-f", name).succeeds();
  }

  @Test
  void onlyARunningContainerIsAttachedTo() {
    String box = box("", "");
    belljar("stop", "-t", "0", box).succeeds();
    belljar("attach", box).exitsWith(1).isRefused("cannot attach to a stopped").inOneLine();
    belljar("attach", "--detach-keys", "ab", box).isRefused("Invalid detach keys (ab)").inOneLine();
  }
}
