package io.belljar.runtime.lifecycle;

import io.belljar.linux.text.TerminalText;
import io.belljar.runtime.ContainerId;
import io.belljar.spec.state.StateWriter;

/** {@code state}: what engines ask about one container. */
public final class ShowState {
  private ShowState() {}

  /**
   * The container's state as a JSON document, as runc writes it, without a newline at its end.
   *
   * @throws LifecycleException when it does not exist
   */
  public static String run(Invocation invocation, ContainerId id) {
    Recovery.sweep(invocation);
    return TerminalText.printableJson(StateWriter.state(invocation.require(id).containerState("")));
  }
}
