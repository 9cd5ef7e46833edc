package io.belljar.runtime;

import io.belljar.plan.Plan;
import io.belljar.plan.Slot;

/**
 * The descriptors that the steps of one plan share, by name. The launcher has few slots, so what is
 * needed for one mount only, its target and its source, uses the same slot for every mount: filling
 * a slot closes what it held.
 */
public final class Descriptors {
  private Descriptors() {}

  /** The container's root. */
  public static Slot root(Plan.Builder plan) {
    return plan.slot("root");
  }

  /** The root that the launcher started in. */
  public static Slot hostRoot(Plan.Builder plan) {
    return plan.slot("host root");
  }

  /** The host's procfs, opened before the container's files could stand in for it. */
  public static Slot proc(Plan.Builder plan) {
    return plan.slot("proc");
  }

  /** The process's own directory in the host's procfs. */
  public static Slot self(Plan.Builder plan) {
    return plan.slot("self");
  }

  /** The host's /dev/null. */
  public static Slot nullDevice(Plan.Builder plan) {
    return plan.slot("null");
  }

  /** Where the mount that is being made goes. */
  public static Slot target(Plan.Builder plan) {
    return plan.slot("target");
  }

  /** What the mount that is being made shows. */
  public static Slot source(Plan.Builder plan) {
    return plan.slot("source");
  }

  /** An empty directory, for masks. */
  public static Slot emptyDirectory(Plan.Builder plan) {
    return plan.slot("empty directory");
  }

  /** The fifo at which a created process waits. */
  public static Slot startFifo(Plan.Builder plan) {
    return plan.slot("start fifo");
  }

  /** The console socket of the caller. */
  public static Slot consoleSocket(Plan.Builder plan) {
    return plan.slot("console socket");
  }

  /** The terminal's master side. */
  public static Slot terminal(Plan.Builder plan) {
    return plan.slot("terminal");
  }

  /** The terminal's side for the process. */
  public static Slot console(Plan.Builder plan) {
    return plan.slot("console");
  }
}
