package io.belljar.toolbox.lsns;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.namespace.NetworkIds;
import io.belljar.linux.proc.MountInfo;
import io.belljar.toolbox.lsns.LsnsOptions.Tree;
import io.belljar.toolbox.table.Column;
import io.belljar.toolbox.table.Column.Flag;
import io.belljar.toolbox.table.Line;
import io.belljar.toolbox.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts namespaces, or the processes of one, into a table. */
final class NamespaceTable {
  private final LsnsOptions options;
  private final Namespaces namespaces;
  private final Map<Integer, ProcessEntry> processes;
  private final List<MountInfo> pins;
  private final Function<Integer, String> commands;
  private final Function<Long, String> users;
  private final Table table;

  /** The line on which a process was shown last; on it hang the namespaces of its children. */
  private final Map<Integer, Line> ofProcess = new HashMap<>();

  private final Map<Long, Line> ofNamespace = new HashMap<>();

  /**
   * @param commands from a pid to its command line
   * @param users from a uid to the user's name
   */
  NamespaceTable(
      LsnsOptions options,
      Namespaces namespaces,
      List<ProcessEntry> processes,
      List<MountInfo> pins,
      Function<Integer, String> commands,
      Function<Long, String> users) {
    this.options = options;
    this.namespaces = namespaces;
    this.processes = processes.stream().collect(Collectors.toMap(ProcessEntry::pid, p -> p));
    this.pins = pins;
    this.commands = commands;
    this.users = users;
    this.table = new Table(options.columns().stream().map(this::column).toList());
  }

  private Column column(LsnsColumn wanted) {
    Column column = wanted.column();
    if (!options.truncated()) {
      column = column.without(Flag.TRUNCATED);
    }
    if (!options.wrapped()) {
      column = column.without(Flag.LINES);
    }
    boolean processTree = options.tree().equals(Optional.of(Tree.PROCESS));
    if (processTree && wanted == LsnsColumn.COMMAND) {
      return column.with(Flag.TREE);
    }
    if (isNamespaceTree() && wanted == LsnsColumn.NS) {
      return column.with(Flag.TREE).without(Flag.RIGHT);
    }
    return column;
  }

  private boolean isNamespaceTree() {
    return options.tree().filter(tree -> tree != Tree.PROCESS).isPresent();
  }

  Table ofNamespaces() {
    for (NamespaceEntry entry : namespaces.all()) {
      boolean ofTask =
          options.task().isEmpty()
              || entry.processes().stream().anyMatch(p -> p.pid() == options.task().getAsInt());
      boolean persistent = !options.persistentOnly() || entry.processes().isEmpty();
      if (ofTask && persistent && !ofNamespace.containsKey(entry.inode())) {
        show(entry);
      }
    }
    return table;
  }

  /** A namespace; before it, in a tree, what it hangs on. */
  private void show(NamespaceEntry entry) {
    if (isNamespaceTree()) {
      Optional<NamespaceEntry> above = related(entry, Tree.OWNER);
      if (options.tree().equals(Optional.of(Tree.PARENT))) {
        above = related(entry, Tree.PARENT).or(() -> related(entry, Tree.OWNER));
      }
      above.filter(a -> !ofNamespace.containsKey(a.inode())).ifPresent(this::show);
    }
    add(entry, entry.first());
  }

  private Optional<NamespaceEntry> related(NamespaceEntry entry, Tree relation) {
    long inode = relation == Tree.PARENT ? entry.facts().parent() : entry.facts().owner();
    return namespaces.get(inode).filter(other -> other != entry);
  }

  Table ofProcessesIn(NamespaceEntry entry) {
    for (ProcessEntry process : entry.processes()) {
      if (!ofProcess.containsKey(process.pid())) {
        show(process, entry);
      }
    }
    return table;
  }

  /** A process; before it, in a tree, those of its ancestors that are in the namespace. */
  private void show(ProcessEntry process, NamespaceEntry entry) {
    List<ProcessEntry> chain = new ArrayList<>(List.of(process));
    if (options.tree().equals(Optional.of(Tree.PROCESS))) {
      Optional<ProcessEntry> above = above(process, entry);
      while (above.isPresent() && !chain.contains(above.get())) {
        chain.add(above.get());
        above = above(above.get(), entry);
      }
    }
    chain.reversed().forEach(shown -> add(entry, Optional.of(shown)));
  }

  private Optional<ProcessEntry> above(ProcessEntry process, NamespaceEntry entry) {
    return Optional.ofNullable(processes.get(process.parent()))
        .filter(parent -> !ofProcess.containsKey(parent.pid()))
        .filter(parent -> parent.isIn(entry.kind(), entry.inode()));
  }

  private void add(NamespaceEntry entry, Optional<ProcessEntry> process) {
    List<String> cells = options.columns().stream().map(c -> cell(c, entry, process)).toList();
    Line line = table.add(options.tree().flatMap(tree -> parent(tree, entry, process)), cells);
    if (isNamespaceTree()) {
      ofNamespace.put(entry.inode(), line);
    } else {
      process.ifPresent(shown -> ofProcess.put(shown.pid(), line));
    }
  }

  private Optional<Line> parent(Tree tree, NamespaceEntry entry, Optional<ProcessEntry> process) {
    return tree == Tree.PROCESS
        ? process.map(ProcessEntry::parent).map(ofProcess::get)
        : related(entry, tree).map(NamespaceEntry::inode).map(ofNamespace::get);
  }

  private String cell(LsnsColumn column, NamespaceEntry entry, Optional<ProcessEntry> process) {
    return switch (column) {
      case NS -> Long.toString(entry.inode());
      case TYPE -> entry.kind().procName();
      case PATH -> process.map(p -> Namespaces.path(p, entry.kind()).toString()).orElse("");
      case NPROCS -> Integer.toString(entry.processes().size());
      case PID -> process.map(p -> Integer.toString(p.pid())).orElse("");
      case PPID -> process.map(p -> Integer.toString(p.parent())).orElse("");
      case COMMAND -> process.map(p -> commands.apply(p.pid())).orElse("");
      case UID -> Long.toString(process.map(ProcessEntry::uid).orElse(entry.facts().ownerUid()));
      case USER ->
          process.map(ProcessEntry::user).orElseGet(() -> users.apply(entry.facts().ownerUid()));
      case NETNSID -> process.isPresent() ? networkId(entry) : "";
      case NSFS ->
          pins.stream()
              .filter(
                  pin -> pin.root().equals(entry.kind().procName() + ":[" + entry.inode() + "]"))
              .map(MountInfo::mountPoint)
              .distinct()
              .collect(Collectors.joining(options.wrapped() ? "\n" : ","));
      case PNS -> Long.toString(entry.facts().parent());
      case ONS -> Long.toString(entry.facts().owner());
    };
  }

  private static String networkId(NamespaceEntry entry) {
    if (entry.kind() != NamespaceKind.NETWORK || entry.facts().networkId().isEmpty()) {
      return "";
    }
    int id = entry.facts().networkId().getAsInt();
    return id == NetworkIds.UNASSIGNED ? "unassigned" : Integer.toString(id);
  }
}
