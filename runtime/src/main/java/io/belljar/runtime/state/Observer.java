package io.belljar.runtime.state;

import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.linux.proc.ProcessStat;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.cgroup.Freezer;
import io.belljar.runtime.cgroup.GroupFiles;
import io.belljar.spec.state.Status;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees how stored containers are doing. The status is nowhere written down, so it cannot be wrong:
 * it follows from the process, the fifo that {@code start} removes, the freezer and the markers.
 *
 * @param store the stored state
 * @param proc the processes
 * @param groups the control groups
 * @param here where the processes are that {@code proc} shows
 * @param freezers where the freezers' files have been found
 */
public record Observer(
    StateStore store,
    ProcFs proc,
    GroupFiles groups,
    ProcessSpace here,
    Map<String, Boolean> freezers) {
  /** That has seen nothing yet. */
  public Observer(StateStore store, ProcFs proc, GroupFiles groups, ProcessSpace here) {
    this(store, proc, groups, here, new ConcurrentHashMap<>());
  }

  /** On this machine. */
  public static Observer of(StateStore store) {
    return new Observer(store, ProcFs.host(), GroupFiles.host(), ProcessSpace.own());
  }

  /** The container of this name, if there is one. */
  public Optional<LiveContainer> look(ContainerId id) {
    return store.read(id).flatMap(stored -> look(stored, isBeingMade(stored.id()), true));
  }

  /**
   * The same for a list of many: who waits for a process that lives is left out. Empty where it was
   * removed meanwhile.
   *
   * @param marked the containers that had a marker, after this one was read
   */
  public Optional<LiveContainer> glance(StoredContainer stored, Collection<ContainerId> marked) {
    ContainerId id = stored.id();
    return look(stored, !marked.isEmpty() && marked.contains(id) && isBeingMade(id), false);
  }

  /**
   * As it is now.
   *
   * @param beingMade what its marker said after the state was read, and before this: so if it is
   *     gone, everything that it stood for is there
   */
  private Optional<LiveContainer> look(
      StoredContainer stored, boolean beingMade, boolean whoWaits) {
    return store
        .beside(stored.id())
        .map(beside ->
            isHidden(stored.space())
                ? hidden(stored, beingMade, beside)
                : visible(stored, beingMade, beside, whoWaits));
  }

  private LiveContainer hidden(StoredContainer stored, boolean beingMade, FilesBeside beside) {
    Optional<ExitRecord> exit = exit(stored.id(), beside);
    Status status = status(stored, beingMade, exit.isEmpty() && beside.has(OwnFiles.PID), beside);
    return new LiveContainer(
        stored, name(stored.id(), beside), status, Optional.empty(), Optional.empty(), exit, true);
  }

  private LiveContainer visible(
      StoredContainer stored, boolean beingMade, FilesBeside beside, boolean whoWaits) {
    ContainerId id = stored.id();
    // Those of an earlier boot are dead, whoever has their numbers now.
    boolean now = stored.space().equals(here);
    Optional<ProcessIdentity> recorded = now ? beside.process() : Optional.empty();
    Optional<ProcessIdentity> process = recorded.filter(proc::isAlive);
    if (now && process.isEmpty() && beside.has(OwnFiles.PID)) {
      recorded = recordedProcess(id);
      process = recorded.filter(proc::isAlive);
    }
    Optional<ProcessIdentity> waiter =
        process.isEmpty() || whoWaits ? waiter(stored, recorded) : Optional.empty();
    return new LiveContainer(
        stored,
        name(id, beside),
        status(stored, beingMade, process.isPresent(), beside),
        process,
        waiter,
        exit(id, beside),
        false);
  }

  private Optional<ExitRecord> exit(ContainerId id, FilesBeside beside) {
    return beside.has(OwnFiles.EXIT)
        ? store.text(id, OwnFiles.EXIT).flatMap(ExitRecord::parse)
        : Optional.empty();
  }

  private String name(ContainerId id, FilesBeside beside) {
    Optional<String> name = beside.has(Names.NAME) ? store.name(id) : Optional.empty();
    return name.orElseGet(id::shortForm);
  }

  /** Whether the processes of a space may live without being seen from here. */
  public boolean isHidden(ProcessSpace space) {
    return space.isHiddenFrom(here);
  }

  /** Whether whoever set a marker lives, or may live without being seen from here. */
  public boolean isUnderWay(Marker marker) {
    return isHidden(marker.space())
        || (marker.space().equals(here) && proc.isAlive(marker.worker()));
  }

  /** The first process of a container, while it lives where it can be seen. */
  public Optional<ProcessIdentity> liveProcess(ContainerId id) {
    return store
        .read(id)
        .filter(stored -> stored.space().equals(here))
        .flatMap(_ -> recordedProcess(id))
        .filter(proc::isAlive);
  }

  /**
   * Where it is in its life.
   *
   * @param lives whether it has a process, as far as that can be known
   */
  private Status status(
      StoredContainer stored, boolean beingMade, boolean lives, FilesBeside beside) {
    if (beingMade) {
      return Status.CREATING;
    }
    if (!lives) {
      return Status.STOPPED;
    }
    if (new Freezer(stored.groups(), groups, freezers).isFrozen()) {
      return Status.PAUSED;
    }
    return beside.has(OwnFiles.FIFO) ? Status.CREATED : Status.RUNNING;
  }

  private boolean isBeingMade(ContainerId id) {
    return store
        .marker(id)
        .filter(marker -> marker.work() == Marker.Work.CREATE)
        .filter(this::isUnderWay)
        .isPresent();
  }

  /** The process that the launcher recorded, dead or alive. */
  public Optional<ProcessIdentity> recordedProcess(ContainerId id) {
    return store.process(id, OwnFiles.PID);
  }

  private Optional<ProcessIdentity> waiter(
      StoredContainer stored, Optional<ProcessIdentity> recorded) {
    return recorded.flatMap(first -> parent(first, stored.creator())).or(() -> creator(stored));
  }

  /**
   * The launcher, or the monitor that it forked, as the parent of the container's process: a parent
   * that is older than the creator has only inherited the process, and waits for something else.
   */
  private Optional<ProcessIdentity> parent(ProcessIdentity process, ProcessIdentity creator) {
    return proc.stat(process.pid())
        .filter(stat -> stat.startTime() == process.startTime())
        .map(ProcessStat::parent)
        .filter(parent -> parent > 1)
        .flatMap(proc::identify)
        .filter(parent -> parent.equals(creator) || parent.startTime() > creator.startTime());
  }

  private Optional<ProcessIdentity> creator(StoredContainer stored) {
    return Optional.of(stored.creator())
        .filter(_ -> stored.space().equals(here))
        .filter(proc::isAlive);
  }
}
