package io.belljar.runtime.container;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the standard files of a container lead that its caller does not share. Its standard input
 * is then empty.
 *
 * @param standardOutput a file of the host, absolute, appended to; empty: the caller's
 * @param standardError likewise; may be the same file
 */
public record Output(Optional<Path> standardOutput, Optional<Path> standardError) {
  /** The caller's own output, but nothing to read. */
  public static final Output WITHOUT_INPUT = new Output(Optional.empty(), Optional.empty());

  /** Both to files, of a container that nobody watches. */
  public Output(Path standardOutput, Path standardError) {
    this(Optional.of(standardOutput), Optional.of(standardError));
  }
}
