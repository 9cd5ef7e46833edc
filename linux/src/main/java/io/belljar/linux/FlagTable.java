package io.belljar.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Decodes a flag word into the names that the kernel's headers give its bits: {@code
 * O_PATH|O_CLOEXEC}. Names of several bits are taken before names of their parts when they stand
 * before them in the table; bits without a name are shown as one hexadecimal number.
 */
public final class FlagTable {
  private final List<Flag> flags;

  private FlagTable(List<Flag> flags) {
    this.flags = flags;
  }

  /**
   * A name for a value: {@code value} within {@code mask}.
   *
   * @param mask the bits that decide; equal to {@code value} for an ordinary flag
   * @param value what the bits are when the name holds; 0 names the absence of the mask's bits
   */
  public record Flag(String name, long mask, long value) {
    private boolean holds(long word) {
      return (word & mask) == value;
    }
  }

  /** An ordinary flag: all bits of {@code value} set. */
  public static Flag bit(String name, long value) {
    return new Flag(name, value, value);
  }

  /** A value of a field of several bits, as O_RDONLY in O_ACCMODE. */
  public static Flag field(String name, long mask, long value) {
    return new Flag(name, mask, value);
  }

  /** A table of these flags; a flag that contains another one comes first. */
  public static FlagTable of(Flag... flags) {
    return new FlagTable(List.of(flags));
  }

  /** The names of the bits of {@code word}, joined by {@code |}; {@code 0} where there is none. */
  public String format(long word) {
    List<String> names = new ArrayList<>();
    long rest = word;
    for (Flag flag : flags) {
      if (flag.holds(word) && (flag.value == 0 || (rest & flag.value) != 0)) {
        names.add(flag.name);
        rest &= ~flag.value;
      }
    }
    if (rest != 0) {
      names.add("0x" + Long.toHexString(rest));
    }
    return names.isEmpty() ? "0" : String.join("|", names);
  }

  /** The value of a name of this table. */
  public OptionalLong value(String name) {
    for (Flag flag : flags) {
      if (flag.name.equals(name)) {
        return OptionalLong.of(flag.value);
      }
    }
    return OptionalLong.empty();
  }

  /** Every name with its value, in the table's order. */
  public Map<String, Long> values() {
    Map<String, Long> values = new LinkedHashMap<>();
    for (Flag flag : flags) {
      values.put(flag.name, flag.value);
    }
    return values;
  }
}
