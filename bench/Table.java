import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints a Markdown table for each view that was measured, from hyperfine's JSON files in a
 * directory, the rounds of one subject taken together. A command is named {@code VIEW|SUBJECT}. Run
 * as {@code java Table.java DIRECTORY}.
 */
void main(String[] arguments) throws IOException {
  var views = new LinkedHashMap<String, Map<String, List<Double>>>();
  for (var file : files(Path.of(arguments[0]))) {
    var json = Files.readString(file);
    var names = only("\"command\": \"([^\"|]*)\\|([^\"]*)\"", json);
    views
        .computeIfAbsent(names.group(1), _ -> new LinkedHashMap<>())
        .computeIfAbsent(names.group(2), _ -> new ArrayList<>())
        .addAll(numbers(only("\"times\": \\[([^\\]]*)\\]", json).group(1)));
  }
  views.forEach(this::print);
}

/** By view, and in a view by round. */
List<Path> files(Path directory) throws IOException {
  try (Stream<Path> files = Files.list(directory)) {
    return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
  }
}

MatchResult only(String pattern, String json) {
  return Pattern.compile(pattern)
      .matcher(json)
      .results()
      .findFirst()
      .orElseThrow(() -> new IllegalArgumentException("hyperfine's JSON has no " + pattern));
}

List<Double> numbers(String text) {
  return Arrays.stream(text.split(",")).map(String::strip).map(Double::valueOf).toList();
}

/** Fastest first. */
void print(String view, Map<String, List<Double>> subjects) {
  subjects.values().forEach(Collections::sort);
  var runc = reference("runc", subjects);
  var floor = reference("the floor", subjects);
  IO.println("With " + view + ":\n");
  IO.println("| Subject | Runs | Median | p95 | Fastest | × runc | × the floor |");
  IO.println("|---|--:|--:|--:|--:|--:|--:|");
  subjects.entrySet().stream()
      .sorted(Map.Entry.comparingByValue((a, b) -> Double.compare(at(a, 0.5), at(b, 0.5))))
      .forEach(subject -> IO.println(row(subject.getKey(), subject.getValue(), runc, floor)));
  IO.println();
}

double reference(String name, Map<String, List<Double>> subjects) {
  return subjects.entrySet().stream()
      .filter(subject -> subject.getKey().startsWith(name))
      .mapToDouble(subject -> at(subject.getValue(), 0.5))
      .findFirst()
      .orElse(Double.NaN);
}

String row(String name, List<Double> seconds, double runc, double floor) {
  return String.format(
      Locale.ROOT,
      "| %s | %d | %.1f ms | %.1f ms | %.1f ms | %s | %s |",
      name,
      seconds.size(),
      1000 * at(seconds, 0.5),
      1000 * at(seconds, 0.95),
      1000 * seconds.getFirst(),
      ratio(at(seconds, 0.5), runc),
      ratio(at(seconds, 0.5), floor));
}

String ratio(double seconds, double reference) {
  return Double.isNaN(reference)
      ? "-"
      : String.format(Locale.ROOT, "%.2f", seconds / reference);
}

/** The nearest rank of sorted samples. */
double at(List<Double> sorted, double quantile) {
  return sorted.get(Math.max(0, (int) Math.ceil(quantile * sorted.size()) - 1));
}
