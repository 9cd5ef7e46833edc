package io.belljar.planner;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A planner that listens on a socket and answers whoever of the same user connects, until it is
 * idle, is told to stop, or is not the one any more that launchers would find.
 */
public final class ResidentPlanner {
  /** How long a connection may take to send its request. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How often it looks whether it should end. */
  private static final Duration TICK = Duration.ofSeconds(5);

  /** How long a planner for one connection waits for it: whoever wanted it may have died. */
  private static final Duration LONELY = Duration.ofMinutes(1);

  /** How long nothing may have come after the name is gone, until nothing can come any more. */
  private static final long QUIET_MILLIS = 20;

  /** How long {@link #stop} waits for what is under way. */
  private static final long STOP_SECONDS = 60;

  private final ResidentOptions options;
  private final Reception reception;
  private final PrintStream log;
  private final Duration patience;
  private final Duration idle;
  private final Duration tick;
  private final Optional<Object> home;
  private final RuntimeDirectory directory;
  private final Instant since = Instant.now();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean served;
  private boolean stopping;

  /**
   * A planner that does not listen yet.
   *
   * @param handler answers the requests
   * @param log gets a line for whatever its user should be able to find out afterwards
   */
  public ResidentPlanner(ResidentOptions options, RequestHandler handler, PrintStream log) {
    this(options, handler, log, PATIENCE, TICK);
  }

  ResidentPlanner(
      ResidentOptions options,
      RequestHandler handler,
      PrintStream log,
      Duration patience,
      Duration tick) {
    this.options = options;
    this.reception = new Reception(handler, new Admission(Path.of("/proc")), residency(), log);
    this.directory = new RuntimeDirectory(options.socket().getParent());
    this.log = log;
    this.patience = patience;
    this.idle = options.once() ? shorter(options.idle(), LONELY) : options.idle();
    this.tick = shorter(tick, idle);
    this.home = options.home().flatMap(ResidentPlanner::installation);
  }

  private Residency residency() {
    return new Residency() {
      @Override
      public Report report() {
        return new Report(
            options.socket(),
            options.home(),
            since,
            reception.requests(),
            Math.max(0, reception.underWay() - 1),
            idle);
      }

      @Override
      public void end() {
        beginToStop();
      }
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * Listens and serves, until it ends. When another planner listens at the path already, that one
   * is left to it.
   *
   * @param ready gets the line {@code ready} once launchers can connect, and is closed then
   * @throws ResidencyRefused when it can't listen there
   */
  public void serve(OutputStream ready) {
    serve(ready, () -> {});
  }

  /**
   * The same, with something to do that is not to keep the first caller waiting.
   *
   * @param afterFirst is done once a first connection has been served, or none came soon
   */
  public void serve(OutputStream ready, Runnable afterFirst) {
    try {
      Optional<InheritedSocket> inherited =
          options.inherited()
              ? Optional.of(InheritedSocket.take(options.socket()))
              : Optional.empty();
      Optional<ListeningSocket> taken = ListeningSocket.take(options.socket());
      announce(ready);
      if (taken.isPresent()) {
        try (ListeningSocket socket = taken.get()) {
          serve(socket, inherited, afterFirst);
        }
      } else {
        inherited.ifPresent(InheritedSocket::turnAway);
      }
    } finally {
      ended.countDown();
    }
  }

  private void announce(OutputStream ready) {
    try (ready) {
      ready.write("ready\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      log.println("who started the planner did not wait until it was ready");
    }
  }

  private void serve(
      ListeningSocket socket, Optional<InheritedSocket> inherited, Runnable afterFirst) {
    List<Workers> workers = new ArrayList<>();
    workers.add(
        new Workers(
            socket.channel(),
            this::serveOne,
            options.once() ? 1 : options.workers(),
            options.once(),
            log));
    inherited.ifPresent(other ->
        workers.add(
            new Workers(
                other.channel(),
                connection -> reception.serve(connection, OptionalLong.of(other.world())),
                options.workers(),
                false,
                log)));
    workers.forEach(Workers::start);
    awaitServed();
    afterFirst.run();
    if (options.leaveGroups() && !options.once() && Self.PROCESS.isRoot()) {
      // Only now: each hierarchy left waits for the whole machine, which forks nothing meanwhile,
      // and the first caller need not.
      CallersGroups.leave().forEach(log::println);
    }
    directory.removeStaleSockets();
    directory.boundLog();
    log.println("the planner ends: " + awaitReason(socket, workers));
    socket.withdraw();
    if (!options.once() || !served) {
      drain(workers);
    }
  }

  private boolean serveOne(SocketChannel connection) {
    boolean asked = reception.serve(connection);
    if (asked && !served) {
      synchronized (this) {
        served = true;
        notifyAll();
      }
    }
    return asked;
  }

  /** Waits until a first connection has been served, or none was in a tick. */
  private synchronized void awaitServed() {
    long until = System.nanoTime() + tick.toNanos();
    try {
      for (long left = tick.toMillis();
          !served && !stopping && left > 0;
          left = millisUntil(until)) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long millisUntil(long nanoTime) {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime());
  }

  private synchronized String awaitReason(ListeningSocket socket, List<Workers> workers) {
    Optional<String> reason = reason(socket, workers);
    while (reason.isEmpty()) {
      try {
        wait(tick.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return "it was interrupted";
      }
      reception.dropSilent(patience.toNanos());
      directory.boundLog();
      reason = reason(socket, workers);
    }
    return reason.get();
  }

  private Optional<String> reason(ListeningSocket socket, List<Workers> workers) {
    if (stopping) {
      return Optional.of("it was told to stop");
    }
    if (options.once() && served) {
      return Optional.of("its one connection has been served");
    }
    if (idleNanos(workers) >= idle.toNanos()) {
      return Optional.of("nobody asked for %d s".formatted(idle.toSeconds()));
    }
    if (!socket.isInPlace()) {
      return Optional.of("its socket was removed or replaced");
    }
    if (!options.home().flatMap(ResidentPlanner::installation).equals(home)) {
      return Optional.of("its installation was removed or replaced");
    }
    return Optional.empty();
  }

  /**
   * What launchers know a distribution by, its planner.args and their time, as a package manager
   * replaces files within a directory that stays. Where it has none, the directory.
   */
  private static Optional<Object> installation(Path home) {
    Path arguments = home.resolve("lib/planner.args");
    return attributes(arguments)
        .<Object>map(found -> List.of(found.fileKey(), found.lastModifiedTime()))
        .or(() -> attributes(home).map(BasicFileAttributes::fileKey));
  }

  private static Optional<BasicFileAttributes> attributes(Path path) {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long idleNanos(List<Workers> workers) {
    return workers.stream().mapToLong(Workers::idleNanos).min().orElse(0);
  }

  /** Who connected before the name was gone is still answered. */
  private void drain(List<Workers> workers) {
    try {
      do {
        Thread.sleep(QUIET_MILLIS);
        reception.dropSilent(patience.toNanos());
      } while (idleNanos(workers) < TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void beginToStop() {
    stopping = true;
    notifyAll();
  }

  /**
   * Has it end once what is under way is finished, and waits for that, a minute at most. For a
   * shutdown hook: the JVM ends when it returns.
   */
  public void stop() {
    beginToStop();
    try {
      if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        log.println("the planner ends with requests under way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
