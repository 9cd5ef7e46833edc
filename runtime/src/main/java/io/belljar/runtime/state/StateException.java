package io.belljar.runtime.state;

import java.nio.file.Path;

/** The stored state cannot be read or written. The message is one line. */
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * @param tried what was tried, for example {@code write}
   * @param path the file or directory
   * @param reason what went wrong
   */
  public StateException(String tried, Path path, String reason) {
    super("cannot " + tried + " " + path + ": " + reason);
    this.path = path.toString();
  }

  /** With what caused it. */
  public StateException(String tried, Path path, Throwable cause) {
    super("cannot " + tried + " " + path + ": " + reason(path, cause), cause);
    this.path = path.toString();
  }

  /** The messages of java.nio.file are the path alone, or the path and the reason. */
  private static String reason(Path path, Throwable cause) {
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    String kind =
        switch (cause) {
          case java.nio.file.AccessDeniedException _ -> "permission denied";
          case java.nio.file.NoSuchFileException _ -> "no such file or directory";
          case java.nio.file.FileAlreadyExistsException _ -> "it exists already";
          default -> message.replace(path + ": ", "");
        };
    return kind.isEmpty() ? cause.getClass().getSimpleName() : kind;
  }

  /** The file or directory. */
  public Path path() {
    return Path.of(path);
  }
}
