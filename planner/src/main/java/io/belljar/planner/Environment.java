package io.belljar.planner;

import io.belljar.plan.WireText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The caller's environment: entries {@code NAME=value} in the caller's order, duplicates and
 * malformed entries included, as {@code environ(7)} allows them.
 *
 * <p>Few requests look at it, so it stays bytes until then.
 */
public final class Environment {
  /** No entries. */
  public static final Environment EMPTY = new Environment(new byte[0]);

  /** Each entry followed by a NUL. */
  private final byte[] block;

  private Environment(byte[] block) {
    this.block = block;
  }

  /** Of entries {@code NAME=value}. */
  public static Environment of(List<String> entries) {
    byte[][] encoded = entries.stream().map(WireText::encode).toArray(byte[][]::new);
    byte[] block = new byte[Arrays.stream(encoded).mapToInt(entry -> entry.length + 1).sum()];
    int at = 0;
    for (byte[] entry : encoded) {
      System.arraycopy(entry, 0, block, at, entry.length);
      at += entry.length + 1;
    }
    return new Environment(block);
  }

  /** Of a block in which a NUL ends each entry; the block is not copied. */
  static Environment ofBlock(byte[] block) {
    return new Environment(block);
  }

  /** All entries, in the caller's order. */
  public List<String> entries() {
    List<String> entries = new ArrayList<>();
    for (int start = 0; start < block.length; ) {
      int end = end(start);
      entries.add(text(start, end));
      start = end + 1;
    }
    return entries;
  }

  /** The value of the first entry of this name, which is the one that {@code getenv(3)} finds. */
  public Optional<String> get(String name) {
    byte[] prefix = WireText.encode(name + "=");
    for (int start = 0; start < block.length; ) {
      int end = end(start);
      if (end - start >= prefix.length
          && Arrays.equals(block, start, start + prefix.length, prefix, 0, prefix.length)) {
        return Optional.of(text(start + prefix.length, end));
      }
      start = end + 1;
    }
    return Optional.empty();
  }

  private int end(int start) {
    int end = start;
    while (block[end] != 0) {
      end++;
    }
    return end;
  }

  private String text(int start, int end) {
    return WireText.decode(Arrays.copyOfRange(block, start, end));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Environment that && Arrays.equals(block, that.block);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(block);
  }

  /** How much there is, not what: environments hold passwords, and this may reach a log. */
  @Override
  public String toString() {
    return "Environment[" + entries().size() + " entries]";
  }
}
