package io.belljar.linux.process;

import io.belljar.linux.Errno;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;

/**
 * This program's end of a connection with a child, which has the other one: unlike a {@link
 * java.nio.channels.SocketChannel} it needs no name in the file system. Waits as long as it takes.
 *
 * <p>For one thread that reads and writes; {@link #close} by any, which wakes that one.
 */
public final class LocalSocket implements ByteChannel {
  private static final int MSG_PEEK = 0x2;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;

  private final int descriptor;
  private int users;
  private boolean closed;

  LocalSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return transfer(() -> {
      int count = (int) ProcessCalls.receive(descriptor, MemorySegment.ofBuffer(into), 0);
      into.position(into.position() + count);
      return count == 0 ? -1 : count;
    });
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return transfer(() -> {
      int count = (int) ProcessCalls.send(descriptor, MemorySegment.ofBuffer(from), MSG_NOSIGNAL);
      from.position(from.position() + count);
      return count;
    });
  }

  /** Whether the other end has hung up, and nothing is left to be read. */
  public boolean isEnded() {
    try {
      ByteBuffer one = ByteBuffer.allocateDirect(1);
      return transfer(() ->
          (int)
              ProcessCalls.receive(
                  descriptor, MemorySegment.ofBuffer(one), MSG_PEEK | MSG_DONTWAIT))
          == 0;
    } catch (IOException e) {
      return !(e.getCause() instanceof ProcessException failure && failure.is(Errno.EAGAIN));
    }
  }

  private interface Transfer {
    int run();
  }

  private int transfer(Transfer work) throws IOException {
    enter();
    try {
      return work.run();
    } catch (ProcessException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      leave();
    }
  }

  private synchronized void enter() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
    users++;
  }

  /** The number is given back only when nobody uses it: another file could have it at once. */
  private synchronized void leave() {
    users--;
    if (closed && users == 0) {
      ProcessCalls.close(descriptor);
    }
  }

  @Override
  public synchronized boolean isOpen() {
    return !closed;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    ProcessCalls.shutdown(descriptor);
    if (users == 0) {
      ProcessCalls.close(descriptor);
    }
  }
}
