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

  /** The commands, as help lists them. */
  static Commands commands() {
    return new Commands.Builder()
        .add("attach", AttachCommand::new)
        .add("check", CheckCommand::new)
        .add("chroot", ChrootCommand::new)
        .add("cp", CpCommand::new)
        .add("exec", ExecCommand::new)
        .add("explain", ExplainCommand::new)
        .add("export", ExportCommand::new)
        .add("help", HelpCommand::new)
        .add("inspect", InspectCommand::new)
        .add("kill", KillCommand::new)
        .add("logs", LogsCommand::new)
        .add("lsns", LsnsCommand::new)
        .add("nsenter", NsenterCommand::new)
        .add("pause", PauseCommand::new)
        .add("planner", PlannerCommand::new)
        .add("ps", PsCommand::new)
        .add("rename", RenameCommand::new)
        .add("report", ReportCommand::new)
        .add("rm", RmCommand::new)
        .add("run", RunCommand::new)
        .add("stats", StatsCommand::new)
        .add("stop", StopCommand::new)
        .add("top", TopCommand::new)
        .add("tree", TreeCommand::new)
        .add("unpause", UnpauseCommand::new)
        .add("unshare", UnshareCommand::new)
        .add("update", UpdateCommand::new)
        .add("wait", WaitCommand::new)
        .of(BelljarCommand::new, "explain", "help");
  }
}
