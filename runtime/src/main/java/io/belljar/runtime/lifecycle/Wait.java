package io.belljar.runtime.lifecycle;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.state.ExitRecord;
import io.belljar.runtime.state.LiveContainer;
import java.time.Duration;
import java.util.Optional;

/** {@code wait}: until a container has ended, and how. */
public final class Wait {
  private static final Duration TO_RECORD = Duration.ofSeconds(10);
  private static final Duration WITHOUT_WAITER = Duration.ofMillis(500);
  private static final long POLL_MILLIS = 1;

  private Wait() {}

  /**
   * Waits.
   *
   * @return the exit code, or 128 and the number of the signal
   * @throws LifecycleException when it does not exist, or when nobody recorded how it ended
   */
  public static int run(Invocation invocation, ContainerId id) {
    Recovery.sweep(invocation);
    LiveContainer container = invocation.requireVisible(id);
    if (container.exit().isPresent()) {
      return container.exit().get().code();
    }
    container
        .process()
        .ifPresent(process ->
            Endings.await(invocation, process, -1, "default: wait returns when it has ended"));
    // Whoever waited for it records how, within moments, and may remove it soon after.
    long patience =
        (container.waiter().isPresent() ? TO_RECORD : WITHOUT_WAITER).toNanos() + System.nanoTime();
    while (true) {
      Optional<LiveContainer> now = invocation.observer().look(id);
      Optional<ExitRecord> exit = now.flatMap(LiveContainer::exit);
      if (exit.isPresent()) {
        return exit.get().code();
      }
      if (now.isEmpty()) {
        throw new LifecycleException(
            "container " + id.shortForm() + " was removed before its exit code could be read");
      }
      if (System.nanoTime() > patience || !pause()) {
        throw new LifecycleException(
            "container %s has ended, and its exit code is not recorded: ask the engine that"
                    .formatted(id.shortForm())
                + " started it");
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(POLL_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
