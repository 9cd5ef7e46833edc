package io.belljar.toolbox.tree;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.text.TerminalText;
import io.belljar.toolbox.tree.Border.How;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tree as text: pids outside and inside, the user, then the tree, in which a border of
 * namespaces is a box.
 *
 * <pre>
 *   PID INSIDE USER COMMAND @CGROUP
 *   300        root containerd-shim
 *                   └─╭─ web (docker) ── new pid mnt uts ──────
 *   301      1 root   │ nginx: master
 *   310      7 http   │ └─ nginx: worker
 *                     ╰──────────────────────────────────────
 * </pre>
 */
public final class TreeText {
  private static final int USUAL_WIDTH = 80;
  private static final int LEAST_COMMAND = 16;

  private final Art art;
  private final TerminalText display;
  private final int width;
  private final int pidWidth;
  private final int insideWidth;
  private final int userWidth;
  private final boolean bounded;
  private final StringBuilder out = new StringBuilder();

  private record Art(
      String branch,
      String last,
      String vertical,
      String top,
      String side,
      String bottom,
      String rule,
      String arrow,
      String times,
      String more) {
    static final Art UNICODE = new Art("├─ ", "└─ ", "│  ", "╭─", "│ ", "╰─", "─", "→", "×", "…");
    static final Art ASCII = new Art("|- ", "`- ", "|  ", ".-", "| ", "'-", "-", ">", "*", "...");
  }

  private TreeText(ProcessTree tree, boolean unicode, int terminal) {
    this.art = unicode ? Art.UNICODE : Art.ASCII;
    this.display = new TerminalText(unicode);
    this.bounded = terminal > 0;
    this.width = bounded ? terminal : USUAL_WIDTH;
    List<ProcessFacts> all = tree.all().stream().map(TreeNode::process).toList();
    this.pidWidth = widest("PID", all.stream().map(p -> Integer.toString(p.pid())).toList());
    this.insideWidth = widest("INSIDE", all.stream().map(ProcessFacts::inside).toList());
    this.userWidth = widest("USER", all.stream().map(p -> display.safe(p.user())).toList());
  }

  private static int widest(String heading, List<String> texts) {
    return Math.max(heading.length(), texts.stream().mapToInt(TerminalText::width).max().orElse(0));
  }

  /**
   * The text, each line ended.
   *
   * @param unicode whether lines may be drawn with more than ASCII
   * @param terminal how many cells a line may have; 0: any number
   */
  public static String of(ProcessTree tree, boolean unicode, int terminal) {
    var text = new TreeText(tree, unicode, terminal);
    text.line("PID", "INSIDE", "USER", "COMMAND  @CGROUP");
    for (TreeNode root : tree.roots()) {
      text.node(root, "", "", "");
    }
    return text.out.toString();
  }

  /**
   * A process and all below it.
   *
   * @param before what the line of the process begins with
   * @param branch what joins it to its parent
   * @param after what the lines below it begin with
   */
  private void node(TreeNode node, String before, String branch, String after) {
    if (node.border().isEmpty()) {
      process(node, before + branch);
      children(node, after);
      return;
    }
    Border border = node.border().get();
    String join = branch.stripTrailing();
    String indent = after.isEmpty() ? "" : after.substring(0, after.length() - 1);
    rule(before + join + art.top() + " " + title(border) + " ");
    if (node.hasOwnGroup()) {
      line("", "", "", cut(indent + art.side() + "cgroup " + display.safe(border.cgroup())));
    }
    process(node, indent + art.side());
    children(node, indent + art.side());
    rule(indent + art.bottom());
  }

  private void children(TreeNode node, String before) {
    List<TreeNode> children = node.children();
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1 && node.hiddenThreads() == 0;
      node(
          children.get(i),
          before,
          last ? art.last() : art.branch(),
          before + (last ? "   " : art.vertical()));
    }
    if (node.hiddenThreads() > 0) {
      String text = node.hiddenThreads() + " kernel threads (--threads shows them)";
      line("", "", "", cut(before + art.last() + text));
    }
  }

  private void process(TreeNode node, String before) {
    ProcessFacts process = node.process();
    String group = "";
    if (node.hasOwnGroup() && node.border().isEmpty()) {
      group = "  @" + display.safe(process.cgroup());
    }
    String command = before + process.commandText(display);
    int room = room() - Math.min(TerminalText.width(group), room() / 3);
    line(
        Integer.toString(process.pid()),
        process.inside(),
        display.safe(process.user()),
        cut((bounded ? shorten(command, room) : command) + group));
  }

  private String title(Border border) {
    List<String> parts = new ArrayList<>();
    border
        .container()
        .ifPresent(c -> parts.add(display.safe(c.shortName() + " (" + c.engine() + ")")));
    for (How how : How.values()) {
      List<NamespaceKind> kinds = border.kinds(how);
      if (!kinds.isEmpty()) {
        parts.add(
            how.word()
                + " "
                + kinds.stream().map(NamespaceKind::procName).collect(Collectors.joining(" ")));
      }
    }
    if (!border.uidMap().isEmpty()) {
      parts.add("uids " + border.uidMapText(art.arrow(), art.times()));
    }
    return String.join(" " + art.rule().repeat(2) + " ", parts);
  }

  private int room() {
    return Math.max(LEAST_COMMAND, width - pidWidth - insideWidth - userWidth - 3);
  }

  private void rule(String text) {
    String shown = cut(text);
    int rest = Math.max(0, room() - TerminalText.width(shown));
    line("", "", "", shown + art.rule().repeat(rest));
  }

  private String cut(String text) {
    return bounded ? shorten(text, room()) : text;
  }

  private String shorten(String text, int cells) {
    return TerminalText.width(text) <= cells
        ? text
        : TerminalText.truncate(text, cells - art.more().length()) + art.more();
  }

  private void line(String pid, String inside, String user, String rest) {
    out.repeat(' ', pidWidth - pid.length()).append(pid).append(' ');
    out.repeat(' ', insideWidth - inside.length()).append(inside).append(' ');
    out.append(user).repeat(' ', userWidth - TerminalText.width(user)).append(' ');
    out.append(rest.stripTrailing()).append('\n');
  }
}
