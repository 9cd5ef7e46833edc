import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of bench/targets.tsv: what a statistic of a subject's samples should be, absolutely or as
 * a multiple of a reference's in the same view.
 */
record Target(
    String row,
    String metric,
    String subject,
    String statistic,
    String relation,
    double limit,
    String unit,
    Optional<String> reference) {

  /** A target in a view, and what came of it. */
  record Verdict(Target target, String view, double measured, double subject, double reference) {
    boolean met() {
      return target.relation().equals("<=")
          ? measured <= target.limit()
          : measured >= target.limit();
    }
  }

  static List<Target> read(Path file) {
    return Samples.lines(file).stream()
        .skip(1)
        .map(words ->
            new Target(
                words[0],
                words[1],
                words[2],
                words[3],
                words[4],
                Double.parseDouble(words[5]),
                words[6],
                Optional.of(words[7]).filter(name -> !name.isEmpty())))
        .toList();
  }

  /** One for each view in which both sides were measured. */
  List<Verdict> verdicts(Samples samples) {
    List<Verdict> verdicts = new ArrayList<>();
    for (String view : samples.views()) {
      List<Samples.Sample> own = samples.of(view, metric, subject);
      List<Samples.Sample> other =
          reference.map(name -> samples.of(view, metric, name)).orElse(List.of());
      if (own.isEmpty() || (reference.isPresent() && other.isEmpty())) {
        continue;
      }
      double value = Statistics.of(statistic, own);
      double divisor = other.isEmpty() ? 1 : Statistics.of(statistic, other);
      verdicts.add(new Verdict(this, view, value / divisor, value, divisor));
    }
    return verdicts;
  }

  /** Such as {@code median of time ≤ 0.35 × runc}. */
  String wording() {
    return String.format(
        Locale.ROOT,
        "%s of %s %s %s%s",
        statistic,
        metric,
        relation.equals("<=") ? "≤" : "≥",
        plain(limit),
        reference.map(name -> " × " + name).orElse(unit.isEmpty() ? "" : " " + unit));
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
