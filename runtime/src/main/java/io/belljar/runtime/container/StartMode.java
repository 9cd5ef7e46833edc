package io.belljar.runtime.container;

/** What becomes of the launcher once the container's process is ready. */
public enum StartMode {
  /** The process waits to be started; the launcher exits ({@code create}). */
  CREATE,
  /** The process runs; the launcher exits ({@code run --detach} of the OCI command line). */
  DETACHED,
  /** The launcher waits for the process, and exits as it did ({@code run}). */
  FOREGROUND,
  /** As FOREGROUND, and the process ends when the planner does: the container of a Java program. */
  EMBEDDED,
  /** The launcher exits; a monitor, forked from it, waits for the process. */
  MONITORED
}
