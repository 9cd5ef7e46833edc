package io.belljar.cli.container;

import io.belljar.linux.proc.ProcessResources;
import io.belljar.linux.proc.ProcessStat;
import io.belljar.linux.proc.ProcessStatus;
import io.belljar.linux.text.TerminalText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A column of {@code top}, as ps(1) has it.
 *
 * @param heading above it
 * @param text its cell; control characters of a process's texts are escapes
 */
record ProcessColumn(String heading, Function<Row, String> text) {
  private static final long TICKS = 100; // USER_HZ on every architecture that there is a build for
  private static final long PAGE = 4096;

  /**
   * A process.
   *
   * @param user its name on the host, or its number
   * @param memory bytes of the machine
   */
  record Row(
      ProcessStat stat,
      ProcessStatus status,
      ProcessResources resources,
      List<String> arguments,
      String user,
      Instant boot,
      Instant now,
      long memory) {
    Instant started() {
      return boot.plusMillis(stat.startTime() * 1000 / TICKS);
    }

    double seconds() {
      return (double) resources.ticks() / TICKS;
    }

    String command() {
      return arguments.isEmpty() ? "[" + stat.command() + "]" : String.join(" ", arguments);
    }
  }

  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter EARLIER =
      DateTimeFormatter.ofPattern("MMMdd", Locale.ROOT);

  /** By the names of ps -o. */
  static final Map<String, ProcessColumn> ALL = all();

  /** {@code ps -ef}. */
  static final List<ProcessColumn> FULL =
      List.of(
          of("UID", Row::user),
          ALL.get("pid"),
          ALL.get("ppid"),
          of("C", row -> Long.toString(Math.round(busy(row)))),
          ALL.get("stime"),
          ALL.get("tty"),
          ALL.get("time"),
          of("CMD", Row::command));

  /** {@code ps aux}. */
  static final List<ProcessColumn> USERS =
      List.of(
          ALL.get("user"),
          ALL.get("pid"),
          ALL.get("pcpu"),
          ALL.get("pmem"),
          ALL.get("vsz"),
          ALL.get("rss"),
          ALL.get("tty"),
          ALL.get("stat"),
          of("START", ProcessColumn::start),
          of("TIME", row -> minutes((long) row.seconds())),
          of("COMMAND", Row::command));

  private static ProcessColumn of(String heading, Function<Row, String> text) {
    return new ProcessColumn(heading, row -> TerminalText.printable(text.apply(row)));
  }

  private static Map<String, ProcessColumn> all() {
    Map<String, ProcessColumn> all = new LinkedHashMap<>();
    all.put("pid", of("PID", row -> Integer.toString(row.stat().pid())));
    all.put("ppid", of("PPID", row -> Integer.toString(row.stat().parent())));
    all.put("pgid", of("PGID", row -> Integer.toString(row.stat().processGroup())));
    all.put("sid", of("SID", row -> Integer.toString(row.stat().session())));
    all.put("user", of("USER", Row::user));
    all.put("uid", of("UID", row -> Long.toString(row.status().uids().get(1))));
    all.put("gid", of("GID", row -> Long.toString(row.status().gids().get(1))));
    all.put("comm", of("COMMAND", row -> row.stat().command()));
    all.put("args", of("COMMAND", Row::command));
    all.put("cmd", of("CMD", Row::command));
    all.put("command", of("COMMAND", Row::command));
    all.put("stat", of("STAT", row -> Character.toString(row.stat().state())));
    all.put("s", of("S", row -> Character.toString(row.stat().state())));
    all.put("tty", of("TTY", row -> terminal(row.stat().terminal())));
    all.put("time", of("TIME", row -> hours((long) row.seconds())));
    all.put("etime", of("ELAPSED", row -> elapsed(row)));
    all.put("stime", of("STIME", ProcessColumn::start));
    all.put("pcpu", of("%CPU", row -> tenths(busy(row))));
    all.put(
        "pmem",
        of("%MEM", row -> tenths(100.0 * row.resources().residentPages() * PAGE / row.memory())));
    all.put("rss", of("RSS", row -> Long.toString(row.resources().residentPages() * PAGE / 1024)));
    all.put("vsz", of("VSZ", row -> Long.toString(row.resources().virtualBytes() / 1024)));
    all.put("nlwp", of("NLWP", row -> Long.toString(row.resources().threads())));
    all.put("ni", of("NI", row -> Long.toString(row.resources().nice())));
    return all;
  }

  /** Processor time in percent of the time since its start. */
  private static double busy(Row row) {
    double since = Duration.between(row.started(), row.now()).toMillis() / 1000.0;
    return since <= 0 ? 0 : 100 * row.seconds() / since;
  }

  private static String tenths(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String start(Row row) {
    boolean recent = Duration.between(row.started(), row.now()).toHours() < 24;
    return (recent ? TODAY : EARLIER).format(row.started().atZone(ZoneId.systemDefault()));
  }

  private static String hours(long seconds) {
    return "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private static String minutes(long seconds) {
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }

  private static String elapsed(Row row) {
    long seconds = Math.max(0, Duration.between(row.started(), row.now()).toSeconds());
    return seconds < 3600
        ? "%02d:%02d".formatted(seconds / 60, seconds % 60)
        : (seconds < 86_400 ? "" : seconds / 86_400 + "-") + hours(seconds % 86_400);
  }

  /** By the device's number (devices.txt of the kernel): 136 are the first of pts. */
  private static String terminal(int device) {
    int major = (device >>> 8) & 0xfff;
    int minor = (device & 0xff) | ((device >>> 12) & 0xfff00);
    if (device == 0) {
      return "?";
    }
    return major >= 136 && major < 144
        ? "pts/" + ((major - 136) * 256 + minor)
        : major == 4 ? "tty" + minor : major + ":" + minor;
  }
}
