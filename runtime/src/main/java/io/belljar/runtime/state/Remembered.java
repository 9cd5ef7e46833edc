package io.belljar.runtime.state;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * What was read of files, for as long as they have the same stamp; for all threads. It is bounded:
 * what it has no place for is read again.
 *
 * @param <V> immutable
 */
final class Remembered<V> {
  private record Entry<V>(FileStamp stamp, V value, long bytes) {}

  private final int most;
  private final long mostBytes;
  private final Map<Path, Entry<V>> entries = new HashMap<>();
  private long bytes;

  /**
   * With nothing in it.
   *
   * @param most how many files at most
   * @param mostBytes how many bytes in all of them
   */
  Remembered(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** What was read of a file that had this stamp. */
  synchronized Optional<V> of(Path file, FileStamp stamp) {
    Entry<V> entry = entries.get(file);
    return entry != null && entry.stamp().isSame(stamp)
        ? Optional.of(entry.value())
        : Optional.empty();
  }

  /** Remembers what was read after the stamp was taken, which is settled. */
  synchronized void put(Path file, FileStamp stamp, V value, long size) {
    forget(file);
    if (size > mostBytes) {
      return;
    }
    while (entries.size() >= most || bytes + size > mostBytes) {
      dropOne();
    }
    entries.put(file, new Entry<>(stamp, value, size));
    bytes += size;
  }

  /** Any but the oldest: a list reads all in turn, and would always miss what was just dropped. */
  private void dropOne() {
    Iterator<Entry<V>> all = entries.values().iterator();
    bytes -= all.next().bytes();
    all.remove();
  }

  /** A file that is gone. */
  synchronized void forget(Path file) {
    Entry<V> entry = entries.remove(file);
    if (entry != null) {
      bytes -= entry.bytes();
    }
  }
}
