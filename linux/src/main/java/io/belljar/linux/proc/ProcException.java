package io.belljar.linux.proc;

import java.nio.file.Path;

/** A file of /proc could not be read, or is not what proc(5) says it is. */
public final class ProcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /** Reading {@code path} failed because of {@code reason}. */
  public ProcException(Path path, String reason) {
    super("read " + path + ": " + reason);
    this.path = path.toString();
  }

  /** Reading {@code path} failed with an error of the operating system. */
  public ProcException(Path path, String reason, Throwable cause) {
    super("read " + path + ": " + reason, cause);
    this.path = path.toString();
  }

  /** The file. */
  public String path() {
    return path;
  }
}
