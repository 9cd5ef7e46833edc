package io.belljar.toolbox.lsns;

/** What was asked of lsns cannot be had; the message is lsns(8)'s. */
public final class LsnsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For this reason. */
  public LsnsException(String message) {
    super(message);
  }
}
