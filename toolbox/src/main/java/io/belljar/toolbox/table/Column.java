package io.belljar.toolbox.table;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A column of a table.
 *
 * @param name its heading; in JSON in lower case
 * @param widthHint how many cells it would like, if its contents have fewer; 0: as many as they
 *     have
 * @param flags how it is written
 */
public record Column(String name, int widthHint, Set<Flag> flags) {
  /** How a column is written. */
  public enum Flag {
    /** Aligned to the right. */
    RIGHT,
    /** The lines' tree is drawn before its cells. */
    TREE,
    /** Cut off where the terminal ends. */
    TRUNCATED,
    /** Each line of its text gets a line of its own. */
    LINES,
    /** In JSON a number. */
    NUMBER
  }

  /** Copies the flags. */
  public Column {
    flags = Set.copyOf(flags);
  }

  /** The same column with a flag more. */
  public Column with(Flag flag) {
    EnumSet<Flag> more = EnumSet.of(flag);
    more.addAll(flags);
    return new Column(name, widthHint, more);
  }

  /** The same column without a flag. */
  public Column without(Flag flag) {
    EnumSet<Flag> fewer = EnumSet.noneOf(Flag.class);
    fewer.addAll(flags);
    fewer.remove(flag);
    return new Column(name, widthHint, fewer);
  }

  boolean is(Flag flag) {
    return flags.contains(flag);
  }

  String jsonName() {
    return name.toLowerCase(Locale.ROOT);
  }
}
