package io.belljar.toolbox.report;

import io.belljar.linux.proc.ProcException;
import io.belljar.linux.seccomp.LibraryMissingException;
import io.belljar.linux.seccomp.SeccompException;
import io.belljar.linux.trace.TraceException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** What was read, or why it could not be. A report says so instead of passing over it. */
public sealed interface Reading<T> {
  /** It was read. */
  record Known<T>(T content) implements Reading<T> {}

  /** It could not be read. */
  record Hidden<T>(String why) implements Reading<T> {}

  /** Reads. */
  @FunctionalInterface
  interface Source<T> {
    /** What is there; empty when the process has ended meanwhile. */
    Optional<T> read() throws IOException;
  }

  /** What a source gives, or what keeps it from giving. */
  static <T> Reading<T> of(Source<T> source) {
    try {
      return source
          .read()
          .<Reading<T>>map(Known::new)
          .orElseGet(() -> new Hidden<>("the process has ended"));
    } catch (IOException | ProcException | TraceException | SeccompException e) {
      return new Hidden<>(String.valueOf(e.getMessage()));
    } catch (LibraryMissingException e) {
      return new Hidden<>(e.getMessage());
    }
  }

  /** The content, if it was read. */
  default Optional<T> value() {
    return this instanceof Known<T>(T content) ? Optional.of(content) : Optional.empty();
  }

  /** The text of the content, or {@code not readable: WHY}. */
  default String describe(Function<? super T, String> text) {
    return switch (this) {
      case Known<T>(T content) -> text.apply(content);
      case Hidden<T>(String why) -> "not readable: " + why;
    };
  }
}
