package io.belljar;

import io.belljar.linux.process.Child;
import io.belljar.planner.LauncherBinary;
import io.belljar.planner.LauncherGone;
import io.belljar.planner.LauncherUnavailable;
import io.belljar.planner.LocalPlanner;

/** Launchers of this program's: their beginning and their end. */
final class Launchers {
  private Launchers() {}

  /** Starts a launcher. */
  static LocalPlanner start(Child.Streams streams) {
    try {
      return LocalPlanner.start(LauncherBinary.find(), streams);
    } catch (LauncherUnavailable e) {
      throw new StartException(StartException.Reason.OTHER, e.getMessage(), e);
    }
  }

  /** Lets a launcher go that has nothing to do any more, and waits until it has ended. */
  static void leave(LocalPlanner planner) {
    try {
      planner.session().exit(0);
    } catch (IllegalStateException | LauncherGone _) {
      // It has gone its own way already.
    } finally {
      planner.close();
      awaitUninterruptibly(planner.process());
    }
  }

  static void awaitUninterruptibly(Child process) {
    boolean interrupted = false;
    while (true) {
      try {
        process.awaitEnd();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
