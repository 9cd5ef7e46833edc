package io.belljar;

import io.belljar.assembly.ContainerHome;
import io.belljar.assembly.LauncherInvocation;
import io.belljar.assembly.Preparation;
import io.belljar.linux.Signal;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.planner.LauncherBinary;
import io.belljar.planner.LauncherGone;
import io.belljar.planner.LauncherUnavailable;
import io.belljar.planner.LocalPlanner;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.lifecycle.Conclude;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.Kill;
import io.belljar.runtime.lifecycle.NewContainer;
import io.belljar.runtime.rootfs.Progress;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.runtime.state.StateStore;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A container that was started. It is used much like a {@link Process}, and must be closed: that
 * ends it, waits for it, and removes all that it had. It also ends when this program does.
 *
 * <p>Safe for use by several threads.
 */
public final class Container implements AutoCloseable {
  private final ContainerId id;
  private final LocalPlanner planner;
  private final StateStore store;
  private final ProcessIdentity first;
  private Optional<ExitStatus> ended = Optional.empty();

  private Container(ContainerId id, LocalPlanner planner, StateStore store, ProcessIdentity first) {
    this.id = id;
    this.planner = planner;
    this.store = store;
    this.first = first;
  }

  static Container start(Isolation isolation) {
    LocalPlanner planner = launcher(isolation.inheritStreams());
    boolean started = false;
    try {
      Container container = start(isolation, planner);
      started = true;
      return container;
    } finally {
      if (!started) {
        leave(planner);
      }
    }
  }

  private static Container start(Isolation isolation, LocalPlanner planner) {
    Invocation invocation = LauncherInvocation.of(planner.session(), Filters.SHARED);
    Preparation preparation =
        StartFailures.translated(() ->
            new Preparation(isolation, invocation, home(), Container::variable, Progress.NONE));
    StartFailures.translated(() -> {
      preparation.run(StartMode.EMBEDDED, Container::details);
      return preparation;
    });
    ProcessIdentity first =
        invocation
            .observer()
            .recordedProcess(preparation.id())
            .orElseGet(invocation::launcher); // it has ended already, and somebody removed it
    return new Container(preparation.id(), planner, invocation.store(), first);
  }

  private static NewContainer.Builder details(NewContainer.Builder builder) {
    return builder
        .dieWithLauncher(true)
        .removeOnExit(true)
        .terminal(new NewContainer.Terminal(Optional.empty(), true, 0, 0));
  }

  private static LocalPlanner launcher(boolean inheritStreams) {
    try {
      return LocalPlanner.start(
          LauncherBinary.find(),
          inheritStreams ? LocalPlanner.Streams.INHERITED : LocalPlanner.Streams.PIPES);
    } catch (LauncherUnavailable e) {
      throw new StartException(StartException.Reason.OTHER, e.getMessage(), e);
    }
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
    return first.pid();
  }

  /** What is written here, the command reads from its standard input; nothing if inherited. */
  public OutputStream input() {
    return planner.process().getOutputStream();
  }

  /** What the command writes to its standard output; empty if inherited. */
  public InputStream output() {
    return planner.process().getInputStream();
  }

  /** What the command writes to its standard error; empty if inherited. */
  public InputStream error() {
    return planner.process().getErrorStream();
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
    return planner.process().waitFor(time.toNanos(), TimeUnit.NANOSECONDS)
        ? Optional.of(conclude())
        : Optional.empty();
  }

  /**
   * Sends a signal to the first process; nothing happens when it has ended. Being process 1, it
   * only notices signals that it handles, besides KILL and STOP (pid_namespaces(7)).
   */
  public void kill(Signal signal) {
    if (!isAlive()) {
      return;
    }
    try {
      briefly(invocation -> {
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
    awaitUninterruptibly(planner.process());
    conclude();
  }

  private static void awaitUninterruptibly(Process process) {
    boolean interrupted = false;
    while (true) {
      try {
        process.waitFor();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks the cgroups how it died, and removes them with all the rest; once. */
  private synchronized ExitStatus conclude() {
    if (ended.isEmpty()) {
      planner.close();
      int code = planner.process().exitValue();
      long kills = 0;
      if (store.exists(id)) {
        kills =
            briefly(invocation -> Conclude.run(invocation, id))
                .map(ending -> ending.memoryKills().orElse(0))
                .orElse(0L);
      }
      ended = Optional.of(new ExitStatus(code, kills));
    }
    return ended.get();
  }

  /** With a launcher of its own: the container's has other things to do, or has gone. */
  private static <T> T briefly(Function<Invocation, T> work) {
    LocalPlanner helper = launcher(false);
    try {
      return StartFailures.translated(
          () -> work.apply(LauncherInvocation.of(helper.session(), Filters.SHARED)));
    } finally {
      leave(helper);
    }
  }

  private static void leave(LocalPlanner planner) {
    try {
      planner.session().exit(0);
    } catch (IllegalStateException | LauncherGone _) {
      // It has gone its own way already.
    } finally {
      planner.close();
      awaitUninterruptibly(planner.process());
    }
  }

  @Override
  public String toString() {
    return "Container[" + id + ", pid " + pid() + "]";
  }
}
