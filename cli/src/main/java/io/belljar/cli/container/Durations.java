package io.belljar.cli.container;

import java.time.Duration;

/** How long something takes or took, in Docker's words (docker/go-units, HumanDuration). */
final class Durations {
  private static final long DAY_HOURS = 24;
  private static final long WEEK_HOURS = 7 * DAY_HOURS;
  private static final long MONTH_HOURS = 30 * DAY_HOURS;
  private static final long YEAR_HOURS = 365 * DAY_HOURS;

  private Durations() {}

  static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 1) {
      return "Less than a second";
    }
    if (seconds < 60) {
      return seconds == 1 ? "1 second" : seconds + " seconds";
    }
    long minutes = duration.toMinutes();
    if (minutes < 60) {
      return minutes == 1 ? "About a minute" : minutes + " minutes";
    }
    long hours = (duration.toSeconds() + 1800) / 3600; // to the nearest
    if (hours == 1) {
      return "About an hour";
    }
    if (hours < 2 * DAY_HOURS) {
      return hours + " hours";
    }
    if (hours < 2 * WEEK_HOURS) {
      return hours / DAY_HOURS + " days";
    }
    if (hours < 2 * MONTH_HOURS) {
      return hours / WEEK_HOURS + " weeks";
    }
    if (hours < 2 * YEAR_HOURS) {
      return hours / MONTH_HOURS + " months";
    }
    return duration.toHours() / YEAR_HOURS + " years";
  }
}
