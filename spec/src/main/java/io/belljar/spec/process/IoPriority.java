package io.belljar.spec.process;

import io.belljar.spec.json.Vocabulary;

/**
 * {@code process.ioPriority} (ioprio_set(2)).
 *
 * @param priorityClass the class
 * @param priority 0 (highest) to 7
 */
public record IoPriority(PriorityClass priorityClass, int priority) {
  /** I/O scheduling classes; {@link #number()} is the kernel's. */
  public enum PriorityClass implements Vocabulary.Word {
    IOPRIO_CLASS_RT,
    IOPRIO_CLASS_BE,
    IOPRIO_CLASS_IDLE;

    /** The names. */
    public static final Vocabulary<PriorityClass> VOCABULARY =
        new Vocabulary<>(PriorityClass.class, "an I/O priority class");

    /** The kernel's number (linux/ioprio.h), in which 0 is IOPRIO_CLASS_NONE. */
    @SuppressWarnings("EnumOrdinal") // the constants stand in the kernel's order
    public int number() {
      return ordinal() + 1;
    }
  }
}
