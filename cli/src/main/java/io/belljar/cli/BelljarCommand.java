package io.belljar.cli;

import io.belljar.cli.container.PsCommand;
import io.belljar.cli.container.RenameCommand;
import io.belljar.cli.help.HelpCommand;
import io.belljar.cli.people.ExplainCommand;
import io.belljar.cli.people.RunCommand;
import io.belljar.cli.toolbox.LsnsCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code belljar}: its commands, and the options that come before one. */
@Command(
    name = "belljar",
    description = "Runs commands in isolation.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ExplainCommand.class,
      HelpCommand.class,
      LsnsCommand.class,
      PsCommand.class,
      RenameCommand.class,
      RunCommand.class,
    },
    footer = {
      "",
      "belljar help COMMAND shows the options of a command, belljar help TOPIC explains what is behind"
          + " it;",
      "belljar help lists the topics."
    })
final class BelljarCommand {
  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  boolean help;

  @Option(names = "--version", versionHelp = true, description = "Print the version.")
  boolean version;
}
