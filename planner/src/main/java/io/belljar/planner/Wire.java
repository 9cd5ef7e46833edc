package io.belljar.planner;

import io.belljar.linux.process.LocalSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connected socket: one that a launcher has connected to, or one end of a pair whose other end a
 * launcher was started with. Reads and writes wait; {@link #close} by any thread ends that.
 */
interface Wire extends AutoCloseable {
  /** How many bytes were read; -1 at the end. */
  int read(ByteBuffer into) throws IOException;

  /** How many bytes were written. */
  int write(ByteBuffer from) throws IOException;

  /** Whether the other end has hung up. Asked while it has nothing to say. */
  boolean isEnded();

  @Override
  void close() throws IOException;

  /** Of a launcher that has connected. */
  static Wire of(SocketChannel channel) {
    return new Wire() {
      @Override
      public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
      }

      @Override
      public int write(ByteBuffer from) throws IOException {
        return channel.write(from);
      }

      @Override
      public boolean isEnded() {
        try {
          channel.configureBlocking(false);
          try {
            return channel.read(ByteBuffer.allocate(1)) < 0;
          } finally {
            channel.configureBlocking(true);
          }
        } catch (IOException e) {
          return true;
        }
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  /** Of a launcher that is a child of this program. */
  static Wire of(LocalSocket socket) {
    return new Wire() {
      @Override
      public int read(ByteBuffer into) throws IOException {
        return socket.read(into);
      }

      @Override
      public int write(ByteBuffer from) throws IOException {
        return socket.write(from);
      }

      @Override
      public boolean isEnded() {
        return socket.isEnded();
      }

      @Override
      public void close() {
        socket.close();
      }
    };
  }
}
