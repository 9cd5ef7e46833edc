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

/** The lifecycle's view of a launcher that this program started. */
public final class LauncherInvocation {
  private static final Logger LOG = System.getLogger("io.belljar");

  private LauncherInvocation() {}

  /** This program's user; the owner of /proc/self is the effective one (proc(5)). */
  public static long ownUser() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException("/proc is needed, and cannot be read", e);
    }
  }

  /** Warnings go to the logger {@code io.belljar}. */
  public static Invocation of(Session session, SeccompFilters filters) {
    long uid = session.request().uid();
    int pid = session.request().pid();
    StateStore store =
        new StateStore(
            StateStore.defaultRoot(uid, Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))));
    return new Invocation(
        Observer.of(store),
        () -> Facts.gather(pid),
        filters,
        new Executor() {
          @Override
          public void seal() {
            session.seal();
          }

          @Override
          public Outcome run(Plan plan) {
            return session.run(plan);
          }

          @Override
          public Outcome runLast(Plan plan) {
            return session.runLast(plan);
          }
        },
        ProcFs.host()
            .identify(pid)
            .orElseThrow(() -> new InvalidRequestException("the launcher was killed")),
        uid,
        warning -> LOG.log(Level.WARNING, warning));
  }
}
