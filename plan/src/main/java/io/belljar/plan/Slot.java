package io.belljar.plan;

/**
 * A place in which the launcher keeps a descriptor for later steps. The kernel chooses the
 * descriptor; the plan knows only the slot.
 *
 * @param number 0 to 62, or 255 for none
 * @param name what an explanation calls it, for example {@code root}
 */
public record Slot(int number, String name) {
  /** No descriptor. */
  public static final Slot NONE = new Slot(255, "none");

  /** How many slots the launcher has. */
  public static final int COUNT = 63;

  public Slot {
    if (number != 255 && (number < 0 || number >= COUNT)) {
      throw new IllegalArgumentException("slot " + number + " is not 0 to " + (COUNT - 1));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
