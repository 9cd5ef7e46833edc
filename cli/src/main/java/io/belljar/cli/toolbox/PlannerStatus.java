package io.belljar.cli.toolbox;

import io.belljar.planner.Residency;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What {@code belljar planner status} shows.
 *
 * @param pid its process
 * @param report what the planner says of itself
 * @param memory how many bytes of it are in memory
 * @param cached whether its classes come from the distribution's ahead-of-time cache
 */
record PlannerStatus(long pid, Residency.Report report, long memory, boolean cached) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  /** Of this process, which is the planner. */
  static PlannerStatus of(Residency.Report report) {
    return new PlannerStatus(ProcessHandle.current().pid(), report, residentBytes(), isCached());
  }

  private static long residentBytes() {
    return lines("/proc/self/status").stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElse(0);
  }

  /** The JVM maps the cache that it uses, and none that it rejects. */
  private static boolean isCached() {
    return lines("/proc/self/maps").stream().anyMatch(line -> line.endsWith("/belljar.aot"));
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String distribution() {
    return report.home().map(Path::toString).orElse("");
  }

  /** Unless somebody asks before. */
  private Instant end() {
    return Instant.now().plus(report.idle()).truncatedTo(ChronoUnit.SECONDS);
  }

  private Instant since() {
    return report.since().truncatedTo(ChronoUnit.SECONDS);
  }

  String text() {
    return """
    pid           %d
    since         %s
    requests      %d, %d under way
    memory        %d MiB
    distribution  %s
    socket        %s
    AOT cache     %s
    idle end      %s, unless a command comes before
    """
        .formatted(
            pid,
            TIME.format(since()),
            report.requests(),
            report.underWay(),
            memory >> 20,
            distribution(),
            report.socket(),
            cached ? "in use" : "not in use",
            TIME.format(end()));
  }

  String json() {
    Duration idle = report.idle();
    JsonObject document =
        JsonObject.builder()
            .put("pid", pid)
            .put("since", since().toString())
            .put("requests", report.requests())
            .put("underWay", report.underWay())
            .put("memoryBytes", memory)
            .put("distribution", distribution())
            .put("socket", report.socket().toString())
            .put("aotCache", cached)
            .put("idleSeconds", idle.toSeconds())
            .put("idleEnd", end().toString())
            .build();
    return JsonWriter.write(document, JsonWriter.Layout.TWO_SPACES) + "\n";
  }
}
