package io.belljar.planner;

import io.belljar.plan.FrameType;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The frames of one connection. Frames to send are collected and leave in one write; a frame is
 * received in one read where it came in one. For one thread at a time; {@link #close} by any.
 *
 * <p>Failures of the socket are {@link LauncherGone}: nothing else is at the other end.
 */
final class Connection implements AutoCloseable {
  private static final int HEADER_BYTES = 8;

  private final Wire channel;
  private final Buffers buffers;
  private ByteBuffer in;
  private ByteBuffer out;
  private boolean released;

  Connection(Wire channel, Buffers buffers) {
    this.channel = channel;
    this.buffers = buffers;
    in = buffers.take();
    out = buffers.take();
  }

  /**
   * Waits for a frame of this type, and for nothing after it: a launcher says one thing at a time.
   *
   * @return its payload, valid until the next call
   * @throws MalformedMessage when it is another frame, a longer one, or more than one
   */
  ByteBuffer receive(FrameType type, int mostBytes, LauncherGone.Phase phase) {
    in.clear();
    fill(HEADER_BYTES, phase);
    int number = in.getInt(0);
    if (number != type.number()) {
      throw new MalformedMessage(
          "a frame of type %s instead of %s"
              .formatted(Integer.toUnsignedString(number), type.name()));
    }
    long length = in.getInt(4) & 0xFFFF_FFFFL;
    if (length > mostBytes) {
      throw new MalformedMessage(
          "a frame %s of %d bytes, where %d are the most"
              .formatted(type.name(), length, mostBytes));
    }
    int end = HEADER_BYTES + (int) length;
    in = buffers.atLeast(in, end);
    fill(end, phase);
    if (in.position() > end) {
      throw new MalformedMessage(
          "%d bytes after the frame %s".formatted(in.position() - end, type.name()));
    }
    return in.flip().position(HEADER_BYTES);
  }

  private void fill(int bytes, LauncherGone.Phase phase) {
    try {
      while (in.position() < bytes) {
        if (channel.read(in) < 0) {
          throw new LauncherGone(phase);
        }
      }
    } catch (IOException e) {
      throw new LauncherGone(phase, e);
    }
  }

  /** Whether the other end has hung up. Asked while it has nothing to say. */
  boolean isEnded() {
    return channel.isEnded();
  }

  /**
   * Begins a frame.
   *
   * @return where exactly {@code length} bytes of payload are to be put
   */
  ByteBuffer frame(FrameType type, int length) {
    out = buffers.atLeast(out, out.position() + HEADER_BYTES + length);
    return out.putInt(type.number()).putInt(length);
  }

  /** How many bytes wait to be sent. */
  int pending() {
    return out.position();
  }

  /** Sends what waits. */
  void send(LauncherGone.Phase phase) {
    out.flip();
    try {
      while (out.hasRemaining()) {
        channel.write(out);
      }
    } catch (IOException e) {
      throw new LauncherGone(phase, e);
    } finally {
      out.clear();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was to be read or written any more, and the descriptor is given back all the same.
    }
  }

  /** Gives the buffers back; nothing is sent or received afterwards. By the connection's thread. */
  void release() {
    if (!released) {
      released = true;
      buffers.give(in);
      buffers.give(out);
    }
  }
}
