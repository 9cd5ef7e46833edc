package io.belljar.runtime.hook;

import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.step.ProcessStep;
import io.belljar.spec.config.Hook;
import io.belljar.spec.state.State;
import io.belljar.spec.state.StateWriter;
import java.util.List;
import java.util.OptionalInt;

/**
 * Hooks: programs of the engine that are run at points of a container's life (config.md, "POSIX
 * platform Hooks"). Each reads the container's state, as JSON, from its standard input.
 *
 * <pre>
 *   prestart, createRuntime   launcher   namespaces and mounts are made, the root is still the host's
 *   createContainer           init       likewise, seen from inside the container's namespaces
 *   startContainer            init       in the container, right before the command
 *   poststart                 launcher   the command runs
 *   poststop                  launcher   the container is gone
 * </pre>
 */
public final class HookSteps {
  // Replaced by the launcher, who alone knows the process's id when the plan is carried out.
  private static final int UNKNOWN_PID = Integer.MAX_VALUE;
  private static final String PID = "\"pid\":" + UNKNOWN_PID;

  private HookSteps() {}

  /**
   * Runs hooks with the id of a process of this plan; carried out by the builder's current role.
   *
   * @param tolerated an errno that is not a failure; 0 for none
   * @param kind the property of {@code hooks}: {@code prestart}
   * @param state what they read; its id is replaced
   * @param process whose id they are told
   */
  public static void add(
      Plan.Builder plan, int tolerated, String kind, List<Hook> hooks, State state, Role process) {
    if (hooks.isEmpty()) {
      return;
    }
    String input =
        StateWriter.hookInput(
            new State(
                state.ociVersion(),
                state.id(),
                state.status(),
                OptionalInt.of(UNKNOWN_PID),
                state.bundle(),
                state.annotations()));
    int at = input.indexOf(PID) + PID.length();
    String before = input.substring(0, at - String.valueOf(UNKNOWN_PID).length());
    add(plan, tolerated, kind, hooks, Bytes.of(before), process, Bytes.of(input.substring(at)));
  }

  /**
   * Runs hooks with a state that is known in full, as after the container's end; carried out by the
   * builder's current role.
   *
   * @param tolerated an errno that is not a failure; 0 for none
   */
  public static void addKnown(
      Plan.Builder plan, int tolerated, String kind, List<Hook> hooks, State state) {
    Bytes input = Bytes.of(StateWriter.hookInput(state));
    // The launcher's own id is never put in: the role stands for "nothing between".
    add(plan, tolerated, kind, hooks, input, Role.LAUNCHER, Bytes.EMPTY);
  }

  private static void add(
      Plan.Builder plan,
      int tolerated,
      String kind,
      List<Hook> hooks,
      Bytes before,
      Role process,
      Bytes after) {
    for (int i = 0; i < hooks.size(); i++) {
      Hook hook = hooks.get(i);
      List<String> args = hook.args().isEmpty() ? List.of(hook.path()) : hook.args();
      plan.addTolerating(
          tolerated,
          new ProcessStep.Run(
              hook.path(),
              args,
              hook.env(),
              before,
              process,
              after,
              hook.timeout().orElse(0) * 1000L),
          "config: hooks." + kind + "[" + i + "]");
    }
  }
}
