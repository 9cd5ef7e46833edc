package io.belljar.runtime.lifecycle;

import io.belljar.runtime.state.ExitRecord;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.OwnFiles;
import io.belljar.runtime.state.StateStore;
import io.belljar.spec.process.Process;
import io.belljar.spec.state.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people ask about a container besides how it is.
 *
 * @param container how it is
 * @param started since when its process runs, or ran; empty when it was not started
 * @param memoryKills how many of its processes were killed for the memory limit, as far as is known
 */
public record ContainerDetails(
    LiveContainer container, Optional<Instant> started, long memoryKills) {

  /** The details of a container. */
  public static ContainerDetails of(Invocation invocation, LiveContainer container) {
    StateStore store = invocation.store();
    boolean waits =
        container.status() == Status.CREATING
            || container.status() == Status.CREATED
            || store.written(container.id(), OwnFiles.FIFO).isPresent();
    long kills =
        store
            .memoryKills(container.id())
            .orElseGet(() -> invocation.groups(container.stored()).memoryKills().orElse(0));
    return new ContainerDetails(
        container, waits ? Optional.empty() : store.written(container.id(), OwnFiles.PID), kills);
  }

  /** The details of all, those that were made last first. */
  public static List<ContainerDetails> all(Invocation invocation) {
    return ListContainers.run(invocation).stream()
        .map(container -> of(invocation, container))
        .sorted((a, b) -> b.created().compareTo(a.created()))
        .toList();
  }

  /**
   * The details of one.
   *
   * @param name as people call it
   * @throws LifecycleException when there is none
   */
  public static ContainerDetails of(Invocation invocation, String name) {
    return of(invocation, invocation.require(ContainerNames.resolve(invocation, name)));
  }

  /** When it was made. */
  public Instant created() {
    return container.stored().created();
  }

  /** When its process ended, where that is known. */
  public Optional<Instant> finished() {
    return container.exit().map(ExitRecord::at);
  }

  /** What its root was made of. */
  public String origin() {
    String origin = container.stored().origin();
    return origin.isEmpty() ? container.stored().rootfs().toString() : origin;
  }

  /** The command and its arguments; none for a container without a process. */
  public List<String> command() {
    return container.stored().config().process().map(Process::args).orElse(List.of());
  }

  /** Docker's word for the status. */
  public String state() {
    return switch (container.status()) {
      case CREATING, CREATED -> "created";
      case RUNNING -> "running";
      case PAUSED -> "paused";
      case STOPPED -> "exited";
    };
  }

  /** Whether it has a process that has been started and has not ended. */
  public boolean isRunning() {
    return container.status() == Status.RUNNING || container.status() == Status.PAUSED;
  }
}
