package io.belljar.cli.container;

import io.belljar.planner.Caller;
import java.io.InputStream;

/** The caller's standard input. */
final class CallerInput extends InputStream {
  private static final int CHUNK = 64 << 10;

  private final Caller caller;
  private byte[] bytes = {};
  private int at;
  private boolean ended;

  CallerInput(Caller caller) {
    this.caller = caller;
  }

  @Override
  public int read() {
    return fill() ? bytes[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int most) {
    if (most == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(most, bytes.length - at);
    System.arraycopy(bytes, at, into, offset, count);
    at += count;
    return count;
  }

  private boolean fill() {
    if (at == bytes.length && !ended) {
      bytes = caller.read(CHUNK);
      at = 0;
      ended = bytes.length == 0;
    }
    return !ended;
  }
}
