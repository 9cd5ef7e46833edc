package io.belljar.toolbox.lsns;

import io.belljar.linux.NamespaceKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What lsns is asked for.
 *
 * @param kinds only these kinds
 * @param task only the namespaces of this process
 * @param namespace only this namespace, and of it the processes
 * @param persistentOnly only namespaces without processes
 * @param columns what is shown of each
 * @param tree what the lines' tree follows; empty for a list
 * @param format for whom
 * @param headings with the columns' names
 * @param truncated commands end where the terminal does
 * @param wrapped each of a namespace's mounts on a line of its own
 */
public record LsnsOptions(
    Set<NamespaceKind> kinds,
    OptionalInt task,
    OptionalLong namespace,
    boolean persistentOnly,
    List<LsnsColumn> columns,
    Optional<Tree> tree,
    Format format,
    boolean headings,
    boolean truncated,
    boolean wrapped) {

  /** What a tree follows. */
  public enum Tree {
    /** The parents of processes. */
    PROCESS,
    /** The user namespaces that own. */
    OWNER,
    /** The parents of pid and user namespaces. */
    PARENT
  }

  /** How the table is written. */
  public enum Format {
    HUMAN,
    RAW,
    JSON
  }

  /** Copies the collections. */
  public LsnsOptions {
    kinds = Set.copyOf(kinds);
    columns = List.copyOf(columns);
  }
}
