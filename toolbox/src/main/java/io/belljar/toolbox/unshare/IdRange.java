package io.belljar.toolbox.unshare;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Ids of a user namespace and what they are outside (user_namespaces(7)). Ids are unsigned numbers
 * of 32 bits.
 *
 * @param inner the first inside; {@link #UNSET}: to be chosen from 0 on
 * @param outer the first outside
 * @param count how many
 */
record IdRange(long inner, long outer, long count) {
  /** No id: (uid_t) -1. */
  static final long UNSET = 0xFFFF_FFFFL;

  /**
   * The ranges, and one more id that overlaps none of them: where it does, it makes a hole, and the
   * range loses its last id. The rules are util-linux's, off by one at a range's end as there.
   *
   * @param ranges the last asked for comes first
   * @param outer of the single id
   * @param inner of the single id; {@link #UNSET} for none
   */
  static List<IdRange> withSingle(List<IdRange> ranges, long outer, long inner) {
    long outside = inner == UNSET ? UNSET : outer;
    Deque<IdRange> mapped = new ArrayDeque<>();
    for (IdRange range : ranges) {
      range.around(outside, inner).reversed().forEach(mapped::addFirst);
    }
    if (inner != UNSET) {
      mapped.addFirst(new IdRange(inner, outside, 1));
    }
    return List.copyOf(mapped);
  }

  /** The up to three parts of this range that leave both ids of a single mapping out. */
  private List<IdRange> around(long singleOuter, long singleInner) {
    long start = inner;
    long length = count;
    if (inner == UNSET) {
      start = 0;
    } else if (singleInner != UNSET
        && (isAt(singleOuter, outer, count) || isAt(singleInner, inner, count))) {
      length--;
    }
    long outerOffset = Math.min(Math.max(singleOuter - outer, 0), length);
    long innerOffset = Math.min(Math.max(singleInner - start, 0), length);
    IdRange low = new IdRange(start, outer, Math.min(innerOffset, outerOffset));
    IdRange middle = low.following(Math.abs(outerOffset - innerOffset), singleOuter, singleInner);
    IdRange high = middle.following(length - low.count - middle.count, singleOuter, singleInner);
    List<IdRange> parts = new ArrayList<>(List.of(low, middle, high));
    parts.removeIf(part -> part.count == 0);
    return parts;
  }

  private IdRange following(long length, long singleOuter, long singleInner) {
    long nextOuter = outer + count;
    long nextInner = inner + count;
    return new IdRange(
        nextInner + (nextInner == singleInner ? 1 : 0),
        nextOuter + (nextOuter == singleOuter ? 1 : 0),
        length);
  }

  private static boolean isAt(long id, long first, long count) {
    return id >= first && id <= first + count;
  }
}
