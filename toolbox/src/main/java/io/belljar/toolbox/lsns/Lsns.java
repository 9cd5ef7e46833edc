package io.belljar.toolbox.lsns;

import io.belljar.linux.namespace.NetworkIds;
import io.belljar.linux.proc.MountInfo;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.text.TerminalText;
import io.belljar.plan.WireText;
import io.belljar.toolbox.lsns.LsnsOptions.Tree;
import io.belljar.toolbox.table.HumanTable;
import io.belljar.toolbox.table.JsonTable;
import io.belljar.toolbox.table.RawTable;
import io.belljar.toolbox.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code lsns}: looks, and writes what it found. */
public final class Lsns {
  /** As much of a command line as lsns(8) reads. */
  private static final int COMMAND_BYTES = 8192;

  private Lsns() {}

  /**
   * The namespaces that the caller can see, as text.
   *
   * @param users from a uid to the user's name, for namespaces without processes
   * @param unicode whether the output may have more than ASCII
   * @param terminal how many cells a line may have; 0: any number
   * @throws LsnsException when the one that was asked for is not there
   */
  public static String text(
      LsnsOptions options, Function<Long, String> users, boolean unicode, int terminal) {
    Table table = table(options, users);
    return switch (options.format()) {
      case JSON -> JsonTable.text(table, "namespaces");
      case RAW -> RawTable.text(table, unicode, options.headings());
      case HUMAN -> HumanTable.text(table, new TerminalText(unicode), options.headings(), terminal);
    };
  }

  private static Table table(LsnsOptions options, Function<Long, String> users) {
    List<ProcessEntry> processes = ProcessReader.host(options.kinds()).all();
    List<MountInfo> pins =
        ProcFs.host().mounts().all().stream().filter(m -> m.type().equals("nsfs")).toList();
    boolean related = options.tree().filter(tree -> tree != Tree.PROCESS).isPresent();
    Namespaces namespaces;
    if (options.columns().contains(LsnsColumn.NETNSID)) {
      try (NetworkIds ids = NetworkIds.open()) {
        namespaces = Namespaces.find(processes, pins, options.kinds(), related, Optional.of(ids));
      }
    } else {
      namespaces = Namespaces.find(processes, pins, options.kinds(), related, Optional.empty());
    }
    var table = new NamespaceTable(options, namespaces, processes, pins, Lsns::command, users);
    if (options.namespace().isEmpty()) {
      return table.ofNamespaces();
    }
    long wanted = options.namespace().getAsLong();
    return table.ofProcessesIn(
        namespaces
            .get(wanted)
            .orElseThrow(
                () -> new LsnsException("not found namespace: " + Long.toUnsignedString(wanted))));
  }

  /** The arguments with spaces between them; of a kernel thread its name; empty when it ended. */
  private static String command(int pid) {
    return first(Path.of("/proc/" + pid + "/cmdline"))
        .or(() -> first(Path.of("/proc/" + pid + "/comm")))
        .orElse("");
  }

  private static Optional<String> first(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(COMMAND_BYTES);
      if (bytes.length == 0) {
        return Optional.empty();
      }
      byte[] text = new byte[bytes.length - 1]; // the last one is a NUL, or comm's line feed
      for (int i = 0; i < text.length; i++) {
        text[i] = bytes[i] == 0 ? (byte) ' ' : bytes[i];
      }
      return Optional.of(WireText.decode(text));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
