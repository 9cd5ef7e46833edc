package io.belljar.cli.people;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was meant by a mistyped one. */
final class Spelling {
  private Spelling() {}

  /** The nearest word, if it is near: one slip of the finger, in longer words two. */
  static Optional<String> nearest(String typed, Collection<String> words) {
    int most = typed.length() > 4 ? 2 : 1;
    return words.stream()
        .filter(word -> distance(typed, word) <= most)
        .min(
            Comparator.<String>comparingInt(word -> distance(typed, word))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * How many letters to insert, delete, replace or exchange with their neighbour (optimal string
   * alignment).
   */
  static int distance(String a, String b) {
    int[][] costs = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        costs[i][j] = i == 0 || j == 0 ? i + j : cheapest(costs, a, b, i, j);
      }
    }
    return costs[a.length()][b.length()];
  }

  private static int cheapest(int[][] costs, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int cost =
        Math.min(
            costs[i - 1][j - 1] + (same ? 0 : 1), Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
    boolean exchanged =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return exchanged ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
  }
}
