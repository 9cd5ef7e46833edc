package io.belljar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.cli.people.FakeCaller;
import io.belljar.cli.people.PeopleProgram;
import io.belljar.runtime.seccomp.SeccompFilters;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BelljarCommandTest {
  private final PeopleProgram program =
      new PeopleProgram(BelljarCommand.commands(), new SeccompFilters(Optional.empty()));

  private FakeCaller ask(String... arguments) {
    FakeCaller caller = FakeCaller.of(arguments);
    program.handle(caller);
    return caller;
  }

  private String refusal(String... arguments) {
    String[] all =
        Stream.concat(Stream.of("run", "--from-host", "sh"), Stream.of(arguments))
            .toArray(String[]::new);
    FakeCaller caller = ask(all);
    assertThat(caller.code()).isEqualTo(125);
    assertThat(caller.error()).startsWith("belljar: ").endsWith("\n").hasLineCount(1);
    return caller.error().strip().substring("belljar: ".length());
  }

  @Test
  void printsItsVersionAndItsHelp() {
    assertThat(ask("--version").output()).startsWith("belljar version ");
    assertThat(ask("--help").output()).contains("explain", "run");
    assertThat(ask().output())
        .isEqualTo(ask("--help").output())
        .isEqualTo(ask("-h").output())
        .isEqualTo(ask("help").output());
    assertThat(ask("help", "run").output())
        .isEqualTo(ask("run", "--help").output())
        .contains("--from-host", "--memory-swap", "--security-opt");
    assertThat(ask("help").code()).isZero();
  }

  @Test
  void helpListsTopicsAndShowsTheirPages() {
    assertThat(ask("help").output()).contains("\n  namespaces      what a process can see\n");
    assertThat(ask("help", "namespaces").output())
        .startsWith("NAMESPACES: WHAT A PROCESS CAN SEE\n\nA namespace holds");
    assertThat(ask("help", "explain", "run").output())
        .isEqualTo(ask("explain", "run", "--help").output());
    assertThat(ask("help", "dance").error())
        .isEqualTo("belljar: help: \"dance\" is neither a command nor a topic; see belljar help\n");
    assertThat(ask("help", "ps", "logs").error())
        .isEqualTo("belljar: help: ps logs: one command or topic at a time\n");
    assertThat(ask("help", "run", "namespaces").code()).isEqualTo(125);
  }

  @Test
  void helpShowsEachCommandInOneGroup() {
    String help = ask("help").output();
    assertThat(help).contains("\nRun:\n", "\nContainers:\n", "\nBy hand:\n", "\nLook and learn:\n");
    for (String command : BelljarCommand.commands().byName().keySet()) {
      assertThat(help).containsOnlyOnce("\n  " + command + " ");
    }
  }

  @Test
  void theShortOptionIsHelpWhereItIsFree() {
    assertThat(ask("ps", "-h").output()).isEqualTo(ask("ps", "--help").output());
    assertThat(ask("explain", "-h").output()).isEqualTo(ask("explain", "--help").output());
    assertThat(ask("run", "-h").error())
        .isEqualTo(
            "belljar: Missing required parameter for option '--hostname' (NAME)"
                + " (--help shows the options)\n");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(ask("dance").error())
        .isEqualTo("belljar: \"dance\" is not a command; see belljar --help\n");
    assertThat(refusal("--dance", "x"))
        .isEqualTo("--dance: unknown option; see belljar run --help");
    assertThat(refusal("-m"))
        .isEqualTo(
            "Missing required parameter for option '--memory' (BYTES); see belljar run --help");
    assertThat(ask("logs").error())
        .isEqualTo("belljar: Missing required parameter: 'CONTAINER'; see belljar logs --help\n");
  }

  @Test
  void namesTheCommandThatTakesNoMoreWords() {
    assertThat(ask("logs", "a", "b").error())
        .isEqualTo("belljar: logs: unexpected \"b\"; see belljar logs --help\n");
    assertThat(ask("ps", "foo").error())
        .isEqualTo("belljar: ps: unexpected \"foo\"; see belljar ps --help\n");
  }

  @Test
  void saysWhatCanBeExplained() {
    String taken = "chroot, exec, nsenter, run, unshare, update\n";
    assertThat(ask("explain", "ps").error())
        .isEqualTo("belljar: ps has no plan; explain takes " + taken);
    assertThat(ask("explain", "dance").error())
        .isEqualTo("belljar: \"dance\" is not a command; explain takes " + taken);
    assertThat(ask("explain").error()).startsWith("belljar: explain: say what").endsWith(taken);
    assertThat(ask("explain").code()).isEqualTo(125);
  }

  @Test
  void hasAHintForCommandsOfOtherEnginesAndForMistypedOnes() {
    assertThat(ask("images").error())
        .isEqualTo(
            "belljar: images: there are no images yet: a root is --rootfs or --from-host of belljar"
                + " run\n");
    assertThat(ask("start").error())
        .isEqualTo("belljar: start: an ended container cannot be started again; run a new one\n");
    assertThat(ask("version").error()).isEqualTo("belljar: version: see belljar --version\n");
    assertThat(ask("hlep").error())
        .isEqualTo("belljar: \"hlep\" is not a command; did you mean help?\n");
  }

  @Test
  void refusesATimeWithTheFormsThatThereAre() {
    assertThat(ask("logs", "--since", "10m ago", "x").error())
        .isEqualTo(
            "belljar: --since: \"10m ago\" is no time, such as 10m (that long ago), 2026-11-23,"
                + " 2026-11-23T04:05:06Z or 1795400000 (seconds since 1970)\n");
  }

  @Test
  void namesTheOptionAndTheValueThatIsWrong() {
    assertThat(refusal("-m", "10x", "sh"))
        .isEqualTo("--memory: \"10x\" is not a size, such as 64m or 1.5g");
    assertThat(refusal("--memory-swap", "-2", "sh"))
        .isEqualTo("--memory-swap: \"-2\" is not a size, such as 64m or 1.5g");
    assertThat(refusal("--cpus", "lots", "sh"))
        .isEqualTo("--cpus: \"lots\" is not a number of processors, such as 1.5");
    assertThat(refusal("--pids-limit", "1.5", "sh"))
        .isEqualTo("--pids-limit: \"1.5\" is not a whole number");
    assertThat(refusal("--network", "bridge", "sh"))
        .isEqualTo("--network: \"bridge\" is not none, host or container:NAME");
    assertThat(refusal("--pid", "container:", "sh"))
        .isEqualTo("--pid: \"container:\" is not private, host or container:NAME");
    assertThat(refusal("--name", "a b", "sh")).startsWith("invalid name \"a b\": only letters");
    assertThat(refusal("--env-file", "/none", "sh")).isEqualTo("--env-file: /none does not exist");
  }

  @Test
  void wantsOneRootAndACommand() {
    assertThat(ask("run", "sh").error())
        .isEqualTo(
            "belljar: no root: name one with --rootfs DIR, --rootfs TARBALL or --from-host"
                + " PROGRAM,...\n");
    assertThat(refusal("--rootfs", "/srv", "sh"))
        .isEqualTo("--rootfs and --from-host: there can be only one root");
    assertThat(refusal()).isEqualTo("no command: say what to run after the options");
  }

  @Test
  void wantsATerminalForInputFromOne() {
    assertThat(refusal("-it", "sh"))
        .isEqualTo("--tty: the input device is not a TTY; leave -t or -i out");
  }

  @Test
  void treeNamesTheDirectoryThatIsMissing() {
    assertThat(ask("tree", "--html", "/nonexist/x").error())
        .isEqualTo("belljar: --html: there is no directory /nonexist\n");
  }

  @Test
  void forgetsTheRequestBefore() {
    assertThat(refusal("-m", "10x", "sh")).startsWith("--memory");
    assertThat(refusal("--cpus", "x", "sh")).startsWith("--cpus");
  }
}
