package io.belljar.linux;

import java.util.Optional;

/** The classes of ioprio_set(2) ({@code linux/ioprio.h}), as OCI documents name them. */
public enum IoPriorityClass {
  IOPRIO_CLASS_NONE(0),
  IOPRIO_CLASS_RT(1),
  IOPRIO_CLASS_BE(2),
  IOPRIO_CLASS_IDLE(3);

  private final int number;

  IoPriorityClass(int number) {
    this.number = number;
  }

  private static final int CLASS_SHIFT = 13;

  /** {@code IOPRIO_WHO_PROCESS}: the first argument of ioprio_set(2) for one process. */
  public static final int WHO_PROCESS = 1;

  /** The number of the class. */
  public int number() {
    return number;
  }

  /**
   * The word that ioprio_set(2) takes ({@code IOPRIO_PRIO_VALUE}).
   *
   * @param level 0 (highest) to 7 (lowest); the kernel ignores it for the idle class
   */
  public int value(int level) {
    if (level < 0 || level > 7) {
      throw new IllegalArgumentException("I/O priority must be from 0 to 7, not " + level);
    }
    return (number << CLASS_SHIFT) | level;
  }

  /** A word of ioprio_set(2) as text: {@code IOPRIO_CLASS_BE, 4}. */
  public static String format(int value) {
    int number = (value >> CLASS_SHIFT) & 0x7;
    String name = "class " + number;
    for (IoPriorityClass one : values()) {
      name = one.number == number ? one.name() : name;
    }
    return name + ", " + (value & ((1 << CLASS_SHIFT) - 1));
  }

  /** The class of exactly this name. */
  public static Optional<IoPriorityClass> ofName(String name) {
    for (IoPriorityClass value : values()) {
      if (value.name().equals(name)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
