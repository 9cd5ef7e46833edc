package io.belljar.toolbox.tree;

import static io.belljar.toolbox.tree.PageLayout.COLUMN_GAP;
import static io.belljar.toolbox.tree.PageLayout.GAP;
import static io.belljar.toolbox.tree.PageLayout.INDENT;
import static io.belljar.toolbox.tree.PageLayout.LAYER;
import static io.belljar.toolbox.tree.PageLayout.NAME;
import static io.belljar.toolbox.tree.PageLayout.PAD;
import static io.belljar.toolbox.tree.PageLayout.ROW;
import static io.belljar.toolbox.tree.PageLayout.TRUNK;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.text.TerminalText;
import io.belljar.toolbox.tree.Border.Change;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Draws the tree. A border is as many outlines as namespaces change in it, each in the colour of
 * its kind, around all that is inside.
 */
final class PageDrawing {
  private static final TerminalText TEXT = new TerminalText(true);

  /** The width of a character of the font, with some room for fonts that are a little wider. */
  private static final double CELL = 7.9;

  private static final double SMALL_CELL = 7.4;
  private static final double SPINE = 11;

  private final PageLayout layout;
  private final Svg svg = new Svg();

  private PageDrawing(PageLayout layout) {
    this.layout = layout;
  }

  /** The drawing, an {@code svg} element. */
  static String of(ProcessTree tree) {
    var layout = new PageLayout(tree.roots());
    var drawing = new PageDrawing(layout);
    drawing.children(tree.roots(), 0, 1, layout.width() - 2, -1);
    return String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"process tree\""
            + " width=\"%.0f\" height=\"%.0f\" viewBox=\"-1 0 %.0f %.0f\">%n%s</svg>",
        layout.width(),
        layout.height() + 4,
        layout.width(),
        layout.height() + 4,
        drawing.svg);
  }

  /**
   * Draws processes under each other.
   *
   * @param spine where the line is that joins them to their parent; negative for none
   */
  private void children(List<TreeNode> nodes, double x, double y, double width, double spine) {
    if (!nodes.isEmpty() && layout.isBroken(nodes)) {
      columns(nodes, x, y, width, spine);
      return;
    }
    double at = y;
    for (TreeNode node : nodes) {
      at = child(node, x, at, width, spine, y);
    }
  }

  private double child(TreeNode node, double x, double y, double width, double spine, double from) {
    double top = y + (node.border().isPresent() ? GAP : 0);
    if (spine >= 0) {
      svg.branch(spine, from, top + joint(node), x);
    }
    node(node, x, top, width);
    return y + layout.outerHeight(node);
  }

  /** Where the line to the parent ends: at the process, or at the corner of its border. */
  private static double joint(TreeNode node) {
    return node.border()
        .map(border -> PageLayout.layers(border) * LAYER + PAD + NAME / 2)
        .orElse(ROW / 2);
  }

  private void columns(List<TreeNode> nodes, double x, double y, double width, double spine) {
    double each = layout.columnWidth(width);
    List<List<TreeNode>> columns = layout.columns(nodes);
    boolean joined = spine >= 0;
    double offset = joined ? x - spine : 0;
    if (joined) {
      svg.across(spine, y + 1, spine + (columns.size() - 1) * (each + COLUMN_GAP));
    }
    for (int i = 0; i < columns.size(); i++) {
      double left = x + i * (each + COLUMN_GAP);
      double at = y + TRUNK;
      for (TreeNode node : columns.get(i)) {
        at = child(node, left, at, each, joined ? left - offset : -1, y + 1);
      }
    }
  }

  private void node(TreeNode node, double x, double y, double width) {
    if (node.border().isEmpty()) {
      inside(node, x, y, width);
      return;
    }
    Border border = node.border().get();
    int layers = PageLayout.layers(border);
    outlines(border, x, y, width, layout.height(node));
    double edge = layers * LAYER + PAD;
    label(node, border, x + edge, y + edge - 2, width - 2 * edge);
    inside(node, x + edge, y + edge + PageLayout.labelHeight(border), width - 2 * edge);
  }

  private void outlines(Border border, double x, double y, double width, double height) {
    int layers = PageLayout.layers(border);
    double radius = 9 + layers * LAYER;
    svg.rect("tint", x, y, width, height, radius);
    if (border.changes().isEmpty()) {
      svg.rect("o", x, y, width, height, radius);
    }
    int i = 0;
    for (Map.Entry<NamespaceKind, Change> change : new TreeMap<>(border.changes()).entrySet()) {
      double in = i * LAYER;
      svg.rect(
          "o " + change.getKey().procName() + how(change.getValue()),
          x + in,
          y + in,
          width - 2 * in,
          height - 2 * in,
          radius - in);
      i++;
    }
  }

  private static String how(Change change) {
    return switch (change.how()) {
      case NEW -> "";
      case ENTERED -> " entered";
      case HOST -> " host";
    };
  }

  private void label(TreeNode node, Border border, double x, double y, double width) {
    double at = y;
    String name = border.container().map(c -> TEXT.safe(c.shortName()) + "  ").orElse("");
    String engine = border.container().map(ContainerRef::engine).orElse("");
    if (!border.uidMap().isEmpty()) {
      engine += (engine.isEmpty() ? "uids " : "  ·  uids ") + border.uidMapText("→", "×");
    }
    double used = 0;
    if (!name.isEmpty() || !engine.isEmpty()) {
      String shown = fit(name, width / 2, 9);
      svg.text("c", x, at + 15, shown);
      used = TerminalText.width(shown) * 9;
      svg.text("s", x + used, at + 15, fit(engine, width - used, CELL));
      used += TerminalText.width(engine) * CELL + 20;
      at += NAME;
    }
    if (node.hasOwnGroup()) {
      double free = at > y ? used : border.changes().size() * 66;
      group(border.cgroup(), x + width, y + 15, width - free);
    }
    chips(border, x, at, width);
  }

  private void chips(Border border, double x, double y, double width) {
    double at = x;
    for (Map.Entry<NamespaceKind, Change> change : new TreeMap<>(border.changes()).entrySet()) {
      String kind = change.getKey().procName();
      double chip = kind.length() * 7 + 20;
      if (at + chip > x + width) {
        return;
      }
      svg.open(
          "n",
          "%s namespace %d: %s"
              .formatted(kind, change.getValue().inode(), change.getValue().how().word()));
      svg.rect("chip " + kind + how(change.getValue()), at, y, chip, 19, 9.5);
      svg.text("k", at + chip / 2, y + 13.5, kind);
      svg.close();
      at += chip + 7;
    }
  }

  private void inside(TreeNode node, double x, double y, double width) {
    double bottom = y + ROW - 5;
    children(node.children(), x + INDENT, y + ROW, width - INDENT, x + SPINE);
    row(node, x, y, width);
    if (node.hiddenThreads() > 0) {
      double at = y + ROW;
      for (TreeNode child : node.children()) {
        at += layout.outerHeight(child);
      }
      svg.branch(x + SPINE, bottom, at + ROW / 2, x + INDENT);
      svg.text("s", x + INDENT + 6, at + 18, node.hiddenThreads() + " kernel threads");
    }
  }

  private void row(TreeNode node, double x, double y, double width) {
    ProcessFacts process = node.process();
    svg.open("r", info(node));
    svg.rect("hit", x - 2, y + 1, width + 4, ROW - 2, 7);
    double at = pill("pill", "p", Integer.toString(process.pid()), x, y);
    if (!process.inside().isEmpty()) {
      at = pill("in", "p it", process.inside(), at + 4, y);
    }
    at += 8;
    double end = x + width - 4;
    if (node.hasOwnGroup() && node.border().isEmpty()) {
      double room = Math.min(width * 0.34, 260);
      end -= group(process.cgroup(), end, y + 18, room) + 14;
    }
    String user = TEXT.safe(process.user());
    svg.text("s", at, y + 18, fit(user, 90, CELL));
    at += Math.min(TerminalText.width(user), 11) * CELL + CELL;
    command(process, at, y + 18, end - at);
    svg.close();
  }

  /** The program's own name stands out from its directory and its arguments. */
  private void command(ProcessFacts process, double x, double y, double width) {
    String text = process.commandText(TEXT);
    int space = text.indexOf(' ');
    String program = space < 0 ? text : text.substring(0, space);
    String rest = space < 0 ? "" : text.substring(space);
    boolean path = program.startsWith("/") && !program.endsWith("/");
    String name = path ? program.substring(program.lastIndexOf('/') + 1) : program;
    String shown = fit(name, width, CELL);
    svg.text("b", x, y, shown);
    double used = TerminalText.width(shown) * CELL;
    if (width - used > 3 * CELL) {
      svg.text("s", x + used, y, fit(rest, width - used, CELL));
    }
  }

  private double pill(String shape, String style, String text, double x, double y) {
    double width = text.length() * SMALL_CELL + 12;
    svg.rect(shape, x, y + 4, width, ROW - 8, 6);
    svg.text(style, x + width / 2, y + 17.5, text);
    return x + width;
  }

  /** A cgroup that ends at {@code end}; its end says most, so its beginning is left out. */
  private double group(String cgroup, double end, double y, double room) {
    String text = TEXT.safe(cgroup);
    int cells = (int) (room / SMALL_CELL);
    if (cells < 6) {
      return 0;
    }
    String shown = text.length() <= cells ? text : "…" + text.substring(text.length() - cells + 1);
    svg.text("s e", end, y, shown);
    return TerminalText.width(shown) * SMALL_CELL;
  }

  private static String fit(String text, double width, double cell) {
    int cells = Math.max(0, (int) (width / cell));
    return TerminalText.width(text) <= cells
        ? text
        : cells == 0 ? "" : TerminalText.truncate(text, cells - 1) + "…";
  }

  private static String info(TreeNode node) {
    ProcessFacts process = node.process();
    String namespaces =
        new TreeMap<>(process.namespaces())
            .entrySet().stream()
                .map(entry -> entry.getKey().procName() + " " + entry.getValue())
                .collect(Collectors.joining("  "));
    return "pid %s  user %s (%d)  cgroup %s%s\n%s\n%s"
        .formatted(
            process.pids().stream().map(String::valueOf).collect(Collectors.joining(" → ")),
            TEXT.safe(process.user()),
            process.uid(),
            TEXT.safe(process.cgroup()),
            node.container()
                .map(c -> "  container " + TEXT.safe(c.name()) + " (" + c.engine() + ")")
                .orElse(""),
            TerminalText.truncate(process.commandText(TEXT), 2000),
            namespaces.isEmpty() ? "its namespaces are not to be seen" : namespaces);
  }
}
