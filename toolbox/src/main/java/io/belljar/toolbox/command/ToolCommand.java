package io.belljar.toolbox.command;

import io.belljar.linux.Errno;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.runtime.process.ProgramSearch;
import java.util.List;

/**
 * The command that a tool becomes.
 *
 * @param program its name or path, as execvp(3) takes it
 * @param arguments with the name under which it is started
 * @param environment what it gets, and in whose PATH it is looked for
 */
public record ToolCommand(String program, List<String> arguments, List<String> environment) {
  private static final String SHELL = "/bin/sh";

  public ToolCommand {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
  }

  /** What was typed, or the user's shell as a login shell where nothing was. */
  public static ToolCommand orLoginShell(List<String> typed, List<String> environment) {
    if (!typed.isEmpty()) {
      return new ToolCommand(typed.getFirst(), typed, environment);
    }
    String shell = ToolCaller.variable(environment, "SHELL").orElse(SHELL);
    return new ToolCommand(
        shell, List.of("-" + shell.substring(shell.lastIndexOf('/') + 1)), environment);
  }

  /** What was typed, or the user's shell, interactive, where nothing was. */
  public static ToolCommand orInteractiveShell(List<String> typed, List<String> environment) {
    if (!typed.isEmpty()) {
      return new ToolCommand(typed.getFirst(), typed, environment);
    }
    String shell = ToolCaller.variable(environment, "SHELL").orElse(SHELL);
    return new ToolCommand(shell, List.of(shell, "-i"), environment);
  }

  /**
   * The last steps of a process: it becomes the command, with the caller's signals, mask and
   * descriptors, and none of the launcher's.
   *
   * @param complaint before the program's name
   * @param quote what stands around the program's name
   */
  public void execute(
      ToolPlan.Builder plan, Role role, ToolCaller caller, String complaint, String quote) {
    Complaint ofCommand =
        new Complaint(List.of(complaint + quote + program + quote), Complaint.Kind.COMMAND);
    plan.role(role);
    for (Slot slot : plan.slots()) {
      plan.addTolerating(
          Errno.EBADF.number(),
          new FileStep.Close(slot),
          "default: no path of the command may lead out by our descriptors",
          Complaint.of("close failed"));
    }
    plan.add(
        new IdentityStep.SetUmask(caller.umask()), "default: the caller's umask", "umask failed");
    plan.add(
        new IdentityStep.FindProgram(candidates()),
        arguments.size() == 1 && arguments.getFirst().startsWith("-")
            ? "default: the user's shell"
            : "argument: the command",
        ofCommand);
    plan.add(
        new IdentityStep.Execute(
            arguments,
            environment,
            IdentityStep.Execute.EVERY,
            IdentityStep.Execute.SIGNALS_AS_CALLED | IdentityStep.Execute.SHELL_SCRIPTS),
        "argument: the command, with the caller's descriptors and signals",
        ofCommand);
  }

  private List<String> candidates() {
    return ProgramSearch.candidates(program, environment);
  }
}
