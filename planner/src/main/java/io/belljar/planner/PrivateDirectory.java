package io.belljar.planner;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Directories that only this user can enter, so that what is in them can be trusted and what
 * listens in them can be reached by this user alone.
 */
final class PrivateDirectory {
  static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int STICKY = 01000;
  private static final int OTHERS_WRITE = 0022;

  private PrivateDirectory() {}

  /**
   * Makes the directory where it is missing, and checks it: a directory and no link to one, ours,
   * 0700, below directories in which nobody else can rename it.
   *
   * @return why it can't be used, in one line; empty when it can
   */
  static Optional<String> prepare(Path directory) {
    try {
      create(directory);
      Attributes found = Attributes.of(directory);
      if (!found.isDirectory()) {
        return Optional.of(directory + " is not a directory");
      }
      if (found.uid() != Self.PROCESS.uid()) {
        return Optional.of(
            "%s belongs to user %d, and must belong to user %d"
                .formatted(directory, found.uid(), Self.PROCESS.uid()));
      }
      if ((found.mode() & 0777) != 0700) {
        return Optional.of(
            "%s has mode %04o, and must have 0700: chmod 700 %s"
                .formatted(directory, found.mode() & 07777, directory));
      }
      return ancestors(directory.toRealPath());
    } catch (IOException e) {
      return Optional.of("%s can't be used: %s".formatted(directory, describe(e)));
    }
  }

  private static void create(Path directory) throws IOException {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null) {
      Files.createDirectories(parent, PRIVATE);
    }
    try {
      Files.createDirectory(directory, PRIVATE);
    } catch (FileAlreadyExistsException e) {
      // Another planner was faster; what it made is checked all the same.
    }
  }

  /** Who can write an ancestor can put a directory of his own in our directory's place. */
  private static Optional<String> ancestors(Path directory) throws IOException {
    for (Path at = directory.getParent(); at != null; at = at.getParent()) {
      Attributes found = Attributes.of(at);
      boolean owned =
          found.uid() == 0
              || found.uid() == Self.PROCESS.uid()
              || Self.PROCESS.isUnmapped(found.uid());
      boolean shared = (found.mode() & OTHERS_WRITE) != 0 && (found.mode() & STICKY) == 0;
      if (!owned || shared) {
        return Optional.of(
            "other users can write %s, so nothing private can be in it".formatted(at));
      }
    }
    return Optional.empty();
  }

  /** An exception's kind and path, because the message of many holds the path alone. */
  static String describe(IOException e) {
    return e instanceof NoSuchFileException
        ? e.getMessage() + " does not exist"
        : e.getClass().getSimpleName() + " " + e.getMessage();
  }

  private record Attributes(int mode, int uid) {
    static Attributes of(Path path) throws IOException {
      Map<String, Object> found =
          Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
      return new Attributes((Integer) found.get("mode"), (Integer) found.get("uid"));
    }

    boolean isDirectory() {
      return (mode & TYPE) == DIRECTORY;
    }
  }
}
