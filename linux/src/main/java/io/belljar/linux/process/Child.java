package io.belljar.linux.process;

import io.belljar.linux.Signal;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child of this program, which it waits for by its number alone, as the JDK does for its own: a
 * program that waits for any child takes away how this one ended. Safe for use by several threads.
 */
public final class Child {
  /** Under which number the child has its end of the connection. */
  public static final int CONNECTION = 3;

  private static final int PROGRAM = 4;
  private static final String PROGRAM_PATH = "/proc/self/fd/" + PROGRAM;

  private static final ExecutorService REAPERS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform()
              .daemon()
              .inheritInheritableThreadLocals(false)
              .name("belljar-reaper-", 0)
              .factory());

  private final int pid;
  private final LocalSocket connection;
  private final ChildStreams streams;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private boolean reaped;

  private Child(int pid, LocalSocket connection, ChildStreams streams) {
    this.pid = pid;
    this.connection = connection;
    this.streams = streams;
  }

  /** What a child has as its standard streams. */
  public enum Streams {
    /** Pipes, whose other ends this program has. */
    PIPES,
    /** This program's own. */
    INHERITED
  }

  /**
   * Starts a child in this program's working directory, with an empty environment.
   *
   * @param arguments its name and what follows
   * @throws ProcessException when it can't be; nothing is left of it then
   */
  public static Child start(Program program, List<String> arguments, Streams streams) {
    ProcessCalls.Two sockets = ProcessCalls.socketPair();
    LocalSocket connection = new LocalSocket(sockets.first());
    Child child = null;
    try (SpawnActions actions = new SpawnActions();
        ChildStreams.Ends ends = ChildStreams.Ends.open(streams)) {
      ends.give(actions);
      actions.give(sockets.second(), CONNECTION).give(program.descriptor(), PROGRAM);
      ChildStreams own = ends.own();
      int pid;
      try {
        pid = actions.spawn(PROGRAM_PATH, arguments);
      } catch (ProcessException e) {
        own.ended();
        throw e;
      }
      child = new Child(pid, connection, own);
      child.reapLater();
      return child;
    } finally {
      ProcessCalls.close(sockets.second());
      if (child == null) {
        connection.close();
      }
    }
  }

  private void reapLater() {
    boolean begun = false;
    try {
      REAPERS.execute(this::reap);
      begun = true;
    } finally {
      if (!begun) { // no thread can be had: nothing may be left that nobody waits for
        ProcessCalls.kill(pid, Signal.KILL.number());
        reap();
        connection.close();
      }
    }
  }

  private void reap() {
    try {
      ProcessCalls.awaitEnd(pid);
      int status;
      synchronized (this) { // its number may be another's from now on
        reaped = true;
        status = ProcessCalls.reap(pid);
      }
      exit.complete(code(status));
    } catch (ProcessException e) {
      synchronized (this) {
        reaped = true;
      }
      exit.completeExceptionally(e);
    } finally {
      streams.ended();
    }
  }

  private static int code(int status) {
    int signal = status & 0x7f;
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
  }

  /** Its process id. */
  public int pid() {
    return pid;
  }

  /** This program's end of the connection. */
  public LocalSocket connection() {
    return connection;
  }

  /** What is written here, it reads from its standard input; fails if that is inherited. */
  public OutputStream input() {
    return streams.input();
  }

  /** What it writes to its standard output; empty if inherited. */
  public InputStream output() {
    return streams.output();
  }

  /** What it writes to its standard error; empty if inherited. */
  public InputStream error() {
    return streams.error();
  }

  /** Whether it has not ended yet. */
  public boolean isAlive() {
    return !exit.isDone();
  }

  /** Waits until it has ended. */
  public void awaitEnd() throws InterruptedException {
    try {
      exit.get();
    } catch (ExecutionException _) {
      // It has: only how is not known.
    }
  }

  /** Waits until it has ended: its exit code. */
  public int waitFor() throws InterruptedException {
    awaitEnd();
    return exitCode();
  }

  /**
   * Waits until it has ended, for some time.
   *
   * @return whether it has
   */
  public boolean waitFor(Duration time) throws InterruptedException {
    try {
      exit.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException _) {
      return true;
    }
  }

  /**
   * Its exit code, or as a shell has it, 128 and the number of the signal that ended it.
   *
   * @throws IllegalStateException when it has not ended, or this program has reaped it in another
   *     way
   */
  public int exitCode() {
    return switch (exit.state()) {
      case SUCCESS -> exit.resultNow();
      case RUNNING -> throw new IllegalStateException("child " + pid + " has not ended");
      case FAILED, CANCELLED ->
          throw new IllegalStateException(
              ("how child %d ended is not known: this program has waited for children of any"
                      + " number")
                  .formatted(pid),
              exit.exceptionNow());
    };
  }

  /** Ends it by SIGKILL; nothing happens when it has ended. */
  public synchronized void kill() {
    if (!reaped) {
      ProcessCalls.kill(pid, Signal.KILL.number());
    }
  }
}
