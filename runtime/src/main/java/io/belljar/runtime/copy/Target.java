package io.belljar.runtime.copy;

import io.belljar.linux.Errno;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.file.Descriptor;
import io.belljar.linux.file.FileException;
import io.belljar.linux.file.FileStatus;
import java.util.Optional;

/**
 * Where a copy goes, held open.
 *
 * @param directory the destination, if it is a directory that is there; else the one that it is or
 *     will be in
 * @param name its name in that directory, unless it is the directory
 * @param destination how it was named, and whether it is there
 */
record Target(Descriptor directory, Optional<String> name, Placement.Destination destination)
    implements AutoCloseable {
  private static final int DIRECTORY = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
  private static final int MOST_LINKS = 40;

  /**
   * Opens it; links are followed, also one to what is not there yet.
   *
   * @param shown the path as the person named it
   */
  static Target open(Space space, String path, String shown) {
    NamedPath named = NamedPath.of(path);
    boolean asserted = named.asserted();
    try {
      for (int links = 0; links < MOST_LINKS; links++) {
        if (!named.named()) {
          Descriptor itself = space.open(named.whole(), DIRECTORY);
          return new Target(
              itself, Optional.empty(), new Placement.Destination(shown, true, true, asserted));
        }
        Step step = step(above(space, named, shown), named, shown, asserted);
        if (step.target().isPresent()) {
          return step.target().get();
        }
        named = named.through(step.link());
      }
      throw new CopyException(shown, Errno.ELOOP.text());
    } catch (FileException e) {
      throw new CopyException(shown, e.reason());
    }
  }

  private static Descriptor above(Space space, NamedPath named, String shown) {
    try {
      return space.open(named.above(), DIRECTORY);
    } catch (FileException e) {
      if (e.is(Errno.ENOENT)) {
        throw new CopyException(shown, "the directory that it is to be in does not exist");
      }
      throw e;
    }
  }

  /** The target, or a link that leads on. */
  private record Step(Optional<Target> target, String link) {
    static Step found(
        Descriptor directory, Optional<String> name, Placement.Destination destination) {
      return new Step(Optional.of(new Target(directory, name, destination)), "");
    }
  }

  /** Keeps or closes the directory above. */
  private static Step step(Descriptor above, NamedPath named, String shown, boolean asserted) {
    boolean kept = false;
    try {
      Optional<Descriptor> entry = entry(above, named.last());
      if (entry.isPresent()) {
        Optional<Step> step = leading(entry.get(), shown, asserted);
        if (step.isPresent()) {
          return step.get();
        }
      }
      kept = true;
      return Step.found(
          above,
          Optional.of(named.last()),
          new Placement.Destination(shown, entry.isPresent(), false, asserted));
    } finally {
      if (!kept) {
        above.close();
      }
    }
  }

  /** The step by an entry that is a link or a directory; other entries are closed. */
  private static Optional<Step> leading(Descriptor entry, String shown, boolean asserted) {
    boolean kept = false;
    try {
      FileStatus status = entry.status();
      if (status.isLink()) {
        return Optional.of(new Step(Optional.empty(), entry.target()));
      }
      if (!status.isDirectory() && !status.isRegular()) {
        throw new CopyException(shown, "is a device, a fifo or a socket: it is not replaced");
      }
      kept = status.isDirectory();
      return kept
          ? Optional.of(
              Step.found(
                  entry, Optional.empty(), new Placement.Destination(shown, true, true, asserted)))
          : Optional.empty();
    } finally {
      if (!kept) {
        entry.close();
      }
    }
  }

  private static Optional<Descriptor> entry(Descriptor above, String name) {
    try {
      return Optional.of(above.entry(name, OpenFlags.O_PATH));
    } catch (FileException e) {
      if (e.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    directory.close();
  }
}
