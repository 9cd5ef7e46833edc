package io.belljar.cli;

import java.util.OptionalInt;

/**
 * How a command ends.
 *
 * @param code the exit code, or empty when the launcher goes its own way with its last plan
 */
public record Ending(OptionalInt code) {
  /** The command succeeded. */
  public static final Ending SUCCESS = exit(0);

  /** The launcher has its last plan, and will exit by itself. */
  public static final Ending LAUNCHER_GOES_ON = new Ending(OptionalInt.empty());

  /** With this exit code. */
  public static Ending exit(int code) {
    return new Ending(OptionalInt.of(code));
  }
}
