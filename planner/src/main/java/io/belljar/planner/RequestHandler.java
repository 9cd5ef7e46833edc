package io.belljar.planner;

/** Answers requests; called by several threads at once. */
@FunctionalInterface
public interface RequestHandler {
  /**
   * Answers one request, to its end: {@link Caller#exit} or a successful {@link Caller#runLast}.
   *
   * <p>What it throws is a defect: the caller is told the exception's class and message and exits
   * with 1; the trace is in the planner's log. {@link LauncherGone} may pass through it.
   */
  void handle(Caller caller);
}
