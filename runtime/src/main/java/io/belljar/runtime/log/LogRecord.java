package io.belljar.runtime.log;

import io.belljar.linux.file.Names;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * One record of a log.
 *
 * @param time as it is written there: RFC 3339, with nanoseconds, in UTC
 * @param at the same
 * @param error whether it was written to standard error
 * @param ended whether the line ends with it; else the next record of its stream goes on with it
 * @param text without an end of line; one character per byte, as {@link Names} has it
 */
record LogRecord(String time, Instant at, boolean error, boolean ended, String text) {
  private static final int MOST_TIME = 40;

  /** Reads a line, without its end; empty when it is no record, as after a crash of the machine. */
  static Optional<LogRecord> parse(byte[] line) {
    int first = space(line, 0);
    int second = first < 0 ? -1 : space(line, first + 1);
    if (first < 0 || first > MOST_TIME || second < 0 || line.length < second + 3) {
      return Optional.empty();
    }
    String stream = ascii(line, first + 1, second);
    char tag = (char) line[second + 1];
    boolean known = stream.equals("stdout") || stream.equals("stderr");
    if (!known || (tag != 'F' && tag != 'P') || line[second + 2] != ' ') {
      return Optional.empty();
    }
    try {
      String time = ascii(line, 0, first);
      String text = Names.of(Arrays.copyOfRange(line, second + 3, line.length));
      return Optional.of(
          new LogRecord(time, Instant.parse(time), stream.equals("stderr"), tag == 'F', text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int space(byte[] line, int from) {
    for (int at = from; at < line.length; at++) {
      if (line[at] == ' ') {
        return at;
      }
    }
    return -1;
  }

  private static String ascii(byte[] line, int from, int to) {
    return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
