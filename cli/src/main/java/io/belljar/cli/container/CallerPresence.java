package io.belljar.cli.container;

import io.belljar.planner.Caller;
import io.belljar.runtime.copy.CopyException;

/** Ends long work when nobody waits for it any more. */
final class CallerPresence {
  private CallerPresence() {}

  /** Throws when the caller has gone; to be asked at every file and every piece of one. */
  static Runnable of(Caller caller) {
    return () -> require(caller);
  }

  static void require(Caller caller) {
    if (caller.isGone()) {
      throw new CopyException("belljar", "was interrupted"); // nobody is left to read it
    }
  }
}
