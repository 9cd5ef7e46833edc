package io.belljar.planner;

import io.belljar.linux.proc.ProcFs;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A planner in a Java program: starts one launcher, and plans for it alone.
 *
 * <p>The launcher is a child of the program, with the standard streams that the program gives it,
 * and an empty environment: the program's own is nothing that a container should be able to find.
 */
public final class LocalPlanner implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long a launcher that has hung up may take to end. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private static final int MOST_ERROR_BYTES = 4096;

  /**
   * ETXTBSY: while the launcher was being unpacked, another thread started a process, which held
   * the file open for writing until it executed.
   */
  private static final String TEXT_FILE_BUSY = "error=26";

  private static final int BUSY_TRIES = 50;
  private static final long BUSY_PAUSE_NANOS = 2_000_000;

  private static final Buffers BUFFERS = new Buffers();
  private static final AtomicBoolean TIDIED = new AtomicBoolean();

  private final Process process;
  private final Session session;

  private LocalPlanner(Process process, Session session) {
    this.process = process;
    this.session = session;
  }

  /**
   * The launcher's standard streams, which become the container's.
   *
   * @param input where its standard input comes from
   * @param output where its standard output goes
   * @param error where its standard error goes
   */
  public record Streams(Redirect input, Redirect output, Redirect error) {
    /** Pipes: see {@link Process}. */
    public static final Streams PIPES = new Streams(Redirect.PIPE, Redirect.PIPE, Redirect.PIPE);

    /** The program's own. */
    public static final Streams INHERITED =
        new Streams(Redirect.INHERIT, Redirect.INHERIT, Redirect.INHERIT);
  }

  /**
   * Starts a launcher and waits for its request.
   *
   * @param launcher see {@link LauncherBinary}
   * @throws LauncherUnavailable when it can't be started, or ends before it has connected; nothing
   *     is left of it then
   */
  public static LocalPlanner start(Path launcher, Streams streams) {
    return start(launcher, streams, SocketDirectory.places(), PATIENCE);
  }

  static LocalPlanner start(Path launcher, Streams streams, List<Path> places, Duration patience) {
    try (SocketDirectory directory = SocketDirectory.create(places);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      if (TIDIED.compareAndSet(false, true)) {
        directory.removeStale();
      }
      server.bind(directory.address(), 1);
      Process process = start(launcher, directory.address().toString(), streams);
      boolean opened = false;
      try {
        Session session = receive(server, process, patience);
        opened = true;
        return new LocalPlanner(process, session);
      } catch (IOException | LauncherGone | MalformedMessage e) {
        throw failure(launcher, process, e);
      } finally {
        if (!opened) {
          process.destroyForcibly();
        }
      }
    } catch (IOException e) {
      throw new LauncherUnavailable("the launcher " + launcher + " can't be started", e);
    }
  }

  private static Process start(Path launcher, String socket, Streams streams) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(launcher.toString(), "--planner", socket))
            .redirectInput(streams.input())
            .redirectOutput(streams.output())
            .redirectError(streams.error());
    builder.environment().clear();
    for (int tries = 1; ; tries++) {
      try {
        return builder.start();
      } catch (IOException e) {
        if (tries == BUSY_TRIES || !String.valueOf(e.getMessage()).contains(TEXT_FILE_BUSY)) {
          throw e;
        }
        LockSupport.parkNanos(BUSY_PAUSE_NANOS);
      }
    }
  }

  /** The session of this launcher; connections of other processes are hung up on. */
  private static Session receive(ServerSocketChannel server, Process process, Duration patience)
      throws IOException {
    AtomicReference<Channel> awaited = new AtomicReference<>(server);
    CompletableFuture<Process> end =
        process.onExit().copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<Process> _ =
        end.whenComplete((_, failure) -> {
          if (!(failure instanceof CancellationException)) {
            close(awaited.get());
          }
        });
    try {
      while (true) {
        SocketChannel channel = server.accept();
        awaited.set(channel);
        if (end.isDone()) {
          close(channel);
        }
        Optional<Session> session = accept(channel, process);
        if (session.isPresent()) {
          return session.get();
        }
        awaited.set(server);
      }
    } finally {
      end.cancel(false);
    }
  }

  private static Optional<Session> accept(SocketChannel channel, Process process) {
    Session session = Session.open(channel, BUFFERS, false);
    if (isFrom(process, session)) {
      return Optional.of(session);
    }
    session.close();
    return Optional.empty();
  }

  /** Its namespaces are this program's, as it is a child of it. */
  private static boolean isFrom(Process process, Session session) {
    int pid = session.request().pid();
    try {
      return pid == process.pid()
          && Admission.proven(ProcFs.host(), pid, session.introduction().proof()).pid() == pid;
    } catch (Admission.Refused e) {
      return false;
    }
  }

  private static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Whoever waits on it is woken all the same.
    }
  }

  private static LauncherUnavailable failure(Path launcher, Process process, Exception cause) {
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        return new LauncherUnavailable(
            "the launcher %s runs, but did not connect properly".formatted(launcher), cause);
      }
      String error =
          new String(process.getErrorStream().readNBytes(MOST_ERROR_BYTES), StandardCharsets.UTF_8);
      LauncherUnavailable failure =
          new LauncherUnavailable(
              "the launcher %s ended with status %d before it had connected: %s"
                  .formatted(
                      launcher,
                      process.exitValue(),
                      error.isBlank() ? "it said nothing that this program sees" : error.strip()));
      failure.addSuppressed(cause);
      return failure;
    } catch (IOException e) {
      return new LauncherUnavailable("the launcher " + launcher + " ended before it connected", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new LauncherUnavailable("interrupted while the launcher " + launcher + " started", e);
    }
  }

  /** The connection with the launcher. */
  public Session session() {
    return session;
  }

  /** The launcher; it ends as the process does that it waits for. */
  public Process process() {
    return process;
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
