package io.belljar.runtime.state;

import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.ContainerId;
import io.belljar.spec.config.Config;
import io.belljar.spec.state.ContainerState;
import io.belljar.spec.state.State;
import io.belljar.spec.state.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A container as it is at this moment.
 *
 * @param stored what is kept of it
 * @param name what people call it: the name that it was given last, or its id in short
 * @param status where it is in its life
 * @param process its first process, while that lives
 * @param waiter the launcher that waits for the process and cleans up after it, while it lives
 * @param exit how the process ended, where somebody waited for it and keeps the state
 * @param hidden whether it belongs to another pid namespace: its processes cannot be seen, and the
 *     status is what the files say
 */
public record LiveContainer(
    StoredContainer stored,
    String name,
    Status status,
    Optional<ProcessIdentity> process,
    Optional<ProcessIdentity> waiter,
    Optional<ExitRecord> exit,
    boolean hidden) {
  private static final Duration CLEANING = Duration.ofSeconds(10);

  /** Its id. */
  public ContainerId id() {
    return stored.id();
  }

  /**
   * Whether it has ended, should be gone then, and nobody is left to see to it.
   *
   * @param now a monitor that has just recorded the end is no longer to be seen as the parent, and
   *     is given a while to clean up
   */
  public boolean isAbandoned(Instant now) {
    return status == Status.STOPPED
        && !hidden
        && stored.removeOnExit()
        && waiter.isEmpty()
        && exit.filter(record -> record.at().plus(CLEANING).isAfter(now)).isEmpty();
  }

  /** What hooks are told (runtime.md, "State"). */
  public State state(Map<String, String> annotations) {
    return new State(
        Config.OCI_VERSION,
        id().value(),
        status,
        process.map(ProcessIdentity::pid).map(OptionalInt::of).orElseGet(OptionalInt::empty),
        stored.bundle().toString(),
        annotations);
  }

  /**
   * What engines are told.
   *
   * @param owner the owner's name; {@code state} leaves it empty, {@code list} does not
   */
  public ContainerState containerState(String owner) {
    return new ContainerState(
        Config.OCI_VERSION,
        id().value(),
        process.map(ProcessIdentity::pid).orElse(0),
        status,
        stored.bundle().toString(),
        stored.rootfs().toString(),
        stored.created(),
        stored.annotations(),
        owner);
  }
}
