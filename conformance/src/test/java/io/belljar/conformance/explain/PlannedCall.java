package io.belljar.conformance.explain;

import io.belljar.conformance.Json;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A call that {@code explain --json} promises.
 *
 * @param step the number of the step
 * @param operation the step's name
 * @param text the call as it was written
 * @param optional whether the step may do without it
 * @param repeated whether it may be made more than once
 */
record PlannedCall(
    long step,
    String operation,
    String name,
    String text,
    Pattern arguments,
    boolean optional,
    boolean repeated) {
  private static final Pattern FLAGS = Pattern.compile("[\\w…]+(?:\\|[\\w…]+)+");

  /** The same 32 bits, which strace writes as -1 where they are an id. */
  private static final String ALL_ONES = "4294967295";

  /** strace's remark, a comment with question marks, at a number that has no name. */
  private static final Pattern UNNAMED = Pattern.compile(" /\\* [A-Z_]+\\?\\?\\? \\*/");

  private static final Pattern OPEN = Pattern.compile("<[a-z][^>]*>|…");

  static PlannedCall of(Map<String, Object> step, Map<String, Object> call) {
    String arguments =
        Json.asList(call.get("arguments")).stream()
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    Object occurs = call.getOrDefault("occurs", "once");
    return new PlannedCall(
        (Long) step.get("number"),
        step.get("operation").toString(),
        call.get("name").toString(),
        call.get("name") + "(" + arguments + ")",
        pattern(arguments),
        !occurs.equals("once"),
        occurs.equals("any"));
  }

  /** Descriptors and process ids are known only when the call is made. */
  private static Pattern pattern(String arguments) {
    String ordered = ordered(arguments);
    StringBuilder pattern = new StringBuilder("(?s)");
    Matcher open = OPEN.matcher(ordered);
    int at = 0;
    while (open.find()) {
      pattern.append(Pattern.quote(ordered.substring(at, open.start())));
      pattern.append(
          switch (open.group()) {
            case "…" -> ".*";
            case "<program>" -> "\"[^\"]*\"";
            default -> "-?\\d+";
          });
      at = open.end();
    }
    return Pattern.compile(pattern.append(Pattern.quote(ordered.substring(at))).toString());
  }

  /** Flags in the order of their names: strace and the plan need not agree on that. */
  private static String ordered(String arguments) {
    return FLAGS
        .matcher(
            UNNAMED.matcher(arguments).replaceAll("").replace("0x0)", "0)").replace(ALL_ONES, "-1"))
        .replaceAll(match -> Matcher.quoteReplacement(orderedFlags(match)));
  }

  private static String orderedFlags(MatchResult match) {
    List<String> flags = Arrays.asList(match.group().split("\\|"));
    return flags.stream()
        .sorted(
            Comparator.comparing((String flag) -> !Character.isUpperCase(flag.charAt(0)))
                .thenComparing(Comparator.naturalOrder()))
        .collect(Collectors.joining("|"));
  }

  boolean matches(Trace.Call call) {
    return name.equals(call.name()) && arguments.matcher(ordered(call.arguments())).matches();
  }

  @Override
  public String toString() {
    return "step " + step + " (" + operation + "): " + text + (optional ? " [optional]" : "");
  }
}
