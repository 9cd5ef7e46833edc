package io.belljar.toolbox.tree;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * How high everything on the page is, and where a large tree is broken into columns: below the one
 * process that has most of the others below it, so that its children stand in columns.
 */
final class PageLayout {
  static final double ROW = 27;
  static final double INDENT = 24;
  static final double LAYER = 4;
  static final double PAD = 9;
  static final double GAP = 9;
  static final double CHIPS = 25;
  static final double NAME = 24;
  static final double TRUNK = 12;
  static final double COLUMN = 640;
  static final double COLUMN_GAP = 34;

  private static final double ALONE = 980;
  private static final int MOST_COLUMNS = 4;

  private final IdentityHashMap<TreeNode, Double> heights = new IdentityHashMap<>();
  private final List<TreeNode> roots;
  private final int columns;

  /** The children that stand in columns; none when there is only one column. */
  private final List<TreeNode> broken;

  PageLayout(List<TreeNode> roots) {
    this.roots = roots;
    double whole = stacked(roots);
    int wanted = (int) Math.round(Math.sqrt(whole * 1.35 / COLUMN));
    List<TreeNode> breaking = breakable(roots, whole, Math.clamp(wanted, 1, MOST_COLUMNS));
    this.columns = breaking.isEmpty() ? 1 : Math.clamp(wanted, 1, MOST_COLUMNS);
    this.broken = breaking;
    if (!broken.isEmpty()) {
      heights.clear(); // what is around the columns is lower now
    }
  }

  private List<TreeNode> breakable(List<TreeNode> nodes, double whole, int wanted) {
    List<TreeNode> best = List.of();
    List<TreeNode> at = nodes;
    while (wanted > 1 && !at.isEmpty()) {
      if (at.size() > wanted) {
        best = at;
      }
      TreeNode heaviest = at.getFirst();
      for (TreeNode node : at) {
        if (height(node) > height(heaviest)) {
          heaviest = node;
        }
      }
      if (height(heaviest) < whole * 0.5) {
        break;
      }
      at = heaviest.children();
    }
    return best;
  }

  double width() {
    return columns == 1 ? ALONE : columns * COLUMN + (columns - 1) * COLUMN_GAP;
  }

  double height() {
    return stacked(roots);
  }

  boolean isBroken(List<TreeNode> children) {
    return !broken.isEmpty()
        && children.size() == broken.size()
        && children.getFirst() == broken.getFirst();
  }

  /** In order, in columns of about the same height. */
  List<List<TreeNode>> columns(List<TreeNode> children) {
    double rest = children.stream().mapToDouble(this::outerHeight).sum();
    List<List<TreeNode>> result = new ArrayList<>();
    List<TreeNode> column = new ArrayList<>();
    double filled = 0;
    for (TreeNode child : children) {
      double height = outerHeight(child);
      double share = rest / (columns - result.size());
      boolean full = !column.isEmpty() && filled + height / 2 > share;
      if (full && result.size() < columns - 1) {
        result.add(column);
        rest -= filled;
        column = new ArrayList<>();
        filled = 0;
      }
      column.add(child);
      filled += height;
    }
    result.add(column);
    return result;
  }

  double columnWidth(double width) {
    return (width - (columns - 1) * COLUMN_GAP) / columns;
  }

  static int layers(Border border) {
    return Math.max(1, border.changes().size());
  }

  static double labelHeight(Border border) {
    boolean named = border.container().isPresent() || !border.uidMap().isEmpty();
    return (named ? NAME : 0) + (border.changes().isEmpty() ? 0 : CHIPS);
  }

  /** Of a process and all below it, with its border. */
  double height(TreeNode node) {
    Double known = heights.get(node);
    if (known != null) {
      return known;
    }
    double height = ROW + stacked(node.children()) + (node.hiddenThreads() > 0 ? ROW : 0);
    if (node.border().isPresent()) {
      Border border = node.border().get();
      height += 2 * (layers(border) * LAYER + PAD) + labelHeight(border);
    }
    heights.put(node, height);
    return height;
  }

  /** With the distance to what follows. */
  double outerHeight(TreeNode node) {
    return height(node) + (node.border().isPresent() ? 2 * GAP : 0);
  }

  private double stacked(List<TreeNode> nodes) {
    if (!nodes.isEmpty() && broken != null && isBroken(nodes)) {
      double highest = 0;
      for (List<TreeNode> column : columns(nodes)) {
        highest = Math.max(highest, column.stream().mapToDouble(this::outerHeight).sum());
      }
      return highest + TRUNK;
    }
    return nodes.stream().mapToDouble(this::outerHeight).sum();
  }
}
