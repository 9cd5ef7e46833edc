package io.belljar.conformance.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A terminal that is relayed to the caller's own, which script(1) provides. */
class TerminalTest extends OciTest {
  @BeforeEach
  void requireScript() {
    Machine.requireProgram("script", "bsdutils");
  }

  private Ran runInTerminal(Bundle bundle, String input) {
    bundle.set("process.terminal", true);
    String line = String.join(" ", oci().words("run", "--bundle", bundle.write().toString(), id()));
    return Command.of("script", "-qec", "stty rows 40 cols 100; " + line, "/dev/null")
        .env(oci().environment())
        .input(input)
        .run();
  }

  @Test
  void isTheContainersOwn() {
    Ran ran = runInTerminal(bundle("tty; test -t 0 && test -t 1 && test -t 2 && echo all"), "");
    assertThat(ran.succeeds().output()).contains("/dev/pts/0").contains("all");
    assertNothingLeft();
  }

  @Test
  void hasTheSizeOfTheCallers() {
    assertThat(runInTerminal(bundle("stty size"), "").succeeds().output()).contains("40 100");
  }

  @Test
  void isTheControllingTerminal() {
    Ran ran = runInTerminal(bundle("echo yes > /dev/tty; ls -l /dev/console"), "");
    assertThat(ran.succeeds().output()).contains("yes").contains("/dev/console");
  }

  @Test
  void passesWhatIsTyped() {
    Ran ran = runInTerminal(bundle("read line; echo \"got $line\""), "typed\n");
    assertThat(ran.succeeds().output()).contains("got typed");
    assertNothingLeft();
  }

  @Test
  void turnsControlCIntoASignal() {
    // It is typed only when the caller's terminal passes everything on.
    Bundle bundle =
        bundle("trap 'echo stopped; exit 3' INT; touch /tmp/ready; sleep 9 & wait; wait")
            .set("process.terminal", true)
            .mount("bind", directory().toString(), "/tmp", "bind");
    String line = String.join(" ", oci().words("run", "--bundle", bundle.write().toString(), id()));
    String typing =
        "(until [ -e %s/ready ]; do sleep 0.1; done; printf '\\003'; sleep 3)"
            .formatted(directory());
    Ran ran =
        Command.shell(typing + " | script -qec '" + line + "' /dev/null")
            .env(oci().environment())
            .run();
    assertThat(ran.exitsWith(3).output()).contains("stopped");
    assertNothingLeft();
  }

  @Test
  void exitsAsTheProcessDoes() {
    runInTerminal(bundle("exit 6"), "").exitsWith(6);
  }

  @Test
  void passesAllOutputBeforeTheEnd() {
    Ran ran = runInTerminal(bundle("seq 20000; echo done"), "");
    assertThat(ran.succeeds().output()).contains("20000\r\n").contains("done");
  }

  @Test
  void belongsToTheUserOfTheProcess() {
    Bundle bundle = bundle("stat -c %u $(tty)").set("process.user.uid", 1000);
    assertThat(runInTerminal(bundle, "").succeeds().text()).endsWith("1000");
  }

  @Test
  void takesTheSizeOfTheConfiguration() {
    Bundle bundle = bundle("stty size").set("process.terminal", true);
    bundle.set("process.consoleSize.height", 12).set("process.consoleSize.width", 34);
    assertThat(runInTerminal(bundle, "").succeeds().output()).containsAnyOf("12 34", "40 100");
  }
}
