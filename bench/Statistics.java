import java.util.ArrayList;
import java.util.List;

/** Numbers about samples. */
final class Statistics {
  private static final int BUCKETS = 20;

  private Statistics() {}

  static List<Double> sorted(List<Samples.Sample> samples) {
    return samples.stream().map(Samples.Sample::value).sorted().toList();
  }

  /** The nearest rank of sorted values. */
  static double quantile(List<Double> sorted, double quantile) {
    return sorted.get(Math.max(0, (int) Math.ceil(quantile * sorted.size()) - 1));
  }

  static double of(String statistic, List<Samples.Sample> samples) {
    List<Double> sorted = sorted(samples);
    return switch (statistic) {
      case "median" -> quantile(sorted, 0.5);
      case "least" -> sorted.getFirst();
      case "most" -> sorted.getLast();
      case "sum" -> sorted.stream().mapToDouble(Double::doubleValue).sum();
      case "growth" -> growth(samples);
      default -> throw new IllegalArgumentException(statistic + " is no statistic");
    };
  }

  /** The medians of 20 equal parts of the x axis, those that have samples. */
  static List<Samples.Sample> buckets(List<Samples.Sample> samples) {
    double from = samples.stream().mapToDouble(Samples.Sample::x).min().orElse(0);
    double to = samples.stream().mapToDouble(Samples.Sample::x).max().orElse(0);
    double width = Math.max(to - from, 1e-9) / BUCKETS;
    List<Samples.Sample> medians = new ArrayList<>();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      int wanted = bucket;
      List<Samples.Sample> inside =
          samples.stream()
              .filter(
                  sample -> Math.min(BUCKETS - 1, (int) ((sample.x() - from) / width)) == wanted)
              .toList();
      if (!inside.isEmpty()) {
        double middle = from + (bucket + 0.5) * width;
        String unit = inside.getFirst().unit();
        medians.add(new Samples.Sample(middle, quantile(sorted(inside), 0.5), unit));
      }
    }
    return medians;
  }

  /** By least squares over the buckets: the change for each unit of x. */
  static double slope(List<Samples.Sample> samples) {
    List<Samples.Sample> buckets = buckets(samples);
    double x = buckets.stream().mapToDouble(Samples.Sample::x).average().orElse(0);
    double y = buckets.stream().mapToDouble(Samples.Sample::value).average().orElse(0);
    double products = 0;
    double squares = 0;
    for (Samples.Sample bucket : buckets) {
      products += (bucket.x() - x) * (bucket.value() - y);
      squares += (bucket.x() - x) * (bucket.x() - x);
    }
    return squares == 0 ? 0 : products / squares;
  }

  /**
   * By how many per cent of the mean the line of least squares rises from the first to the last.
   */
  private static double growth(List<Samples.Sample> samples) {
    List<Samples.Sample> buckets = buckets(samples);
    double mean = buckets.stream().mapToDouble(Samples.Sample::value).average().orElse(0);
    double length = buckets.getLast().x() - buckets.getFirst().x();
    return mean == 0 ? 0 : 100 * slope(samples) * length / mean;
  }
}
