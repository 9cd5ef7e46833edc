package io.belljar.planner;

import io.belljar.linux.proc.ProcessStatus;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import java.util.Optional;

/**
 * Whoever asked: one request, and the launcher through which it is answered. An answer is text,
 * plans that the launcher carries out, and at the end {@link #exit} or a successful {@link
 * #runLast}. For one thread at a time.
 *
 * <p>Every method that reaches the launcher throws {@link LauncherGone} when it has ended.
 */
public interface Caller {
  /** What was asked. */
  Request request();

  /** The launcher's process as it was when the planner saw to it who asks, where it did. */
  default Optional<ProcessStatus> launcher() {
    return Optional.empty();
  }

  /** The resident planner that answers, if it is one. */
  default Optional<Residency> residency() {
    return Optional.empty();
  }

  /**
   * Text for the caller's standard output. It is sent with whatever is sent next, so that an answer
   * costs one write; see {@link #flush}.
   */
  void print(String text);

  /** Bytes for the caller's standard output, as they are; otherwise like {@link #print(String)}. */
  void print(byte[] bytes);

  /** Text for the caller's standard error; otherwise like {@link #print}. */
  void printError(String text);

  /**
   * Sends the text so far, before something that takes a while, and for progress. Where nothing was
   * said yet, the launcher learns from it that it was heard.
   */
  void flush();

  /**
   * Waits for the next bytes of the caller's standard input. What was printed so far is sent first.
   *
   * @param most from 1 to 1 MiB
   * @return at least one byte; none at the end of the input
   */
  byte[] read(int most);

  /**
   * Whether the launcher has ended, as when somebody interrupted it: for an answer that has no end,
   * while it has nothing to print.
   */
  boolean isGone();

  /**
   * Has the launcher make its sealed copy and become it, if it has not yet, while the plan that it
   * is for is still being made; a sealed plan does so at the latest.
   */
  void seal();

  /**
   * Has the launcher carry out a plan, and waits for its outcome.
   *
   * @throws IllegalArgumentException when the plan is a last one
   */
  Outcome run(Plan plan);

  /**
   * Has the launcher carry out its last plan. On success the launcher goes its own way and nothing
   * more can be asked of it. After a failure it waits for what it is to print, and for {@link
   * #exit}.
   *
   * @throws IllegalArgumentException when the plan is not a last one
   */
  Outcome runLast(Plan plan);

  /**
   * Ends the launcher.
   *
   * @param code 0 to 255
   */
  void exit(int code);
}
