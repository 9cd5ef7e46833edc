package io.belljar.cli;

import io.belljar.cli.container.AttachCommand;
import io.belljar.cli.container.CpCommand;
import io.belljar.cli.container.ExecCommand;
import io.belljar.cli.container.ExportCommand;
import io.belljar.cli.container.InspectCommand;
import io.belljar.cli.container.KillCommand;
import io.belljar.cli.container.LogsCommand;
import io.belljar.cli.container.PauseCommand;
import io.belljar.cli.container.PsCommand;
import io.belljar.cli.container.RenameCommand;
import io.belljar.cli.container.RmCommand;
import io.belljar.cli.container.StatsCommand;
import io.belljar.cli.container.StopCommand;
import io.belljar.cli.container.TopCommand;
import io.belljar.cli.container.UnpauseCommand;
import io.belljar.cli.container.UpdateCommand;
import io.belljar.cli.container.WaitCommand;
import io.belljar.cli.help.HelpCommand;
import io.belljar.cli.people.ExplainCommand;
import io.belljar.cli.people.RunCommand;
import io.belljar.cli.toolbox.CheckCommand;
import io.belljar.cli.toolbox.ChrootCommand;
import io.belljar.cli.toolbox.LsnsCommand;
import io.belljar.cli.toolbox.NsenterCommand;
import io.belljar.cli.toolbox.PlannerCommand;
import io.belljar.cli.toolbox.ReportCommand;
import io.belljar.cli.toolbox.TreeCommand;
import io.belljar.cli.toolbox.UnshareCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code belljar}: its commands, and the options that come before one. */
@Command(
    name = "belljar",
    description = "Runs commands in isolation.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AttachCommand.class,
      CheckCommand.class,
      ChrootCommand.class,
      CpCommand.class,
      ExecCommand.class,
      ExplainCommand.class,
      ExportCommand.class,
      HelpCommand.class,
      InspectCommand.class,
      KillCommand.class,
      LogsCommand.class,
      LsnsCommand.class,
      NsenterCommand.class,
      PauseCommand.class,
      PlannerCommand.class,
      PsCommand.class,
      RenameCommand.class,
      ReportCommand.class,
      RmCommand.class,
      RunCommand.class,
      StatsCommand.class,
      StopCommand.class,
      TopCommand.class,
      TreeCommand.class,
      UnpauseCommand.class,
      UnshareCommand.class,
      UpdateCommand.class,
      WaitCommand.class,
    },
    footer = {
      "",
      "belljar help COMMAND shows the options of a command, belljar help TOPIC explains what is"
          + " behind it."
    })
final class BelljarCommand {
  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  boolean help;

  @Option(names = "--version", versionHelp = true, description = "Print the version.")
  boolean version;
}
