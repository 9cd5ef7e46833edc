package io.belljar.planner;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Serves a connection: sees who it is, waits for the request, and has it answered. */
final class Reception {
  private final RequestHandler handler;
  private final PrintStream log;
  private final Buffers buffers = new Buffers();

  /** Connections without a request so far, and since when they wait, in nanoseconds. */
  private final Map<SocketChannel, Long> silent = new ConcurrentHashMap<>();

  Reception(RequestHandler handler, PrintStream log) {
    this.handler = handler;
    this.log = log;
  }

  /** Serves one connection to its end. */
  void serve(SocketChannel channel) {
    silent.put(channel, System.nanoTime());
    try (channel) {
      if (Peer.isSameUser(channel)) {
        Session session = Session.open(channel, buffers, true);
        silent.remove(channel);
        answer(session);
      } else {
        log.println("a connection of another user was refused");
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
  }

  private void answer(Session session) {
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
