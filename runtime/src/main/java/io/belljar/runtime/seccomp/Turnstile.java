package io.belljar.runtime.seccomp;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Lets a few threads do something at a time; the others wait, and come in order. */
final class Turnstile {
  private final Semaphore places;

  Turnstile(int places) {
    this.places = new Semaphore(places, true);
  }

  <T> T run(Supplier<T> work) {
    places.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
