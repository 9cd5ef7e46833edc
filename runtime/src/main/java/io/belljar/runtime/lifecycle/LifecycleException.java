package io.belljar.runtime.lifecycle;

/**
 * A container's state does not allow what was asked for. The message is one line in runc's wording,
 * which engines look for.
 */
public final class LifecycleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LifecycleException(String message) {
    super(message);
  }

  static LifecycleException notFound() {
    return new LifecycleException("container does not exist");
  }
}
