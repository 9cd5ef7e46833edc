package io.belljar.linux.seccomp;

/** A shared library that is wanted now is not on this machine. */
public final class LibraryMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String library;

  LibraryMissingException(String library, String purpose, String cure, Throwable cause) {
    super(library + " was not found, but is needed " + purpose + ": " + cure, cause);
    this.library = library;
  }

  /** The file name, as the dynamic linker looks for it. */
  public String library() {
    return library;
  }
}
