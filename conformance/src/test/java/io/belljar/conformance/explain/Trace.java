package io.belljar.conformance.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The output of {@code strace -f -o FILE}: the calls of each process, in order. */
final class Trace {
  private static final Pattern LINE = Pattern.compile("(\\d+) +(\\w+)\\((.*)");
  private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)");
  private static final Pattern END = Pattern.compile("(?s)(.*)\\) += (-?\\d+|\\?|0x[0-9a-f]+).*");
  private static final String UNFINISHED = "<unfinished ...>";

  /**
   * A call as it was made.
   *
   * @param result what it returned; empty when it did not return
   */
  record Call(String name, String arguments, String result) {
    @Override
    public String toString() {
      return name + "(" + arguments + ") = " + result;
    }
  }

  private final Map<Long, List<Call>> calls = new LinkedHashMap<>();
  private final Map<Long, String> begun = new LinkedHashMap<>();

  private Trace() {}

  static Trace parse(List<String> lines) {
    Trace trace = new Trace();
    lines.forEach(trace::line);
    trace.begun.forEach((pid, text) -> trace.add(pid, text));
    return trace;
  }

  private void line(String line) {
    Matcher resumed = RESUMED.matcher(line);
    if (resumed.matches()) {
      long pid = Long.parseLong(resumed.group(1));
      String first = begun.remove(pid);
      String begin = first == null ? resumed.group(2) + "(" : first;
      add(pid, begin + (begin.endsWith(",") ? " " : "") + resumed.group(3));
      return;
    }
    Matcher whole = LINE.matcher(line);
    if (!whole.matches()) {
      return; // a signal, or an exit
    }
    long pid = Long.parseLong(whole.group(1));
    String text = whole.group(2) + "(" + whole.group(3);
    if (text.endsWith(UNFINISHED)) {
      begun.put(pid, text.substring(0, text.length() - UNFINISHED.length()).strip());
    } else {
      add(pid, text);
    }
  }

  private void add(long pid, String text) {
    int open = text.indexOf('(');
    String rest = text.substring(open + 1);
    Matcher end = END.matcher(rest);
    boolean returned = end.matches();
    calls
        .computeIfAbsent(pid, _ -> new ArrayList<>())
        .add(
            new Call(
                text.substring(0, open),
                (returned ? end.group(1) : rest).strip(),
                returned ? end.group(2) : ""));
  }

  /** The processes, in the order of their first calls; the first is the one that was traced. */
  List<Long> processes() {
    return List.copyOf(calls.keySet());
  }

  /** The calls of one. */
  List<Call> of(long pid) {
    return calls.getOrDefault(pid, List.of());
  }
}
