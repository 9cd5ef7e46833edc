package io.belljar.runtime.log;

import io.belljar.linux.file.Names;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** {@code logs}: prints what a container has written, and what it writes. */
public final class ShowLog {
  private final LogReader reader;
  private final Options options;
  private final OutputStream out;
  private final OutputStream error;
  private boolean outInLine;
  private boolean errorInLine;

  /**
   * What is printed.
   *
   * @param since nothing older
   * @param until nothing newer; following ends with it
   * @param tail how many lines from the end; all, if it does not say
   * @param timestamps whether each line begins with its time
   * @param details whether attributes of the log stand before each line, and a space; it has none
   */
  public record Options(
      Optional<Instant> since,
      Optional<Instant> until,
      OptionalLong tail,
      boolean timestamps,
      boolean details) {}

  private ShowLog(LogReader reader, Options options, OutputStream out, OutputStream error) {
    this.reader = reader;
    this.options = options;
    this.out = out;
    this.error = error;
  }

  /** How to follow a log. */
  public interface Following {
    /** Whether nothing more will be written. What was written before the answer, is there. */
    boolean hasEnded();

    /** Waits a moment. */
    void pause();
  }

  /**
   * Prints.
   *
   * @param state the container's state directory
   * @param following if the log is to be followed
   * @return false when the container has no log
   */
  public static boolean run(
      Path state,
      Options options,
      OutputStream out,
      OutputStream error,
      Optional<Following> following) {
    Optional<LogReader> opened = LogReader.open(state);
    if (opened.isEmpty()) {
      return false;
    }
    try (LogReader reader = opened.get()) {
      ShowLog show = new ShowLog(reader, options, out, error);
      show.printSoFar();
      following.ifPresent(show::follow);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void printSoFar() throws IOException {
    if (options.tail().isEmpty()) {
      printNew();
      return;
    }
    printLast(options.tail().getAsLong());
    flush();
  }

  /** Reads twice, first to count: a log may hold more records than memory does. */
  private void printLast(long lines) throws IOException {
    long records = 0;
    long ended = 0;
    boolean inLine = false;
    try (LogReader counting = reader.soFar()) {
      for (Optional<LogRecord> r = counting.next(); r.isPresent(); r = counting.next()) {
        records++;
        ended += r.get().ended() ? 1 : 0;
        inLine = !r.get().ended();
      }
    }
    long passedOver = ended + (inLine ? 1 : 0) - lines; // an unended line counts as well
    for (long i = 0; i < records; i++) {
      Optional<LogRecord> record = reader.next();
      if (passedOver <= 0 && record.isPresent()) {
        print(record.get());
      }
      passedOver -= record.filter(LogRecord::ended).isPresent() ? 1 : 0;
    }
  }

  private void follow(Following following) {
    BooleanSupplier past =
        () -> options.until().filter(until -> Instant.now().isAfter(until)).isPresent();
    try {
      for (boolean last = false; !last; ) {
        last = following.hasEnded() || past.getAsBoolean();
        printNew();
        if (!last) {
          following.pause();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void printNew() throws IOException {
    boolean any = false;
    for (Optional<LogRecord> r = reader.next(); r.isPresent(); r = reader.next()) {
      print(r.get());
      any = true;
    }
    if (any) {
      flush();
    }
  }

  private void flush() throws IOException {
    out.flush();
    error.flush();
  }

  private void print(LogRecord record) throws IOException {
    boolean wanted =
        options.since().filter(record.at()::isBefore).isEmpty()
            && options.until().filter(record.at()::isAfter).isEmpty();
    if (!wanted) {
      return;
    }
    OutputStream stream = record.error() ? error : out;
    boolean inLine = record.error() ? errorInLine : outInLine;
    if (options.timestamps() && !inLine) {
      stream.write(Names.bytes(record.time() + " "));
    }
    if (options.details() && !inLine) {
      stream.write(' ');
    }
    stream.write(Names.bytes(record.text()));
    if (record.ended()) {
      stream.write('\n');
    }
    if (record.error()) {
      errorInLine = !record.ended();
    } else {
      outInLine = !record.ended();
    }
  }
}
