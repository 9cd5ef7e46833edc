package io.belljar.conformance.recovery;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a trace, as strace(1) names it: the Nth call of one name that a process makes.
 *
 * @param name the system call
 * @param ordinal from 1
 */
record CallPoint(String name, int ordinal) {
  private static final Pattern CALL = Pattern.compile("(?m)^(?:(\\d+) +)?(\\w+)\\(");

  /** The places of a trace in its order, each once. */
  static List<CallPoint> of(String trace) {
    Map<String, Integer> counts = new HashMap<>();
    Set<CallPoint> points = new LinkedHashSet<>();
    Matcher call = CALL.matcher(trace);
    while (call.find()) {
      int ordinal = counts.merge(call.group(1) + " " + call.group(2), 1, Integer::sum);
      points.add(new CallPoint(call.group(2), ordinal));
    }
    return List.copyOf(points);
  }

  /** strace's options that kill a process as it enters this call. */
  List<String> kill() {
    return List.of(
        "-o",
        "/dev/null",
        "-e",
        "trace=" + name,
        "-e",
        "inject=" + name + ":signal=SIGKILL:when=" + ordinal);
  }
}
