package io.belljar.toolbox.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A process in its place in the tree. */
public final class TreeNode {
  private final ProcessFacts process;
  private final List<TreeNode> children = new ArrayList<>();
  private Optional<Border> border = Optional.empty();
  private Optional<ContainerRef> container = Optional.empty();
  private boolean ownGroup;
  private int hiddenThreads;

  TreeNode(ProcessFacts process) {
    this.process = process;
  }

  /** The process. */
  public ProcessFacts process() {
    return process;
  }

  /** Its children, by pid; those of a very deep tree beside instead of below. */
  public List<TreeNode> children() {
    return Collections.unmodifiableList(children);
  }

  /** What separates it from its parent, if something does. */
  public Optional<Border> border() {
    return border;
  }

  /** The container that it is in. */
  public Optional<ContainerRef> container() {
    return container;
  }

  /** Whether its cgroup is another than its parent's. */
  public boolean hasOwnGroup() {
    return ownGroup;
  }

  /** How many kernel threads below it are not shown. */
  public int hiddenThreads() {
    return hiddenThreads;
  }

  void add(TreeNode child) {
    children.add(child);
  }

  void separate(Optional<Border> from, Optional<ContainerRef> in, boolean another) {
    border = from;
    container = in;
    ownGroup = another;
  }

  /** Hides the kernel threads below that have nothing to show. */
  void foldThreads() {
    int before = children.size();
    children.removeIf(child ->
        child.process.isKernelThread() && child.border.isEmpty() && child.children.isEmpty());
    hiddenThreads = before - children.size();
  }
}
