package io.belljar.cli.getopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class GetoptTest {
  @Command(name = "tool")
  static final class Tool {
    @Option(
        names = {"-m", "--mount"},
        arity = "0..1",
        fallbackValue = "none")
    String mount;

    @Option(names = "--mount-proc", arity = "0..1", fallbackValue = "/proc")
    String mountProc;

    @Option(names = {"-f", "--fork"})
    boolean fork;

    @Option(names = {"-S", "--setuid"})
    String setuid;

    @Option(names = "--help", usageHelp = true)
    boolean help;

    @Parameters List<String> command;
  }

  @Test
  void anOptionalValueCountsOnlyWhenItIsAttached() {
    assertThat(rewritten("-m", "file")).containsExactly("--mount", "--", "file");
    assertThat(rewritten("-mfile")).containsExactly("--mount=file", "--");
    assertThat(rewritten("--mount=file")).containsExactly("--mount=file", "--");
  }

  @Test
  void aRequiredValueIsTheNextWordWhateverItIs() {
    assertThat(rewritten("-S", "--", "x")).containsExactly("--setuid=--", "--", "x");
    assertThat(rewritten("--setuid", "-f")).containsExactly("--setuid=-f", "--");
  }

  @Test
  void shortOptionsAreClustered() {
    assertThat(rewritten("-fS5", "x")).containsExactly("--fork", "--setuid=5", "--", "x");
    assertThat(rewritten("-fmfile")).containsExactly("--fork", "--mount=file", "--");
  }

  @Test
  void aLongOptionMayBeShortened() {
    assertThat(rewritten("--fo", "--set=5")).containsExactly("--fork", "--setuid=5", "--");
    assertThat(rewritten("--mount")).containsExactly("--mount", "--");
  }

  @Test
  void theFirstOperandEndsTheOptions() {
    assertThat(rewritten("-f", "ls", "-m")).containsExactly("--fork", "--", "ls", "-m");
    assertThat(rewritten("-f", "--", "-m")).containsExactly("--fork", "--", "-m");
    assertThat(rewritten("-")).containsExactly("--", "-");
  }

  @Test
  void optionsMayFollowOperandsWhereTheCommandSaysSo() {
    assertThat(Getopt.rewrite(spec(), Syntax.GETOPT_ANYWHERE, List.of("a", "-f", "b", "--", "-m")))
        .containsExactly("--fork", "--", "a", "b", "-m");
  }

  @Test
  void shortOptionsMayBeFlagsWhoseLongFormsHaveValues() {
    assertThat(Getopt.rewrite(spec(), Syntax.GETOPT_SHORT_FLAGS, List.of("-mf", "--mount=file")))
        .containsExactly("--mount", "--fork", "--mount=file", "--");
  }

  @Test
  void helpIsAnsweredWhateverFollows() {
    assertThat(rewritten("-fh", "--nonsense")).containsExactly("--fork", "--help");
  }

  @Test
  void complainsInTheWordsOfGetopt() {
    complains("unrecognized option '--x'", "--x=3");
    complains("invalid option -- 'x'", "-fx");
    complains("option requires an argument -- 'S'", "-S");
    complains("option '--setuid' requires an argument", "--setu");
    complains("option '--fork' doesn't allow an argument", "--fork=3");
    complains("option '--m' is ambiguous; possibilities: '--mount' '--mount-proc'", "--m");
  }

  @Test
  void picocliReadsWhatComesOut() {
    var tool = new Tool();
    new CommandLine(tool)
        .setStopAtPositional(true)
        .parseArgs(rewritten("-m", "--mount-proc=", "-S", "-5", "ls", "-f").toArray(String[]::new));
    assertThat(tool.mount).isEqualTo("none");
    assertThat(tool.mountProc).isEmpty();
    assertThat(tool.setuid).isEqualTo("-5");
    assertThat(tool.fork).isFalse();
    assertThat(tool.command).containsExactly("ls", "-f");
  }

  private static List<String> rewritten(String... words) {
    return Getopt.rewrite(spec(), Syntax.GETOPT, List.of(words));
  }

  private static picocli.CommandLine.Model.CommandSpec spec() {
    return new CommandLine(new Tool()).getCommandSpec();
  }

  private static void complains(String message, String... words) {
    assertThatThrownBy(() -> rewritten(words)).isInstanceOf(WrongUsage.class).hasMessage(message);
  }
}
