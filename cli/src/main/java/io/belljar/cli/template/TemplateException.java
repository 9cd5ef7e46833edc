package io.belljar.cli.template;

/** A template is not well formed, or asks for something that is not there. One line. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TemplateException(String message) {
    super("--format: " + message);
  }
}
