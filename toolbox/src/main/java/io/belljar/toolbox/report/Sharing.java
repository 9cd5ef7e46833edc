package io.belljar.toolbox.report;

/** Whose a namespace is. */
public enum Sharing {
  /** The host's: the machine's first one. */
  HOST,
  /** Another than the host's. */
  OWN,
  /** It cannot be told from here. */
  UNKNOWN
}
