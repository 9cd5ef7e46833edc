package io.belljar.plan;

import java.util.List;

/**
 * A system call that a step makes, written as strace(1) writes it.
 *
 * <p>{@code <root>} stands for the descriptor in the slot of that name, {@code <pid of init>} for a
 * number that only the launcher knows, and {@code …} for any text. Closing what a step opened for
 * itself is not listed.
 *
 * @param name the call's name, for example {@code openat2}
 * @param arguments each argument with its flags decoded, strings quoted
 * @param result what later calls name the call's result by; empty for none
 * @param stage its number in the step's failures; calls that fail alike share one
 * @param occurrence how often it is made
 * @param condition when or for what it is made, for people; empty for {@link Occurrence#ONCE}
 */
public record SystemCall(
    String name,
    List<String> arguments,
    String result,
    int stage,
    Occurrence occurrence,
    String condition) {

  /** How often a call is made when its step is carried out. */
  public enum Occurrence {
    /** Once, whenever the step gets that far. */
    ONCE,
    /** Once or not at all: it depends on what the launcher finds. */
    MAYBE,
    /** Any number of times. */
    ANY
  }

  public SystemCall {
    arguments = List.copyOf(arguments);
  }

  /** Whether the step may succeed without this call. */
  public boolean optional() {
    return occurrence != Occurrence.ONCE;
  }

  /** The call as strace writes it: {@code fsopen("proc", FSOPEN_CLOEXEC) = <fs>}. */
  @Override
  public String toString() {
    String call = name + "(" + String.join(", ", arguments) + ")";
    return result.isEmpty() ? call : call + " = " + result;
  }
}
