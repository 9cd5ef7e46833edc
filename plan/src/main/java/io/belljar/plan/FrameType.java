package io.belljar.plan;

/**
 * The frames between launcher and planner. A frame is its type (u32, little endian), the length of
 * its payload (u32) and the payload.
 */
public enum FrameType {
  /** From the launcher: what was asked, and in which context. */
  REQUEST(1),
  /** From the launcher: {@code i32 step, u32 stage, u32 errno}, then data. */
  OUTCOME(2),
  /** From the launcher: what {@link #READ} asked for; nothing at its end. */
  DATA(3),
  /** To the launcher: {@code u32 descriptor}, then text to write to it. */
  PRINT(16),
  /** To the launcher: {@code u32 code} to exit with. */
  EXIT(17),
  /** To the launcher: re-execute from a sealed copy in memory, then read on. */
  SEAL(18),
  /** To the launcher: {@code u32 flags}, then a plan. */
  PLAN(19),
  /** To the launcher: {@code u32} bytes of standard input at most are wanted. */
  READ(20);

  /** The version of the protocol that a request names first. */
  public static final int PROTOCOL_VERSION = 2;

  /** Flag of {@link #PLAN}: after success the launcher goes its own way. */
  public static final int PLAN_LAST = 1;

  /** Flag of {@link #PLAN}: the outcome's data tell how long each step took. */
  public static final int PLAN_TIMED = 2;

  private final int number;

  FrameType(int number) {
    this.number = number;
  }

  /** The type's number on the wire. */
  public int number() {
    return number;
  }
}
