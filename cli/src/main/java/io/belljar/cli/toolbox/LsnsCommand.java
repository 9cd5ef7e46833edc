package io.belljar.cli.toolbox;

import io.belljar.cli.Ending;
import io.belljar.cli.getopt.Syntax;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.people.PeopleVerb;
import io.belljar.linux.NamespaceKind;
import io.belljar.toolbox.lsns.Lsns;
import io.belljar.toolbox.lsns.LsnsColumn;
import io.belljar.toolbox.lsns.LsnsException;
import io.belljar.toolbox.lsns.LsnsOptions;
import io.belljar.toolbox.lsns.LsnsOptions.Format;
import io.belljar.toolbox.lsns.LsnsOptions.Tree;
import io.belljar.toolbox.user.UserNames;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar lsns}, with the options of lsns(8). */
@Command(name = "lsns", description = "List namespaces.")
public final class LsnsCommand extends PeopleVerb {
  @Option(
      names = {"-J", "--json"},
      description = "As JSON.")
  boolean json;

  @Option(
      names = {"-l", "--list"},
      description = "As a list instead of a tree of processes.")
  boolean list;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "[+]COLUMN,...",
      description = "These columns; with +, after the usual ones. --list-columns names them.")
  String output;

  @Option(names = "--output-all", description = "All columns.")
  boolean outputAll;

  @Option(
      names = {"-P", "--persistent"},
      description = "Only namespaces without processes.")
  boolean persistent;

  @Option(
      names = {"-p", "--task"},
      paramLabel = "PID",
      description = "Only the namespaces of this process.")
  String task;

  @Option(
      names = {"-r", "--raw"},
      description = "For scripts: single spaces, nothing aligned.")
  boolean raw;

  @Option(
      names = {"-u", "--notruncate"},
      description = "Do not cut commands off.")
  boolean noTruncate;

  @Option(
      names = {"-n", "--noheadings"},
      description = "Without the columns' names.")
  boolean noHeadings;

  @Option(
      names = {"-W", "--nowrap"},
      description = "All mounts of a namespace on one line.")
  boolean noWrap;

  @Option(
      names = {"-t", "--type"},
      paramLabel = "KIND",
      description =
          "Only this kind, again for more: mnt, net, ipc, user, pid, uts, cgroup or time.")
  List<String> types = new ArrayList<>();

  @Option(
      names = {"-T", "--tree"},
      arity = "0..1",
      fallbackValue = "owner",
      paramLabel = "RELATION",
      description = "A tree by owner (the default), parent or process.")
  String tree;

  @Option(
      names = {"-H", "--list-columns"},
      description = "Name the columns.")
  boolean listColumns;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAMESPACE",
      description = "The number of a namespace: list the processes in it.")
  List<String> operands = new ArrayList<>();

  @Override
  public Ending run(PeopleContext context) {
    var caller = context.caller();
    if (listColumns) {
      for (LsnsColumn column : LsnsColumn.values()) {
        caller.print("%11s  %s\n".formatted(column.name(), column.description()));
      }
      return Ending.SUCCESS;
    }
    CallerDisplay display = CallerDisplay.of(caller.request());
    UserNames users = UserNames.ofHost();
    caller.print(Lsns.text(options(), users::name, display.unicode(), display.columns()));
    return Ending.SUCCESS;
  }

  @Override
  protected String speaker() {
    return "lsns";
  }

  @Override
  protected int failureCode() {
    return 1;
  }

  @Override
  protected Syntax syntax() {
    return Syntax.GETOPT_ANYWHERE;
  }

  private LsnsOptions options() {
    if (json && raw) {
      throw new LsnsException("mutually exclusive arguments: --json --raw");
    }
    OptionalInt pid = pid();
    OptionalLong namespace = namespace();
    if (pid.isPresent() && namespace.isPresent()) {
      throw new LsnsException("--task is mutually exclusive with <namespace>");
    }
    Set<NamespaceKind> kinds = kinds();
    return new LsnsOptions(
        kinds.isEmpty() ? EnumSet.allOf(NamespaceKind.class) : kinds,
        pid,
        namespace,
        persistent,
        columns(usual(kinds, namespace)),
        tree(namespace),
        json ? Format.JSON : raw ? Format.RAW : Format.HUMAN,
        !noHeadings,
        !noTruncate,
        !noWrap && !raw);
  }

  private Set<NamespaceKind> kinds() {
    Set<NamespaceKind> kinds = EnumSet.noneOf(NamespaceKind.class);
    for (String type : types) {
      kinds.add(
          NamespaceKind.ofProcName(type)
              .orElseThrow(() -> new LsnsException("unknown namespace type: " + type)));
    }
    return kinds;
  }

  private OptionalInt pid() {
    if (task == null) {
      return OptionalInt.empty();
    }
    long pid = number(task, "invalid PID argument", Integer.MIN_VALUE, Integer.MAX_VALUE);
    return pid == 0 ? OptionalInt.empty() : OptionalInt.of((int) pid);
  }

  private OptionalLong namespace() {
    if (operands.isEmpty()) {
      return OptionalLong.empty();
    }
    long inode = number(operands.getFirst(), "invalid namespace argument", 0, Long.MAX_VALUE);
    return inode == 0 ? OptionalLong.empty() : OptionalLong.of(inode);
  }

  private static long number(String text, String problem, long least, long most) {
    String refusal = problem + ": '" + text + "'";
    if (!text.matches("\\s*[+-]?[0-9]+")) {
      throw new LsnsException(refusal);
    }
    try {
      long number = Long.parseLong(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Too large for any number.
    }
    throw new LsnsException(refusal + ": Numerical result out of range");
  }

  private List<LsnsColumn> usual(Set<NamespaceKind> kinds, OptionalLong namespace) {
    if (outputAll) {
      return List.of(LsnsColumn.values());
    }
    if (namespace.isPresent()) {
      return List.of(LsnsColumn.PID, LsnsColumn.PPID, LsnsColumn.USER, LsnsColumn.COMMAND);
    }
    List<LsnsColumn> columns = new ArrayList<>();
    columns.addAll(
        List.of(
            LsnsColumn.NS, LsnsColumn.TYPE, LsnsColumn.NPROCS, LsnsColumn.PID, LsnsColumn.USER));
    if (kinds.contains(NamespaceKind.NETWORK)) {
      columns.addAll(List.of(LsnsColumn.NETNSID, LsnsColumn.NSFS));
    }
    columns.add(LsnsColumn.COMMAND);
    return columns;
  }

  private List<LsnsColumn> columns(List<LsnsColumn> usual) {
    if (output == null) {
      return usual;
    }
    boolean more = output.startsWith("+");
    List<LsnsColumn> columns = new ArrayList<>(more ? usual : List.of());
    for (String name : (more ? output.substring(1) : output).split(",")) {
      columns.add(
          LsnsColumn.of(name).orElseThrow(() -> new LsnsException("unknown column: " + name)));
    }
    return columns;
  }

  private Optional<Tree> tree(OptionalLong namespace) {
    if (tree == null) {
      boolean usual = !list && (!outputAll || namespace.isPresent());
      return usual ? Optional.of(Tree.PROCESS) : Optional.empty();
    }
    return switch (tree.startsWith("=") ? tree.substring(1) : tree) {
      case "owner" -> Optional.of(Tree.OWNER);
      case "parent" -> Optional.of(Tree.PARENT);
      case "process" -> Optional.of(Tree.PROCESS);
      default -> throw new LsnsException("unknown tree type: " + tree.replaceFirst("^=", ""));
    };
  }
}
