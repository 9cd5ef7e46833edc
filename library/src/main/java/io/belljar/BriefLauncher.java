package io.belljar;

import io.belljar.linux.process.Child;
import io.belljar.planner.LocalPlanner;
import io.belljar.planner.Session;
import java.util.Optional;

/**
 * A launcher for something that is soon done, started when it is first needed: a container's own
 * has other things to do, or has gone. For one thread.
 */
final class BriefLauncher implements AutoCloseable {
  private Optional<LocalPlanner> launcher = Optional.empty();

  /** The connection with it. */
  Session session() {
    if (launcher.isEmpty()) {
      launcher = Optional.of(Launchers.start(Child.Streams.PIPES));
    }
    return launcher.get().session();
  }

  @Override
  public void close() {
    launcher.ifPresent(Launchers::leave);
  }
}
