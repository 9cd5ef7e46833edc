package io.belljar.cli.toolbox;

import io.belljar.cli.people.PeopleContext;
import io.belljar.toolbox.chroot.ChrootFacts;
import io.belljar.toolbox.chroot.ChrootOptions;
import io.belljar.toolbox.chroot.ChrootPlanner;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.command.ToolPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar chroot}, with the options of chroot(1) of coreutils. */
@Command(
    name = "chroot",
    description = "Run a command with another root directory.",
    customSynopsis = "belljar chroot [OPTIONS] NEWROOT [COMMAND [ARG...]]")
public final class ChrootCommand extends LaunchingVerb {
  private static final int FAILED = 125;

  @Option(
      names = "--groups",
      paramLabel = "G,...",
      description = "Additional groups: names or numbers.")
  String groups;

  @Option(
      names = "--userspec",
      paramLabel = "USER:GROUP",
      description = "The command's user and group: names, looked up in the new root, or numbers.")
  String userspec;

  @Option(
      names = "--skip-chdir",
      description = "Stay in the working directory; only where NEWROOT is the old root.")
  boolean skipChdir;

  @Parameters(arity = "0..*", hidden = true)
  List<String> operands = new ArrayList<>();

  @Override
  ToolPlan plan(PeopleContext context) {
    if (operands.isEmpty()) {
      throw Refusal.ofUsage("missing operand");
    }
    String root = operands.getFirst();
    var options =
        new ChrootOptions(
            root,
            Optional.ofNullable(userspec),
            Optional.ofNullable(groups),
            skipChdir,
            operands.subList(1, operands.size()));
    return ChrootPlanner.plan(
        options, ChrootFacts.gather(toolCaller(context), context.directory(), root));
  }

  @Override
  protected String speaker() {
    return "chroot";
  }

  @Override
  protected int failureCode() {
    return FAILED;
  }
}
