package io.belljar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class CommandSyntaxTest {
  private final CommandSyntax syntax = new CommandSyntax(this, "Ring a bell.");
  private final Supplier<Boolean> loud = syntax.flag("--loud -l", "So that all hear it.");
  private final Supplier<Optional<String>> tone = syntax.text("--tone", "TONE", "Its tone.");
  private final Supplier<List<String>> guests = syntax.texts("--guest -g", "GUEST", "For whom.");
  private final Supplier<Integer> times = syntax.number("--times", "N", "How often.");
  private final Supplier<TimeUnit> unit =
      syntax.choice("--unit", "UNIT", "Of time.", TimeUnit.SECONDS);
  private final Supplier<String> bell = syntax.operand("BELL", "Which one.");
  private final Supplier<String> hour = syntax.operand("HOUR", "When.", "noon");
  private final Supplier<List<String>> more = syntax.operands("WORD", "What to say.");
  private final CommandLine line = new CommandLine(syntax.spec());

  @Test
  void everyValueIsThatOfTheLastWordsParsed() {
    line.parseArgs(
        "-l",
        "--tone=a",
        "-g",
        "one",
        "--guest",
        "two",
        "--times",
        "3",
        "--unit",
        "DAYS",
        "great",
        "midnight",
        "ding",
        "dong");
    assertThat(loud.get()).isTrue();
    assertThat(tone.get()).contains("a");
    assertThat(guests.get()).containsExactly("one", "two");
    assertThat(times.get()).isEqualTo(3);
    assertThat(unit.get()).isEqualTo(TimeUnit.DAYS);
    assertThat(bell.get()).isEqualTo("great");
    assertThat(hour.get()).isEqualTo("midnight");
    assertThat(more.get()).containsExactly("ding", "dong");

    line.parseArgs("small");
    assertThat(loud.get()).as("--loud was given to the request before").isFalse();
    assertThat(tone.get()).as("--tone was given to the request before").isEmpty();
    assertThat(guests.get()).as("--guest was given to the request before").isEmpty();
    assertThat(times.get()).as("--times was given to the request before").isZero();
    assertThat(unit.get()).as("--unit was given to the request before").isEqualTo(TimeUnit.SECONDS);
    assertThat(bell.get()).isEqualTo("small");
    assertThat(hour.get()).as("the hour was given to the request before").isEqualTo("noon");
    assertThat(more.get()).as("words were given to the request before").isEmpty();
  }

  @Test
  void wordsThatPicocliRefusesLeaveNothingOfTheRequestBefore() {
    line.parseArgs("--tone", "a", "great");
    assertThatThrownBy(() -> line.parseArgs("--times", "x", "great"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("Invalid value for option '--times': 'x' is not an int");
    assertThat(tone.get()).as("--tone was given to the request before").isEmpty();
  }

  @Test
  void theWordAfterATextsOptionIsItsValueWhateverItLooksLike() {
    line.parseArgs("--tone", "--loud", "great");
    assertThat(tone.get()).contains("--loud");
    assertThat(loud.get()).isFalse();
    assertThatThrownBy(() -> line.parseArgs("--tone"))
        .as("an option without its value")
        .isInstanceOf(ParameterException.class)
        .hasMessage("Missing required parameter for option '--tone' (TONE)");
  }

  @Test
  void anOperandWithoutADefaultMustBeThere() {
    assertThatThrownBy(line::parseArgs)
        .isInstanceOf(ParameterException.class)
        .hasMessage("Missing required parameter: 'BELL'");
  }

  @Test
  void helpShowsEverythingButIgnoredFlags() {
    syntax.ignoredFlag("--gently", "As it always is.");
    syntax.help();
    syntax.version();
    assertThat(line.getUsageMessage())
        .contains("Ring a bell.", "-l, --loud", "--tone=TONE", "-g, --guest=GUEST", "-h, --help")
        .contains("BELL [HOUR] [WORD...]", "-v, --version")
        .doesNotContain("--gently");
    line.parseArgs("--gently", "great");
    assertThat(line.parseArgs("-v").isVersionHelpRequested()).isTrue();
    assertThat(line.parseArgs("-h").isUsageHelpRequested()).isTrue();
  }
}
