package io.belljar.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Oci;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The distribution's {@code share}. */
final class Share {
  private Share() {}

  /** A file or directory in it. */
  static Path path(String name) {
    Path path = Oci.path().getParent().resolveSibling("share").resolve(name);
    assertThat(path).exists();
    return path;
  }

  /** The files in one of its directories. */
  static List<Path> files(String name) {
    try (Stream<Path> files = Files.list(path(name))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
