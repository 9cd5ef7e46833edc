package io.belljar.planner;

import io.belljar.linux.Errno;
import io.belljar.linux.process.Child;
import io.belljar.linux.process.ProcessException;
import io.belljar.linux.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A planner in a Java program: starts one launcher, and plans for it alone.
 *
 * <p>The launcher is a child of the program, with the standard streams that the program gives it,
 * and an empty environment: the program's own is nothing that a container should be able to find.
 * It is executed of a sealed file in memory, and has its connection from the beginning, so it has
 * nothing to ask or to prove, and waits for what it is to do.
 */
public final class LocalPlanner implements AutoCloseable {
  /** How long a launcher that has hung up may take to end. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private static final int MOST_ERROR_BYTES = 4096;

  /** As it executes its own copy (launcher/src/connection.c); it needs no home in a program. */
  private static final List<String> ARGUMENTS =
      List.of("belljar", "--sealed", Integer.toString(Child.CONNECTION), "/", "library");

  /** The launcher sets it so. */
  private static final int UMASK = 022;

  private static final Buffers BUFFERS = new Buffers();

  private final Child process;
  private final Session session;

  private LocalPlanner(Child process, Session session) {
    this.process = process;
    this.session = session;
  }

  /**
   * Starts a launcher.
   *
   * @param launcher see {@link LauncherBinary}
   * @param streams which become the container's
   * @throws LauncherUnavailable when it can't be started; nothing is left of it then
   */
  public static LocalPlanner start(Program launcher, Child.Streams streams) {
    try {
      Child process = Child.start(launcher, ARGUMENTS, streams);
      Session session =
          Session.with(Wire.of(process.connection()), BUFFERS, request(process.pid()));
      return new LocalPlanner(process, session);
    } catch (ProcessException e) {
      throw new LauncherUnavailable("the launcher can't be started" + cure(e), e);
    } catch (UncheckedIOException e) {
      throw new LauncherUnavailable("the launcher can't be started", e);
    }
  }

  private static Request request(int pid) {
    return new Request(
        "library",
        List.of(),
        Environment.EMPTY,
        "",
        pid,
        Self.PROCESS.uid(),
        Self.PROCESS.gid(),
        UMASK,
        Terminals.NONE);
  }

  private static String cure(ProcessException failure) {
    if (failure.is(Errno.EAGAIN)) {
      return ", as there are as many processes as there may be (ulimit -u, pids.max)";
    }
    if (failure.is(Errno.EMFILE)) {
      return ", as this program has as many files open as it may have (ulimit -n)";
    }
    if (failure.is(Errno.ENOENT)) {
      return ", as it is executed through /proc, which has to be mounted";
    }
    return "";
  }

  /** The connection with the launcher. */
  public Session session() {
    return session;
  }

  /** The launcher; it ends as the process does that it waits for. */
  public Child process() {
    return process;
  }

  /**
   * What became of a launcher that ended before its time.
   *
   * @param gone what was under way
   */
  public LauncherUnavailable explain(LauncherGone gone) {
    LauncherUnavailable failure = new LauncherUnavailable(gone.getMessage() + how());
    failure.addSuppressed(gone);
    return failure;
  }

  private String how() {
    try {
      if (!process.waitFor(GRACE)) {
        return "; it has hung up, but runs still";
      }
      String error =
          new String(process.error().readNBytes(MOST_ERROR_BYTES), StandardCharsets.UTF_8);
      return ", with status %d: %s"
          .formatted(
              process.waitFor(),
              error.isBlank() ? "it said nothing that this program sees" : error.strip());
    } catch (IOException _) {
      return ""; // its standard error is closed already
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /**
   * Hangs up, and does not wait. A launcher that needs the planner still undoes what it did; one
   * that was told to end what it waits for when the planner ends does so.
   */
  @Override
  public void close() {
    session.close();
  }
}
