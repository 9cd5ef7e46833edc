package io.belljar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.cli.oci.OciProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class CommandLinesTest {
  private final CommandLines lines = new CommandLines(BelljarCommand.commands());

  /** The commands of every parser that is lent for these words, if only the last one will do. */
  private List<Set<String>> lent(String... words) {
    List<Set<String>> known = new ArrayList<>();
    lines.lend(
        List.of(words),
        (line, complete) -> {
          known.add(line.getSubcommands().keySet());
          return complete ? Optional.of(Ending.SUCCESS) : Optional.empty();
        });
    return known;
  }

  @Test
  void listsEachCommandUnderItsOwnName() {
    for (CommandLine program : List.of(lines.all(), OciProgram.commandLine())) {
      assertThat(program.getSubcommands()).hasSizeGreaterThan(10);
      program
          .getSubcommands()
          .forEach((name, command) -> assertThat(command.getCommandName()).isEqualTo(name));
    }
  }

  @Test
  void noOptionNeedsAConverterThatThePlannerLeavesOut() {
    List<CommandLine> commands = new ArrayList<>();
    for (CommandLine program : List.of(lines.all(), OciProgram.commandLine())) {
      commands.add(program);
      commands.addAll(program.getSubcommands().values());
    }
    for (CommandLine command : commands) {
      for (ArgSpec option : command.getCommandSpec().args()) {
        assertThat(option.auxiliaryTypes())
            .as("types of %s, of which scripts/assemble excludes converters", option)
            .allMatch(type ->
                type.isPrimitive()
                    || type.isEnum()
                    || type.getName().startsWith("java.lang.")
                    || type.getName().startsWith("io.belljar."));
      }
    }
  }

  @Test
  void aParserKnowsOnlyTheCommandThatIsNamedUntilThatIsNotEnough() {
    assertThat(lent("ps", "--filter", "name=run"))
        .containsExactly(Set.of("ps"), lines.all().getSubcommands().keySet());
    assertThat(lent("rm", "run")).first().isEqualTo(Set.of("rm"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "dance", "help ps", "explain run"})
  void whereNoCommandIsNamedOrOneIsAboutOthersItKnowsAll(String words) {
    assertThat(lent(words.split(" ", -1))).containsExactly(lines.all().getSubcommands().keySet());
  }

  @Test
  void aParserThatWasGivenBackIsLentAgain() {
    List<CommandLine> lent = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      lines.lend(
          List.of("ps"),
          (line, complete) -> {
            lent.add(line);
            return Optional.of(Ending.SUCCESS);
          });
    }
    assertThat(lent.getFirst()).isSameAs(lent.getLast());
  }
}
