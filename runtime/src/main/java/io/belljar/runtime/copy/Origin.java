package io.belljar.runtime.copy;

import io.belljar.linux.OpenFlags;
import io.belljar.linux.file.Descriptor;
import io.belljar.linux.file.FileException;
import java.util.Optional;

/**
 * What is to be copied, held open.
 *
 * @param place the file or directory
 * @param name the name that it is copied under; none for {@code DIR/.} and {@code /}
 * @param directory whether it is one
 */
record Origin(Descriptor place, Optional<String> name, boolean directory) implements AutoCloseable {
  /**
   * Opens it. A link at the end is itself what is copied, unless it is to be followed or a slash
   * comes after it.
   *
   * @param shown the path as the person named it
   */
  static Origin open(Space space, String path, String shown, boolean follow) {
    NamedPath named = NamedPath.of(path);
    try {
      Descriptor place = place(space, named, follow);
      try {
        Optional<String> name = named.named() ? Optional.of(named.last()) : Optional.empty();
        return new Origin(place, name, place.status().isDirectory());
      } catch (RuntimeException e) {
        place.close();
        throw e;
      }
    } catch (FileException e) {
      throw new CopyException(shown, e.reason());
    }
  }

  private static Descriptor place(Space space, NamedPath named, boolean follow) {
    if (named.asserted() || !named.named()) {
      return space.open(named.whole(), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
    }
    if (follow) {
      return space.open(named.whole(), OpenFlags.O_PATH);
    }
    try (Descriptor above = space.open(named.above(), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY)) {
      return above.entry(named.last(), OpenFlags.O_PATH);
    }
  }

  Placement.Source source() {
    return new Placement.Source(directory, name.isPresent());
  }

  @Override
  public void close() {
    place.close();
  }
}
