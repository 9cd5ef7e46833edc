package io.belljar.planner;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The threads that accept connections and serve them.
 *
 * <p>A thread serves what it has accepted: handing a connection to another thread would cost more
 * than answering many a request. So before it serves, it sees to it that another one accepts. When
 * all are busy, connections wait in the socket's backlog.
 *
 * <p>They are platform threads: a blocking read on a virtual thread goes through a poller, which
 * doubles the time of a round trip.
 */
final class Workers {
  /** Threads that stay to accept, so that an ordinary burst needs no new ones. */
  private static final int SPARE = 4;

  /** How long to wait when the process has no descriptor left, until others are given back. */
  private static final long PAUSE_NANOS = 100_000_000;

  private final ServerSocketChannel server;
  private final Predicate<SocketChannel> service;
  private final int most;
  private final boolean once;
  private final PrintStream log;
  private final AtomicInteger threads = new AtomicInteger();
  private final AtomicInteger accepting = new AtomicInteger();
  private final AtomicInteger serving = new AtomicInteger();
  private volatile long lastServed = System.nanoTime();

  /**
   * Threads that do not accept yet.
   *
   * @param service serves a connection, and says whether anything was asked there
   * @param once whether the first connection that asks is the last
   */
  Workers(
      ServerSocketChannel server,
      Predicate<SocketChannel> service,
      int most,
      boolean once,
      PrintStream log) {
    this.server = server;
    this.service = service;
    this.most = most;
    this.once = once;
    this.log = log;
  }

  /** Starts the first thread. */
  void start() {
    begin();
  }

  private void begin() {
    if (threads.incrementAndGet() > most) {
      threads.decrementAndGet();
      return;
    }
    accepting.incrementAndGet();
    Thread.ofPlatform().daemon().name("belljar-worker").start(this::work);
  }

  private void work() {
    try {
      Optional<SocketChannel> connection = accept();
      while (connection.isPresent()) {
        boolean asked = serve(connection.get());
        connection = (once ? !asked : stays()) ? accept() : Optional.empty();
      }
    } finally {
      threads.decrementAndGet();
    }
  }

  /** The next connection; empty when the planner ends. */
  private Optional<SocketChannel> accept() {
    while (true) {
      try {
        return Optional.of(server.accept());
      } catch (ClosedChannelException e) {
        return Optional.empty();
      } catch (IOException e) {
        log.println("can't accept a connection: " + e.getMessage());
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private boolean serve(SocketChannel connection) {
    serving.incrementAndGet();
    if (accepting.decrementAndGet() == 0 && !once) {
      begin();
    }
    try {
      return service.test(connection);
    } finally {
      lastServed = System.nanoTime();
      serving.decrementAndGet();
    }
  }

  /** Whether this thread goes back to accepting, or there are enough that do. */
  private boolean stays() {
    if (accepting.get() >= SPARE) {
      return false;
    }
    accepting.incrementAndGet();
    return true;
  }

  /** How many connections are being served. */
  int serving() {
    return serving.get();
  }

  /** For how long nothing has been served. */
  long idleNanos() {
    return serving.get() > 0 ? 0 : System.nanoTime() - lastServed;
  }
}
