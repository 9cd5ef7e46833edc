package io.belljar.runtime.lifecycle;

import io.belljar.runtime.state.LiveContainer;

/** Finds a container for what only looks at it or its files. */
public final class FindContainer {
  private FindContainer() {}

  /**
   * The container that is meant.
   *
   * @param name as it was typed
   * @throws LifecycleException when there is none, or it belongs to another pid namespace
   */
  public static LiveContainer run(Invocation invocation, String name) {
    Recovery.sweep(invocation);
    return invocation.requireVisible(ContainerNames.resolve(invocation, name));
  }
}
