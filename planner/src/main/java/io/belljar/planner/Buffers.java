package io.belljar.planner;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Buffers outside the heap, from which the kernel copies without a step between. They are used
 * again, because they cost much to make and are given back late.
 */
final class Buffers {
  /** Room for an ordinary request, and for an ordinary plan. */
  static final int ORDINARY_BYTES = 64 << 10;

  private static final int MOST_KEPT = 16;

  private final ArrayBlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(MOST_KEPT);

  /** An empty little endian buffer. */
  ByteBuffer take() {
    ByteBuffer buffer = free.poll();
    return buffer == null ? allocate(ORDINARY_BYTES) : buffer.clear();
  }

  /** Takes a buffer back, unless it is of more than ordinary size or there are enough. */
  void give(ByteBuffer buffer) {
    if (buffer.capacity() == ORDINARY_BYTES) {
      boolean _ = free.offer(buffer);
    }
  }

  /** The buffer, or a larger one with its content and position. */
  ByteBuffer atLeast(ByteBuffer buffer, int bytes) {
    if (buffer.capacity() >= bytes) {
      return buffer;
    }
    ByteBuffer larger = allocate(Math.max(bytes, 2 * buffer.capacity())).put(buffer.flip());
    give(buffer);
    return larger;
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
