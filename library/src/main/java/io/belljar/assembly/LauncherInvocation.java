package io.belljar.assembly;

import io.belljar.linux.proc.ProcFs;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.planner.Session;
import io.belljar.runtime.Facts;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.lifecycle.Executor;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.runtime.state.Observer;
import io.belljar.runtime.state.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The lifecycle's view of a launcher that this program started. */
public final class LauncherInvocation {
  private static final Logger LOG = System.getLogger("io.belljar");
  private static final int OWN_PID = (int) ProcessHandle.current().pid();

  private LauncherInvocation() {}

  /** This program's user; the owner of /proc/self is the effective one (proc(5)). */
  public static long ownUser() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException("/proc is needed, and cannot be read", e);
    }
  }

  /**
   * For a container that is to be made, or for one that lives. Warnings go to the logger {@code
   * io.belljar}.
   */
  public static Invocation of(Session session, SeccompFilters filters) {
    return invocation(new SessionExecutor(() -> session), session.request().pid(), filters);
  }

  /**
   * For a container whose launcher has ended.
   *
   * @param helper another launcher, started when one is needed after all
   */
  public static Invocation ofEnded(Supplier<Session> helper, SeccompFilters filters) {
    return invocation(new SessionExecutor(helper), OWN_PID, filters);
  }

  private static Invocation invocation(Executor executor, int pid, SeccompFilters filters) {
    long uid = ownUser();
    StateStore store =
        new StateStore(
            StateStore.defaultRoot(uid, Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))));
    return new Invocation(
        Observer.of(store),
        once(() -> facts(pid)),
        filters,
        executor,
        ProcFs.host()
            .identify(pid)
            .orElseThrow(() -> new InvalidRequestException("the launcher was killed")),
        uid,
        warning -> LOG.log(Level.WARNING, warning));
  }

  /**
   * The launcher is a child, and sees the machine as this program does; itself it can't be looked
   * into (prctl(2), PR_SET_DUMPABLE). What it may do can be less: a program's file may give it
   * capabilities (capabilities(7)).
   */
  private static Facts facts(int pid) {
    Facts own = Facts.gather(OWN_PID);
    long held =
        ProcFs.host()
            .status(pid)
            .orElseThrow(() -> new InvalidRequestException("the launcher was killed"))
            .capabilities()
            .permitted();
    return new Facts(
        own.cgroups(),
        own.lastCapability(),
        held,
        own.kernel(),
        own.appArmor(),
        own.kernelCore(),
        own.files());
  }

  /** A start looks at the machine once, and goes by what it saw. */
  private static Supplier<Facts> once(Supplier<Facts> look) {
    AtomicReference<Facts> seen = new AtomicReference<>();
    return () -> seen.updateAndGet(known -> known == null ? look.get() : known);
  }

  private record SessionExecutor(Supplier<Session> session) implements Executor {
    @Override
    public void seal() {
      session.get().seal();
    }

    @Override
    public Outcome run(Plan plan) {
      return session.get().run(plan);
    }

    @Override
    public Outcome runLast(Plan plan) {
      return session.get().runLast(plan);
    }
  }
}
