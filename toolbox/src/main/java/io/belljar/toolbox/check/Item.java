package io.belljar.toolbox.check;

import java.util.Locale;

/**
 * One thing that was checked.
 *
 * @param section under which it is shown
 * @param name what it is
 * @param standing how it is
 * @param detail what was seen
 * @param cure what would mend it; empty where nothing has to be
 * @param needed whether {@code belljar run} cannot work without it
 */
public record Item(
    String section, String name, Standing standing, String detail, String cure, boolean needed) {
  /** How it is. */
  public enum Standing {
    /** It works. */
    YES,
    /** It works in part, or not for everybody. */
    PARTLY,
    /** It does not work. */
    NO,
    /** It could not be found out. */
    UNKNOWN;

    /** The word in a check. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Item yes(String section, String name, String detail) {
    return new Item(section, name, Standing.YES, detail, "", false);
  }

  static Item partly(String section, String name, String detail, String cure) {
    return new Item(section, name, Standing.PARTLY, detail, cure, false);
  }

  static Item no(String section, String name, String detail, String cure) {
    return new Item(section, name, Standing.NO, detail, cure, false);
  }

  static Item unknown(String section, String name, String detail, String cure) {
    return new Item(section, name, Standing.UNKNOWN, detail, cure, false);
  }

  /** The same, as something that run cannot work without. */
  Item asNeeded() {
    return new Item(section, name, standing, detail, cure, true);
  }

  /** Whether it keeps run from working. */
  public boolean prevents() {
    return needed && standing == Standing.NO;
  }
}
