package io.belljar.toolbox.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TreeTextTest {
  private static final Map<Integer, ContainerRef> WEB =
      Map.of(300, new ContainerRef("belljar", "jar"));

  @Test
  void aBorderIsABox() {
    assertEquals(
        """
        PID INSIDE USER COMMAND  @CGROUP
          1        root /sbin/init splash
        200        root └─ bash
                           ├─╭─ jar (belljar) ── new mnt pid user ── uids 0→1000, 1→100000×65536
                           │ │ cgroup /web
        300      1 root    │ │ web --port 80
        301      7 root    │ │ └─ worker
                           │ │    └─╭─ the host's mnt pid user ─
                           │ │      │ cgroup /
        302        root    │ │      │ escaped
                           │ │      ╰─
                           │ ╰─
                           └─╭─ jar (belljar) ── entered mnt pid user ── uids 0→1000, 1→100000×65536
                             │ cgroup /web
        310      9 root      │ sh
                             ╰─
        """,
        TreeText.of(Processes.scene().tree(WEB), true, 0).replaceAll("─+\\n", "─\n"));
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    String text = TreeText.of(Processes.scene().tree(WEB), true, 50);
    assertTrue(text.lines().allMatch(line -> line.length() <= 50), text);
    assertTrue(text.contains("…"), text);
  }

  @Test
  void asciiIsAscii() {
    String text =
        TreeText.of(Processes.scene().add(400, 1, "caf\u00e9 \u001b[2J").tree(WEB), false, 0);
    assertTrue(text.chars().allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7f)), text);
    assertTrue(text.contains("|-.- jar (belljar) -- new mnt pid user"), text);
    assertTrue(text.contains("caf\\xc3\\xa9 \\x1b[2J"), text);
  }

  @Test
  void whatIsInvisibleIsShown() {
    String text = TreeText.of(new Processes().add(5, 0, "a\u202eb").tree(), true, 0);
    assertTrue(text.contains("a\\xe2\\x80\\xaeb"), text);
  }

  @Test
  void aTreeOfAnyDepthIsShown() {
    var processes = new Processes();
    for (int pid = 1; pid <= 20_000; pid++) {
      processes.add(pid, pid - 1, "deep");
    }
    ProcessTree tree = processes.tree();
    assertEquals(20_001, TreeText.of(tree, true, 0).lines().count());
    assertTrue(TreePage.of(tree, "deep").contains("20000 processes"));
    assertEquals(20_000, TreeJson.of(tree).split("\"parent\"", -1).length - 1);
  }

  @Test
  void parentsInACircleAreShownOnce() {
    ProcessTree tree = new Processes().add(1, 2, "a").add(2, 1, "b").tree();
    assertEquals(List.of(1, 2), tree.all().stream().map(node -> node.process().pid()).toList());
  }
}
