package io.belljar.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The calls of a step as lines for people: runs of almost the same call are told as one. */
final class CallLines {
  /** Fewer calls than this are each worth a line. */
  private static final int RUN = 4;

  private CallLines() {}

  /** The lines; a comment that would make one longer than {@code width} gets its own. */
  static List<String> of(List<SystemCall> calls, int width) {
    List<String> lines = new ArrayList<>();
    int at = 0;
    while (at < calls.size()) {
      int end = runEnd(calls, at);
      if (end - at >= RUN) {
        add(lines, run(calls.subList(at, end)), calls.get(at).condition(), width);
        at = end;
      } else {
        add(lines, calls.get(at).toString(), calls.get(at).condition(), width);
        at++;
      }
    }
    return lines;
  }

  private static void add(List<String> lines, String call, String condition, int width) {
    String comment = condition.isEmpty() ? "" : "/* " + condition + " */";
    if (call.length() + 2 + comment.length() <= width || comment.isEmpty()) {
      lines.add((call + "  " + comment).stripTrailing());
    } else {
      lines.add(call);
      lines.add("    " + comment);
    }
  }

  /** Where the calls end that differ from the one at {@code start} in the same one argument. */
  private static int runEnd(List<SystemCall> calls, int start) {
    if (start + 1 == calls.size()) {
      return start + 1;
    }
    int varies = difference(calls.get(start), calls.get(start + 1));
    int end = start + 1;
    while (varies >= 0
        && end < calls.size()
        && difference(calls.get(start), calls.get(end)) == varies) {
      end++;
    }
    return end;
  }

  /** The only argument in which two calls of the same condition differ; -1 when it is not one. */
  private static int difference(SystemCall a, SystemCall b) {
    if (!a.name().equals(b.name())
        || !a.condition().equals(b.condition())
        || !a.result().equals(b.result())
        || a.arguments().size() != b.arguments().size()) {
      return -1;
    }
    int difference = -1;
    for (int i = 0; i < a.arguments().size(); i++) {
      if (!a.arguments().get(i).equals(b.arguments().get(i))) {
        if (difference >= 0) {
          return -1;
        }
        difference = i;
      }
    }
    return difference;
  }

  private static String run(List<SystemCall> calls) {
    int varies = difference(calls.get(0), calls.get(1));
    String others =
        calls.stream()
            .skip(1)
            .map(call -> call.arguments().get(varies))
            .collect(Collectors.joining(", "));
    return calls.getFirst() + ", and so for " + others;
  }
}
