package io.belljar.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What planning has to know of files of the host: only what kind of file is at a path. */
@FunctionalInterface
public interface HostFiles {
  /** What is at a path, symbolic links followed. */
  enum Kind {
    DIRECTORY,
    /** Anything else that can be bound onto a file: also sockets and devices. */
    FILE,
    MISSING,
    /** It may be there, but may not be looked at. */
    UNREACHABLE
  }

  /** What is at this path, absolute. */
  Kind kind(Path path);

  /** The files of the machine that the planner runs on. */
  static HostFiles host() {
    return path -> {
      try {
        return Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class)
                .isDirectory()
            ? Kind.DIRECTORY
            : Kind.FILE;
      } catch (NoSuchFileException e) {
        return Kind.MISSING;
      } catch (IOException e) {
        return Kind.UNREACHABLE;
      }
    };
  }
}
