import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Every sample of every metric that has a target, as SVG. A panel has a lane for each subject: a
 * dot for each sample, a box from the first to the third quartile, a line at the median; the axis
 * is logarithmic, so that equal distances are equal ratios. What is looked at over time has its x
 * axis instead, and the line of least squares.
 */
final class Plot {
  private static final int WIDTH = 980;
  private static final int LEFT = 290;
  private static final int RIGHT = 90;
  private static final int LANE = 24;
  private static final int SERIES_HEIGHT = 130;
  private static final double SMALLEST = 0.001;
  private static final Map<String, String> COLOURS =
      Map.of(
          "belljar",
          "#c2410c",
          "first-run",
          "#c2410c",
          "first-list",
          "#c2410c",
          "library",
          "#c2410c",
          "monitor",
          "#c2410c",
          "floor",
          "#15803d",
          "runc",
          "#1d4ed8",
          "crun",
          "#7e22ce");
  private static final String OTHERS = "#52525b";

  private final List<Samples> measured;
  private final List<Target> targets;
  private final StringBuilder text = new StringBuilder();
  private int y = 30;

  Plot(List<Samples> measured, List<Target> targets) {
    this.measured = measured;
    this.targets = targets;
  }

  String svg() {
    for (Samples samples : measured) {
      for (String metric : metrics(samples)) {
        if (samples.about().containsKey("x") && !metric.equals("idle")) {
          samples.views().forEach(view -> series(samples, view, metric));
        } else {
          samples.views().forEach(view -> lanes(samples, view, metric));
        }
      }
    }
    return String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
            <rect width="100%%" height="100%%" fill="#ffffff"/>
            """,
            WIDTH,
            y)
        + text
        + "</svg>\n";
  }

  /** Those with a target, but not the counts of what should not happen. */
  private Set<String> metrics(Samples samples) {
    Set<String> metrics = new LinkedHashSet<>();
    targets.stream()
        .filter(target -> target.row().equals(samples.row()))
        .filter(target -> !target.statistic().equals("sum") && !target.statistic().equals("least"))
        .forEach(target -> metrics.add(target.metric()));
    return metrics;
  }

  // --- distributions ----------------------------------------------------------------------------

  private void lanes(Samples samples, String view, String metric) {
    Map<Samples.Subject, List<Double>> lanes = new LinkedHashMap<>();
    String unit = "";
    for (Samples.Subject subject : samples.subjects(view)) {
      List<Samples.Sample> own = samples.of(view, metric, subject.name());
      if (!own.isEmpty()) {
        lanes.put(subject, Statistics.sorted(own));
        unit = own.getFirst().unit();
      }
    }
    if (lanes.isEmpty()) {
      return;
    }
    title(samples, view, metric, unit);
    double least = lanes.values().stream().mapToDouble(List::getFirst).min().orElse(1);
    double most = lanes.values().stream().mapToDouble(List::getLast).max().orElse(1);
    Axis axis = Axis.logarithmic(Math.max(least, SMALLEST), Math.max(most, SMALLEST));
    int bottom = y + LANE * lanes.size();
    for (double tick : axis.ticks()) {
      line(axis.at(tick), y - 4, axis.at(tick), bottom, "#e4e4e7", 1);
      label(axis.at(tick), bottom + 13, "middle", "#71717a", plain(tick));
    }
    lanes.forEach((subject, sorted) -> {
      lane(subject, sorted, axis);
      y += LANE;
    });
    y = bottom + 50;
  }

  private void lane(Samples.Subject subject, List<Double> sorted, Axis axis) {
    String colour = COLOURS.getOrDefault(subject.name(), OTHERS);
    int middle = y + LANE / 2;
    label(LEFT - 12, middle + 4, "end", "#18181b", subject.title());
    // Always the same, so that a page that is rendered again does not change.
    Random random = new Random(sorted.size());
    for (double value : sorted) {
      double off = (random.nextDouble() - 0.5) * (LANE - 10);
      put(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"1.8\" fill=\"%s\" fill-opacity=\"0.35\"/>",
          axis.at(value), middle + off, colour);
    }
    double from = axis.at(Statistics.quantile(sorted, 0.25));
    double to = axis.at(Statistics.quantile(sorted, 0.75));
    double median = Statistics.quantile(sorted, 0.5);
    put(
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"none\" stroke=\"%s\"/>",
        from, middle - 7, Math.max(to - from, 0.5), 14, colour);
    line(axis.at(median), middle - 9, axis.at(median), middle + 9, colour, 3);
    label(WIDTH - RIGHT + 14, middle + 4, "start", colour, number(median));
  }

  // --- series -----------------------------------------------------------------------------------

  private void series(Samples samples, String view, String metric) {
    for (Samples.Subject subject : samples.subjects(view)) {
      List<Samples.Sample> own = samples.of(view, metric, subject.name());
      if (!own.isEmpty()) {
        title(samples, view, metric, own.getFirst().unit());
        series(subject, own, samples.about().get("x"));
      }
    }
  }

  private void series(Samples.Subject subject, List<Samples.Sample> samples, String x) {
    String colour = COLOURS.getOrDefault(subject.name(), OTHERS);
    List<Double> sorted = Statistics.sorted(samples);
    double last = samples.stream().mapToDouble(Samples.Sample::x).max().orElse(1);
    Axis across = Axis.linear(0, Math.max(last, 1), LEFT, WIDTH - RIGHT);
    // A few outliers would make all the others a flat line.
    double top = Statistics.quantile(sorted, 0.99) * 1.15;
    Axis up = Axis.linear(0, Math.max(top, 1), y + SERIES_HEIGHT, y);
    for (double tick : up.ticks()) {
      line(LEFT, up.at(tick), WIDTH - RIGHT, up.at(tick), "#e4e4e7", 1);
      label(LEFT - 8, up.at(tick) + 4, "end", "#71717a", plain(tick));
    }
    for (double tick : across.ticks()) {
      label(across.at(tick), y + SERIES_HEIGHT + 15, "middle", "#71717a", plain(tick));
    }
    label(WIDTH - RIGHT + 14, y + SERIES_HEIGHT + 15, "start", "#71717a", x);
    // Of very many, as many as can be told apart.
    int step = Math.max(1, samples.size() / 3000);
    for (int i = 0; i < samples.size(); i += step) {
      Samples.Sample sample = samples.get(i);
      put(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"1.5\" fill=\"%s\" fill-opacity=\"0.3\"/>",
          across.at(sample.x()), up.at(Math.min(sample.value(), top)), colour);
    }
    List<Samples.Sample> buckets = Statistics.buckets(samples);
    double middle = buckets.stream().mapToDouble(Samples.Sample::x).average().orElse(0);
    double mean = buckets.stream().mapToDouble(Samples.Sample::value).average().orElse(0);
    double slope = Statistics.slope(samples);
    double first = buckets.getFirst().x();
    double end = buckets.getLast().x();
    line(
        across.at(first),
        up.at(mean + slope * (first - middle)),
        across.at(end),
        up.at(mean + slope * (end - middle)),
        "#18181b",
        2);
    label(LEFT - 60, y + 14, "end", "#18181b", subject.title());
    label(WIDTH - RIGHT + 14, y + 14, "start", colour, number(Statistics.quantile(sorted, 0.5)));
    y += SERIES_HEIGHT + 50;
  }

  // --- the parts of a panel ---------------------------------------------------------------------

  private void title(Samples samples, String view, String metric, String unit) {
    String words = samples.row() + ": " + metric + (unit.isEmpty() ? "" : ", " + unit);
    put(
        "<text x=\"20\" y=\"%d\" font-size=\"15\" font-weight=\"bold\" fill=\"#18181b\">%s</text>",
        y, escaped(words));
    label(WIDTH - RIGHT, y, "end", "#71717a", "with " + Samples.title(view));
    label(WIDTH - RIGHT + 14, y, "start", "#71717a", "median");
    y += 18;
  }

  private void label(double x, double at, String anchor, String colour, String words) {
    put(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
        x, at, anchor, colour, escaped(words));
  }

  private void line(double x, double from, double to, double end, String colour, int width) {
    put(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>",
        x, from, to, end, colour, width);
  }

  private void put(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append("\n");
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.1f" : "%.0f", value);
  }

  private static String plain(double tick) {
    return tick == Math.rint(tick) ? Long.toString((long) tick) : Double.toString(tick);
  }

  /** From values to places on the page. */
  private record Axis(double least, double most, double from, double to, boolean isLogarithmic) {
    static Axis logarithmic(double least, double most) {
      // Some room at both ends, and at least a factor of two in all.
      double room = most / least < 1.5 ? 1.4 : 1.08;
      return new Axis(least / room, most * room, LEFT, WIDTH - RIGHT, true);
    }

    static Axis linear(double least, double most, double from, double to) {
      return new Axis(least, most, from, to, false);
    }

    double at(double value) {
      double part =
          isLogarithmic
              ? Math.log(Math.max(value, SMALLEST) / least) / Math.log(most / least)
              : (value - least) / (most - least);
      return from + part * (to - from);
    }

    /** Round numbers, as many as there is room for. */
    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      double step = Math.pow(10, Math.floor(Math.log10((most - least) / 2)));
      if (!isLogarithmic) {
        double size = (most - least) / step > 5 ? step * 5 : step;
        for (int i = 0; least + i * size <= most; i++) {
          ticks.add(least + i * size);
        }
        return ticks;
      }
      for (double decade = SMALLEST; decade <= most; decade *= 10) {
        for (int digit : digits()) {
          double tick = Double.parseDouble(String.format(Locale.ROOT, "%.3g", decade * digit));
          if (tick >= least && tick <= most) {
            ticks.add(tick);
          }
        }
      }
      return ticks;
    }

    private int[] digits() {
      if (most / least > 300) {
        return new int[] {1};
      }
      return most / least > 6 ? new int[] {1, 2, 5} : new int[] {1, 2, 3, 4, 5, 6, 8};
    }
  }
}
