import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes tables and a plot of the samples that bench/run has left, and nothing else: run as {@code
 * java Report.java RESULTS TARGETS OUTPUT PAGE}. The tables are printed and left in the output
 * directory with the plot; when there are samples of every row that has a target, not only of a
 * try, they replace what is between the two comments of the page, and the plot goes beside it.
 */
void main(String[] arguments) throws IOException {
  Path results = Path.of(arguments[0]);
  List<Target> targets = Target.read(Path.of(arguments[1]));
  Path output = Path.of(arguments[2]);
  Path page = Path.of(arguments[3]);
  Set<String> rows = new LinkedHashSet<>();
  targets.forEach(target -> rows.add(target.row()));
  List<Samples> measured =
      rows.stream()
          .map(results::resolve)
          .filter(directory -> Files.exists(directory.resolve("samples.tsv")))
          .map(Samples::read)
          .toList();

  String tables =
      machine(results)
          + "\n"
          + verdicts(measured, targets)
          + "![All samples of each row](benchmarks.svg)\n\n"
          + rows(measured);
  String plot = new Plot(measured, targets).svg();
  IO.print(tables);
  Files.writeString(output.resolve("benchmarks-tables.md"), tables);
  Files.writeString(output.resolve("benchmarks.svg"), plot);
  // What was only tried is not for the page.
  measured =
      measured.stream().filter(samples -> !"try".equals(samples.about().get("mode"))).toList();
  if (measured.size() == rows.size()) {
    Files.writeString(page, inserted(Files.readString(page), tables));
    Files.writeString(page.resolveSibling("benchmarks.svg"), plot);
  } else {
    measured.forEach(samples -> rows.remove(samples.row()));
    System.err.println(
        "bench: " + page + " is as it was: there are no samples of " + String.join(", ", rows));
  }
}

/** The page with these tables between its two comments. */
String inserted(String page, String tables) {
  String begin = "<!-- results: written by bench/run -->\n";
  String end = "<!-- end of results -->";
  int from = page.indexOf(begin) + begin.length();
  int to = page.indexOf(end);
  if (from < begin.length() || to < from) {
    throw new IllegalArgumentException("the page has no " + begin.strip() + " … " + end);
  }
  return page.substring(0, from) + "\n" + tables + page.substring(to);
}

String machine(Path results) {
  List<String> facts = new ArrayList<>();
  for (String[] words : Samples.lines(results.resolve("machine.tsv"))) {
    facts.add(words[0].equals("state") ? "state on " + words[1] : words[1]);
  }
  return "Measured on: " + String.join("; ", facts) + ".\n";
}

String verdicts(List<Samples> measured, List<Target> targets) {
  StringBuilder text = new StringBuilder();
  text.append("| Row | Target | Measured with | Measured | Verdict | Command |\n");
  text.append("|---|---|---|--:|---|---|\n");
  for (Samples samples : measured) {
    for (Target target : targets) {
      if (target.row().equals(samples.row())) {
        target.verdicts(samples).forEach(verdict -> text.append(line(verdict, samples)));
      }
    }
  }
  return text.append("\n").toString();
}

String line(Target.Verdict verdict, Samples samples) {
  Target target = verdict.target();
  String subject = target.subject().equals("belljar") ? "" : " (" + target.subject() + ")";
  String measured =
      target.reference().isPresent()
          ? String.format(Locale.ROOT, "%.2f", verdict.measured())
          : (number(verdict.measured()) + " " + target.unit()).strip();
  return String.format(
      "| %s | %s | %s | %s | %s | `bench/run%s %s` |%n",
      target.row() + subject,
      target.wording(),
      verdict.view().equals("v2") ? "cgroup2" : "own cgroups",
      measured,
      verdict.met() ? "met" : "**missed**",
      option(samples),
      target.row());
}

/** How bench/run was told how often: {@code full} is how it does without. */
String option(Samples samples) {
  StringBuilder options = new StringBuilder();
  for (String word : samples.about().getOrDefault("mode", "full").split(" ")) {
    options.append(word.equals("full") ? "" : " --" + word);
  }
  return options.toString();
}

String rows(List<Samples> measured) {
  StringBuilder text = new StringBuilder();
  for (Samples samples : measured) {
    text.append("### ").append(samples.row()).append("\n\n");
    List<String> facts = new ArrayList<>();
    samples.about().forEach((key, value) -> facts.add(key + ": " + value));
    text.append(String.join("; ", facts)).append(".\n\n");
    for (String view : samples.views()) {
      text.append("With ").append(Samples.title(view)).append(":\n\n");
      text.append(table(samples, view));
      text.append("```text\n");
      for (Samples.Subject subject : samples.commands(view)) {
        text.append(subject.name()).append(": ").append(subject.command()).append("\n");
      }
      text.append("```\n\n");
    }
  }
  return text.toString();
}

/** A line for each subject and metric, and its ratios to those that somebody is compared with. */
String table(Samples samples, String view) {
  List<String> references = new ArrayList<>(List.of("runc", "crun", "floor", "hello"));
  references.removeIf(
      name -> samples.subjects(view).stream().noneMatch(subject -> subject.name().equals(name)));
  StringBuilder text = new StringBuilder("| Subject | Of | Samples | Median | p5 | p95 |");
  String x = samples.about().getOrDefault("x", "");
  text.append(x.isEmpty() ? "" : " Growth |");
  references.forEach(name -> text.append(" × ").append(name).append(" |"));
  text.append("\n|---|---|--:|--:|--:|--:|");
  text.append("--:|".repeat(references.size() + (x.isEmpty() ? 0 : 1)));
  text.append("\n");
  for (String metric : samples.metrics()) {
    for (Samples.Subject subject : samples.subjects(view)) {
      List<Samples.Sample> own = samples.of(view, metric, subject.name());
      if (!own.isEmpty()) {
        text.append(line(subject.title(), metric, own));
        text.append(x.isEmpty() ? "" : " " + growth(own, x) + " |");
        for (String name : references) {
          List<Samples.Sample> other = samples.of(view, metric, name);
          text.append(other.isEmpty() ? " |" : " " + ratio(own, other) + " |");
        }
        text.append("\n");
      }
    }
  }
  return text.append("\n").toString();
}

String line(String title, String metric, List<Samples.Sample> samples) {
  List<Double> sorted = Statistics.sorted(samples);
  String unit = samples.getFirst().unit();
  String after = unit.isEmpty() ? "" : " " + unit;
  return String.format(
      Locale.ROOT,
      "| %s | %s | %d | %s | %s | %s |",
      title,
      metric,
      sorted.size(),
      number(Statistics.quantile(sorted, 0.5)) + after,
      number(Statistics.quantile(sorted, 0.05)) + after,
      number(Statistics.quantile(sorted, 0.95)) + after);
}

/** How much the line of least squares rises, and in how many x: seconds, or containers. */
String growth(List<Samples.Sample> samples, String x) {
  if (samples.size() < 3) {
    return "";
  }
  double length =
      samples.stream().mapToDouble(Samples.Sample::x).max().orElse(0)
          - samples.stream().mapToDouble(Samples.Sample::x).min().orElse(0);
  String unit = samples.getFirst().unit().isEmpty() ? "" : " " + samples.getFirst().unit();
  return String.format(
      Locale.ROOT, "%+.1f%s in %.0f %s", Statistics.slope(samples) * length, unit, length, x);
}

String ratio(List<Samples.Sample> own, List<Samples.Sample> other) {
  double divisor = Statistics.of("median", other);
  return divisor == 0
      ? ""
      : String.format(Locale.ROOT, "%.2f", Statistics.of("median", own) / divisor);
}

String number(double value) {
  return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.1f" : "%.0f", value);
}
