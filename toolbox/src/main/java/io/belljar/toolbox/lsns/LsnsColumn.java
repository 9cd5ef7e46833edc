package io.belljar.toolbox.lsns;

import io.belljar.toolbox.table.Column;
import io.belljar.toolbox.table.Column.Flag;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The columns of lsns(8), in the order of {@code --output-all}. */
public enum LsnsColumn {
  NS("namespace identifier (inode number)", 10, Flag.RIGHT, Flag.NUMBER),
  TYPE("kind of namespace", 5),
  PATH("path to the namespace", 0),
  NPROCS("number of processes in the namespace", 5, Flag.RIGHT, Flag.NUMBER),
  PID("lowest PID in the namespace", 5, Flag.RIGHT, Flag.NUMBER),
  PPID("PPID of the PID", 5, Flag.RIGHT, Flag.NUMBER),
  COMMAND("command line of the PID", 0, Flag.TRUNCATED),
  UID("UID of the PID", 0, Flag.RIGHT, Flag.NUMBER),
  USER("username of the PID", 0),
  NETNSID("namespace ID as used by network subsystem", 0, Flag.RIGHT),
  NSFS("nsfs mountpoint (usually used network subsystem)", 0, Flag.LINES),
  PNS("parent namespace identifier (inode number)", 10, Flag.RIGHT, Flag.NUMBER),
  ONS("owner namespace identifier (inode number)", 10, Flag.RIGHT, Flag.NUMBER);

  private final String description;
  private final Column column;

  LsnsColumn(String description, int widthHint, Flag... flags) {
    this.description = description;
    EnumSet<Flag> set = EnumSet.noneOf(Flag.class);
    set.addAll(List.of(flags));
    this.column = new Column(name(), widthHint, set);
  }

  /** What it shows, in a few words. */
  public String description() {
    return description;
  }

  Column column() {
    return column;
  }

  /** The column of this name, in whichever case. */
  public static Optional<LsnsColumn> of(String name) {
    return Arrays.stream(values()).filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }
}
