package io.belljar.planner;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Serves a connection: sees who it is, waits for the request, and has it answered. */
final class Reception {
  private final RequestHandler handler;
  private final Admission admission;
  private final Residency residency;
  private final PrintStream log;
  private final Buffers buffers = new Buffers();

  /** Connections without a request so far, and since when they wait, in nanoseconds. */
  private final Map<SocketChannel, Long> silent = new ConcurrentHashMap<>();

  private final AtomicLong requests = new AtomicLong();
  private final AtomicInteger underWay = new AtomicInteger();

  Reception(RequestHandler handler, Admission admission, Residency residency, PrintStream log) {
    this.handler = handler;
    this.admission = admission;
    this.residency = residency;
    this.log = log;
  }

  /**
   * Serves one connection to its end.
   *
   * @return whether anything was asked: who only looks whether anybody listens hangs up
   */
  boolean serve(SocketChannel channel) {
    return serve(channel, OptionalLong.empty());
  }

  /** The same at a socket where all launchers come: those of another world go without an answer. */
  boolean serve(SocketChannel channel, OptionalLong world) {
    boolean asked = false;
    silent.put(channel, System.nanoTime());
    try (channel) {
      Session session = Session.open(channel, buffers, true);
      silent.remove(channel);
      asked = true;
      if (isAdmitted(session, world)) {
        answer(session);
      }
    } catch (MalformedMessage e) {
      log.println(e.getMessage());
    } catch (LauncherGone e) {
      // Before its request it only looked whether anybody listens.
      if (e.phase() != LauncherGone.Phase.REQUEST) {
        log.println(e.getMessage());
      }
    } catch (IOException e) {
      log.println("a connection failed: " + e.getMessage());
    } finally {
      silent.remove(channel);
    }
    return asked;
  }

  /** Nothing is done before, and nothing afterwards for whoever is refused. */
  private boolean isAdmitted(Session session, OptionalLong world) {
    Introduction said = session.introduction();
    try {
      if (world.isPresent() && world.getAsLong() != said.world()) {
        throw new Admission.Refused("it belongs to a planner of another name");
      }
      session.admitted(admission.admit(said.request().pid(), said.proof()), residency);
      return true;
    } catch (Admission.Refused e) {
      log.println("a request was refused: " + oneLine(e.getMessage()));
      if (world.isEmpty()) {
        tell(session, oneLine(e.getMessage()));
      }
      session.finish();
      return false;
    }
  }

  private void answer(Session session) {
    requests.incrementAndGet();
    underWay.incrementAndGet();
    try {
      handler.handle(session);
      if (!session.ended()) {
        tell(session, "the planner gave no answer");
      }
    } catch (LauncherGone e) {
      throw e;
    } catch (RuntimeException | Error e) {
      report(session, e);
    } finally {
      underWay.decrementAndGet();
      session.finish();
    }
  }

  private void report(Session session, Throwable defect) {
    synchronized (log) {
      // Not its arguments: they may hold secrets.
      log.println(
          "a request of %s, process %d, failed unexpectedly"
              .formatted(session.request().program(), session.request().pid()));
      defect.printStackTrace(log);
    }
    if (!session.ended()) {
      tell(session, oneLine("the planner failed unexpectedly: " + defect));
    }
  }

  private static void tell(Session session, String line) {
    session.printError(session.request().program() + ": " + line + "\n");
    session.exit(1);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }

  /** How many requests were answered or are being answered. */
  long requests() {
    return requests.get();
  }

  /** How many requests are being answered. */
  int underWay() {
    return underWay.get();
  }

  /** Hangs up on connections that have been silent for longer than this. */
  void dropSilent(long nanos) {
    long now = System.nanoTime();
    silent.forEach((channel, since) -> {
      if (now - since > nanos) {
        log.println("a connection without a request was dropped");
        try {
          channel.close();
        } catch (IOException e) {
          log.println("a silent connection can't be closed: " + e.getMessage());
        }
      }
    });
  }
}
