package io.belljar;

import io.belljar.assembly.ContainerHome;
import io.belljar.assembly.LauncherInvocation;
import io.belljar.assembly.Preparation;
import io.belljar.linux.Signal;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.linux.process.Child;
import io.belljar.planner.LauncherGone;
import io.belljar.planner.LocalPlanner;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.lifecycle.Conclude;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.Kill;
import io.belljar.runtime.lifecycle.NewContainer;
import io.belljar.runtime.rootfs.Progress;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.runtime.state.StoredContainer;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * A container that was started. It is used much like a {@link Process}, and must be closed: that
 * ends it, waits for it, and removes all that it had. It also ends when this program does.
 *
 * <p>Safe for use by several threads.
 */
public final class Container implements AutoCloseable {
  private final ContainerId id;
  private final LocalPlanner planner;
  private final Optional<Made> made;
  private Optional<ExitStatus> ended = Optional.empty();

  private Container(ContainerId id, LocalPlanner planner, Optional<Made> made) {
    this.id = id;
    this.planner = planner;
    this.made = made;
  }

  /** What there is to remove; nothing when it has ended already, and somebody has removed it. */
  private record Made(StoredContainer stored, ProcessIdentity first) {}

  static Container start(Isolation isolation) {
    LocalPlanner planner =
        Launchers.start(isolation.inheritStreams() ? Child.Streams.INHERITED : Child.Streams.PIPES);
    boolean started = false;
    try {
      Container container = start(isolation, planner);
      started = true;
      return container;
    } finally {
      if (!started) {
        Launchers.leave(planner);
      }
    }
  }

  private static Container start(Isolation isolation, LocalPlanner planner) {
    Invocation invocation = LauncherInvocation.of(planner.session(), Filters.SHARED);
    Preparation preparation =
        StartFailures.translated(() ->
            new Preparation(isolation, invocation, home(), Container::variable, Progress.NONE));
    StartFailures.translated(() -> {
      try {
        preparation.run(StartMode.EMBEDDED, Container::details);
      } catch (LauncherGone e) {
        throw planner.explain(e);
      }
      return preparation;
    });
    return new Container(preparation.id(), planner, made(invocation, preparation.id()));
  }

  /** While the container runs: its end is not to wait for that. */
  private static Optional<Made> made(Invocation invocation, ContainerId id) {
    return StartFailures.translated(() ->
        invocation
            .store()
            .read(id)
            .flatMap(stored ->
                invocation.observer().recordedProcess(id).map(first -> new Made(stored, first))));
  }

  private static NewContainer.Builder details(NewContainer.Builder builder) {
    return builder
        .dieWithLauncher(true)
        .removeOnExit(true)
        .terminal(new NewContainer.Terminal(Optional.empty(), true, 0, 0));
  }

  /** Compiled filters are kept: for the next container, and for the next program. */
  private static final class Filters {
    private static final SeccompFilters SHARED =
        new SeccompFilters(Optional.of(home().directory().resolve("seccomp")));
  }

  private static ContainerHome home() {
    return ContainerHome.of(LauncherInvocation.ownUser(), Container::variable);
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name));
  }

  /** The container's name. */
  public String id() {
    return id.value();
  }

  /** The process id of its first process, as the host sees it. */
  public long pid() {
    return made.map(container -> container.first().pid()).orElseGet(() -> planner.process().pid());
  }

  /** What is written here, the command reads from its standard input; nothing if inherited. */
  public OutputStream input() {
    return planner.process().input();
  }

  /** What the command writes to its standard output; empty if inherited. */
  public InputStream output() {
    return planner.process().output();
  }

  /** What the command writes to its standard error; empty if inherited. */
  public InputStream error() {
    return planner.process().error();
  }

  /** Whether the command has not ended yet. */
  public boolean isAlive() {
    return planner.process().isAlive();
  }

  /** Waits for the end. Whatever the command writes must be read meanwhile, or it may not end. */
  public ExitStatus waitFor() throws InterruptedException {
    planner.process().waitFor();
    return conclude();
  }

  /**
   * Waits for the end, for some time.
   *
   * @return empty when it has not ended by then
   */
  public Optional<ExitStatus> waitFor(Duration time) throws InterruptedException {
    return planner.process().waitFor(time) ? Optional.of(conclude()) : Optional.empty();
  }

  /**
   * Sends a signal to the first process; nothing happens when it has ended. Being process 1, it
   * only notices signals that it handles, besides KILL and STOP (pid_namespaces(7)).
   */
  public void kill(Signal signal) {
    if (!isAlive()) {
      return;
    }
    try (BriefLauncher brief = new BriefLauncher()) {
      StartFailures.translated(() -> {
        Invocation invocation = LauncherInvocation.of(brief.session(), Filters.SHARED);
        Kill.run(invocation, new Kill.Options(id, Integer.toString(signal.number()), false));
        return true;
      });
    } catch (RuntimeException e) {
      if (isAlive()) {
        throw new IsolationException("container " + id + ": " + e.getMessage(), e);
      }
    }
  }

  /** Asks it to end with TERM, and ends it with KILL when it has not within this time. */
  public ExitStatus stop(Duration grace) throws InterruptedException {
    kill(Signal.TERM);
    Optional<ExitStatus> status = waitFor(grace);
    if (status.isPresent()) {
      return status.get();
    }
    kill(Signal.KILL);
    return waitFor();
  }

  /** Ends it if it has not ended, waits for that, and removes all that it had. */
  @Override
  public void close() {
    planner.close(); // its launcher kills the first process then, and with it all others
    Launchers.awaitUninterruptibly(planner.process());
    conclude();
  }

  /** Asks the cgroups how it died, and removes them with all the rest; once. */
  private synchronized ExitStatus conclude() {
    if (ended.isEmpty()) {
      planner.close();
      long kills = made.map(this::remove).orElse(0L);
      ended = Optional.of(new ExitStatus(planner.process().exitCode(), kills));
    }
    return ended.get();
  }

  /** How many of its processes were killed for the memory limit. */
  private long remove(Made container) {
    try (BriefLauncher brief = new BriefLauncher()) {
      Invocation invocation = LauncherInvocation.ofEnded(brief::session, Filters.SHARED);
      return StartFailures.translated(
              () -> Conclude.remove(invocation, container.stored(), container.first()))
          .orElse(0);
    }
  }

  @Override
  public String toString() {
    return "Container[" + id + ", pid " + pid() + "]";
  }
}
