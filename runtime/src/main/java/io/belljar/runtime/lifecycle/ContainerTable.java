package io.belljar.runtime.lifecycle;

import io.belljar.linux.text.TerminalText;
import io.belljar.spec.state.ContainerState;
import io.belljar.spec.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Containers as a table, as runc writes it (Go's text/tabwriter with a least width of 12 and a
 * padding of 3): columns are as wide as their widest cell, the last one ends with its text.
 */
final class ContainerTable {
  private static final int LEAST_WIDTH = 12;
  private static final int PADDING = 3;
  private static final List<String> HEADER =
      List.of("ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER");

  private ContainerTable() {}

  static String text(List<ContainerState> containers) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    for (ContainerState container : containers) {
      rows.add(
          List.of(
              container.id(),
              Integer.toString(container.pid()),
              container.status().word(),
              TerminalText.printable(container.bundle()),
              StateWriter.timestamp(container.created()),
              TerminalText.printable(container.owner())));
    }
    int[] widths = IntStream.range(0, HEADER.size()).map(column -> width(rows, column)).toArray();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size() - 1; column++) {
        text.append(row.get(column));
        text.repeat(' ', widths[column] - length(row.get(column)));
      }
      text.append(row.getLast()).append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> rows, int column) {
    int widest = rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    return Math.max(LEAST_WIDTH, widest + PADDING);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
