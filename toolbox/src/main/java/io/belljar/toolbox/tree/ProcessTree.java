package io.belljar.toolbox.tree;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.ProcFs;
import io.belljar.toolbox.user.UserNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The processes that are visible, each below its parent, with the borders between them.
 *
 * @param roots the topmost ones, by pid
 */
public record ProcessTree(List<TreeNode> roots) {
  /** Below this, children stand beside their parent: anybody can make a tree of any depth. */
  private static final int DEEPEST = 64;

  private static final int INIT = 1;

  /** Copies the list. */
  public ProcessTree {
    roots = List.copyOf(roots);
  }

  /**
   * Reads the host's.
   *
   * @param users the names of users
   * @param self a process of the caller's, whose namespaces count as the host's where those of pid
   *     1 are not to be seen
   * @param known containers by the pid of their first process
   */
  public static ProcessTree read(UserNames users, int self, Map<Integer, ContainerRef> known) {
    var scan = new ProcessScan(ProcFs.host(), users);
    List<ProcessFacts> processes = scan.all();
    Map<NamespaceKind, Long> host = scan.namespaces(INIT);
    scan.namespaces(self).forEach(host::putIfAbsent);
    return of(processes, host, known);
  }

  static ProcessTree of(
      List<ProcessFacts> processes,
      Map<NamespaceKind, Long> host,
      Map<Integer, ContainerRef> known) {
    Map<Integer, TreeNode> nodes = new HashMap<>();
    processes.forEach(process -> nodes.put(process.pid(), new TreeNode(process)));
    var containers = new ContainerFinder(processes, known);
    var borders = new Borders(host, containers);
    List<TreeNode> roots = new ArrayList<>();
    Map<Integer, List<TreeNode>> byParent = new HashMap<>();
    for (ProcessFacts process : processes) {
      TreeNode node = nodes.get(process.pid());
      if (nodes.containsKey(process.parent()) && process.parent() != process.pid()) {
        byParent.computeIfAbsent(process.parent(), _ -> new ArrayList<>()).add(node);
      } else {
        roots.add(node);
      }
    }
    Set<Integer> placed = new HashSet<>();
    roots.forEach(root -> place(root, byParent, borders, placed));
    // Parents change while /proc is read, so in theory some may form a circle.
    for (ProcessFacts process : processes) {
      if (!placed.contains(process.pid())) {
        roots.add(nodes.get(process.pid()));
        place(nodes.get(process.pid()), byParent, borders, placed);
      }
    }
    return new ProcessTree(roots);
  }

  private record Step(TreeNode node, Optional<TreeNode> parent, Borders.Inside inside, int depth) {}

  private static void place(
      TreeNode root, Map<Integer, List<TreeNode>> byParent, Borders borders, Set<Integer> placed) {
    Deque<Step> steps = new ArrayDeque<>();
    steps.push(new Step(root, Optional.empty(), borders.host(), 0));
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      if (!placed.add(step.node().process().pid())) {
        continue;
      }
      step.parent().ifPresent(parent -> parent.add(step.node()));
      Borders.Inside inside = borders.draw(step.node(), step.inside());
      boolean deep = step.depth() == DEEPEST;
      TreeNode below = deep ? step.parent().orElse(step.node()) : step.node();
      List<TreeNode> children = byParent.getOrDefault(step.node().process().pid(), List.of());
      for (TreeNode child : children.reversed()) {
        steps.push(new Step(child, Optional.of(below), inside, deep ? DEEPEST : step.depth() + 1));
      }
    }
  }

  /** Only what is below the processes for which it is true and whose parent it is not. */
  public ProcessTree below(Predicate<TreeNode> chosen) {
    List<TreeNode> found = new ArrayList<>();
    Deque<TreeNode> waiting = new ArrayDeque<>(roots);
    while (!waiting.isEmpty()) {
      TreeNode node = waiting.pop();
      if (chosen.test(node)) {
        found.add(node);
      } else {
        node.children().reversed().forEach(waiting::push);
      }
    }
    return new ProcessTree(found);
  }

  /** Without the kernel threads that have nothing to show. */
  public ProcessTree withoutThreads() {
    all().forEach(TreeNode::foldThreads);
    return this;
  }

  /** All nodes, each after its parent. */
  public List<TreeNode> all() {
    List<TreeNode> all = new ArrayList<>();
    Deque<TreeNode> waiting = new ArrayDeque<>(roots);
    while (!waiting.isEmpty()) {
      TreeNode node = waiting.pop();
      all.add(node);
      node.children().reversed().forEach(waiting::push);
    }
    return all;
  }
}
