package io.belljar.runtime;

import java.io.Serial;

/**
 * What was asked for cannot be done, and why: known before anything was changed. The message is one
 * line for people; where the configuration asked for it, it names the property.
 */
public final class InvalidRequestException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String property;
  private final String problem;

  public InvalidRequestException(String message) {
    super(message);
    this.property = "";
    this.problem = message;
  }

  public InvalidRequestException(String message, Throwable cause) {
    super(message, cause);
    this.property = "";
    this.problem = message;
  }

  private InvalidRequestException(String property, String problem) {
    super("config.json: " + property + ": " + problem);
    this.property = property;
    this.problem = problem;
  }

  /**
   * A property of the configuration cannot be carried out.
   *
   * @param property its path, for example {@code mounts[3].source}
   * @param problem what is wrong with it
   */
  public static InvalidRequestException ofConfig(String property, String problem) {
    return new InvalidRequestException(property, problem);
  }

  /** The property of the configuration that asked for it; empty when it was none. */
  public String property() {
    return property;
  }

  /** What is wrong with it; the whole message where it is no property. */
  public String problem() {
    return problem;
  }
}
