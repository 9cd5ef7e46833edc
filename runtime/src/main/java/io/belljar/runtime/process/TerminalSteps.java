package io.belljar.runtime.process;

import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.FileStep.CreateIn;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.MountStep;
import io.belljar.runtime.Descriptors;
import io.belljar.spec.process.ConsoleSize;
import io.belljar.spec.process.Process;

/**
 * The terminal of a process: made by the container's own devpts, so that ttyname(3) works inside;
 * its master goes to who asked for it, over a socket, or to the launcher, who relays it.
 */
public final class TerminalSteps {
  // What runc sends along; engines take any text.
  private static final String NAME = "/dev/ptmx";

  private final Process process;
  private final String why;
  private final boolean hasSocket;
  private final int rows;
  private final int columns;

  /**
   * @param process whose terminal it is; it may be one without
   * @param origin what asked for it: {@code config: process}
   * @param hasSocket whether the launcher is connected to the caller's console socket
   * @param rows of the caller's terminal, 0 where unknown
   * @param columns likewise
   */
  public TerminalSteps(Process process, String origin, boolean hasSocket, int rows, int columns) {
    this.process = process;
    this.why = origin + ".terminal";
    this.hasSocket = hasSocket;
    this.rows = process.consoleSize().map(ConsoleSize::height).orElse(rows);
    this.columns = process.consoleSize().map(ConsoleSize::width).orElse(columns);
  }

  /** Makes the terminal; the container's devpts is mounted in {@link Descriptors#root}. */
  public void open(Plan.Builder plan) {
    if (process.terminal()) {
      plan.add(
          new IdentityStep.OpenTerminal(
              Descriptors.root(plan),
              Descriptors.terminal(plan),
              Descriptors.console(plan),
              rows,
              columns),
          why);
    }
  }

  /** Shows it as /dev/console. */
  public void bindConsole(Plan.Builder plan) {
    if (process.terminal()) {
      Slot target = Descriptors.target(plan);
      String console = "default of the runtime specification: /dev/console is the terminal";
      plan.add(
          new CreateIn(target, Descriptors.root(plan), "dev/console", CreateIn.REGULAR, 0600, 0),
          console);
      plan.add(new MountStep.Bind(target, Descriptors.console(plan), 0, 0, 0, 0, 0, 0), console);
    }
  }

  /** Hands its master over, and keeps none: who holds one could read what is typed. */
  public void send(Plan.Builder plan) {
    if (process.terminal()) {
      Slot socket = hasSocket ? Descriptors.consoleSocket(plan) : Slot.NONE;
      String reason = hasSocket ? "option --console-socket" : why + ", relayed by the launcher";
      plan.add(new FileStep.Send(socket, Descriptors.terminal(plan), NAME), reason);
      plan.add(new FileStep.Close(Descriptors.terminal(plan)), reason);
    }
  }

  /** Makes it the terminal of the session, whose leader the process is, and its standard files. */
  public void control(Plan.Builder plan) {
    if (process.terminal()) {
      plan.add(new IdentityStep.ControlTerminal(Descriptors.console(plan)), why);
    }
  }

  /** Makes it the standard files of a process that is not to be signalled by it. */
  public void useOnly(Plan.Builder plan) {
    if (process.terminal()) {
      for (int number = 0; number <= 2; number++) {
        plan.add(new FileStep.Stdio(Descriptors.console(plan), number), why);
      }
    }
  }
}
