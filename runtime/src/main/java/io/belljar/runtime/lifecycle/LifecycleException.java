package io.belljar.runtime.lifecycle;

import io.belljar.runtime.ContainerId;

/**
 * A container's state does not allow what was asked for. The message is one line in runc's wording,
 * which engines look for.
 */
public final class LifecycleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LifecycleException(String message) {
    super(message);
  }

  /** Its process ids mean something else, or nothing, where this command runs. */
  static LifecycleException hidden(ContainerId id) {
    return new LifecycleException(
        "container " + id + " belongs to another pid namespace: run this command there");
  }

  static LifecycleException notFound() {
    return new LifecycleException("container does not exist");
  }
}
