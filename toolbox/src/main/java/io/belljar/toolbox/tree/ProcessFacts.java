package io.belljar.toolbox.tree;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.IdMapping;
import io.belljar.linux.text.TerminalText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was read of a process, all of it at one moment of its life.
 *
 * @param pids its number in each pid namespace, from the reader's inwards
 * @param parent the parent's number; 0 for none that is visible
 * @param name the first 15 bytes of the program's name
 * @param command the arguments; none for a kernel thread, a zombie, or one that removed them
 * @param uid the effective user, as the reader's user namespace has it
 * @param user the name of the uid, or the number
 * @param zombie whether it has ended and its parent has not noticed
 * @param cgroup where it is: in the v2 hierarchy, or the v1 hierarchy that says most
 * @param namespaces the numbers of its namespaces, as far as the reader may see them
 * @param uidMap how its user namespace maps uids; empty when the reader may not see
 */
public record ProcessFacts(
    List<Integer> pids,
    int parent,
    String name,
    List<String> command,
    long uid,
    String user,
    boolean zombie,
    String cgroup,
    Map<NamespaceKind, Long> namespaces,
    List<IdMapping> uidMap) {
  private static final int KTHREADD = 2;

  /** Its number as the reader sees it. */
  public int pid() {
    return pids.getFirst();
  }

  /** Its numbers in the pid namespaces inside of the reader's: {@code 7/1}; empty for none. */
  public String inside() {
    return pids.stream().skip(1).map(String::valueOf).collect(Collectors.joining("/"));
  }

  boolean isKernelThread() {
    return command.isEmpty() && parent == KTHREADD;
  }

  /** The command line on one line, safe to print; in brackets the name of one without. */
  public String commandText(TerminalText display) {
    String text = command.isEmpty() ? "[" + name + "]" : String.join(" ", command).stripTrailing();
    return display.safe(text.isEmpty() ? "[" + name + "]" : text) + (zombie ? " (zombie)" : "");
  }
}
