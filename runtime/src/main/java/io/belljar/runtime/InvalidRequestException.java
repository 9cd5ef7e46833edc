package io.belljar.runtime;

import java.io.Serial;

/**
 * What was asked for cannot be done, and why: known before anything was changed. The message is one
 * line for people; where the configuration asked for it, it names the property.
 */
public final class InvalidRequestException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public InvalidRequestException(String message) {
    super(message);
  }

  public InvalidRequestException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * A property of the configuration cannot be carried out.
   *
   * @param property its path, for example {@code mounts[3].source}
   * @param problem what is wrong with it
   */
  public static InvalidRequestException ofConfig(String property, String problem) {
    return new InvalidRequestException("config.json: " + property + ": " + problem);
  }
}
