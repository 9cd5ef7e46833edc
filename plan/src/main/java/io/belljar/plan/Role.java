package io.belljar.plan;

/**
 * Who carries a step out. Each role is a process of its own, but for {@link #UNDO} and {@link
 * #END}, which are what the launcher does when the plan has failed, or when the process that it
 * waited for has ended.
 */
public enum Role {
  /** The launcher itself, in the caller's context. */
  LAUNCHER(0),
  /** A child that joins existing namespaces and forks from inside them. */
  JOINER(1),
  /** The container's first process. */
  INIT(2),
  /** A further process in a container: of {@code exec}, or below an init of our own. */
  COMMAND(3),
  /** Carried out by the launcher when a step has failed, after all children are dead. */
  UNDO(254),
  /** Carried out by the launcher when the process that it waited for has ended. */
  END(255);

  private final int number;

  Role(int number) {
    this.number = number;
  }

  /** The role's number on the wire. */
  public int number() {
    return number;
  }
}
