package io.belljar;

import io.belljar.assembly.CommandFailure;
import io.belljar.linux.seccomp.SeccompException;
import io.belljar.plan.InvalidPlan;
import io.belljar.plan.PlanTooLarge;
import io.belljar.planner.LauncherGone;
import io.belljar.planner.LauncherUnavailable;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.lifecycle.LifecycleException;
import io.belljar.runtime.lifecycle.PlanFailedException;
import io.belljar.runtime.rootfs.RootfsException;
import io.belljar.runtime.state.StateException;
import io.belljar.spec.json.InvalidDocumentException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** The failures of the layers below, as the library's own. */
final class StartFailures {
  private StartFailures() {}

  static <T> T translated(Supplier<T> work) {
    try {
      return work.get();
    } catch (PlanFailedException e) {
      throw new StartException(reason(e), e.getMessage(), e);
    } catch (InvalidRequestException
        | InvalidDocumentException
        | LifecycleException
        | RootfsException
        | StateException
        | SeccompException
        | InvalidPlan
        | PlanTooLarge
        | LauncherGone
        | LauncherUnavailable
        | UncheckedIOException e) {
      throw new StartException(StartException.Reason.OTHER, e.getMessage(), e);
    }
  }

  private static StartException.Reason reason(PlanFailedException failure) {
    return switch (CommandFailure.of(failure)) {
      case NOT_FOUND -> StartException.Reason.COMMAND_NOT_FOUND;
      case NOT_EXECUTABLE -> StartException.Reason.COMMAND_NOT_EXECUTABLE;
      case NONE -> StartException.Reason.OTHER;
    };
  }
}
