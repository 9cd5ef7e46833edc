package io.belljar.spec.json;

import java.io.Serial;

/**
 * A document is not what it should be. The message is one line: {@code document: path: problem}.
 */
public final class InvalidDocumentException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String document;
  private final String path;
  private final String problem;

  /**
   * Makes the error.
   *
   * @param document what the user calls the document: {@code config.json}
   * @param path the property, as {@code linux.namespaces[2].type}; empty for the whole document
   * @param problem what is wrong, what the value is and what was expected
   */
  public InvalidDocumentException(String document, String path, String problem) {
    super(path.isEmpty() ? document + ": " + problem : document + ": " + path + ": " + problem);
    this.document = document;
    this.path = path;
    this.problem = problem;
  }

  /** With the failure that led to it. */
  public InvalidDocumentException(String document, String path, String problem, Throwable cause) {
    this(document, path, problem);
    initCause(cause);
  }

  /** What the user calls the document. */
  public String document() {
    return document;
  }

  /** The JSON path of the property, or an empty string. */
  public String path() {
    return path;
  }

  /** What is wrong with it. */
  public String problem() {
    return problem;
  }
}
