package io.belljar.runtime.state;

import io.belljar.runtime.ContainerId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Lets one command at a time change a container, among the threads of this planner and among
 * planners. The kernel frees the lock of a planner that dies.
 *
 * <p>A lock is one byte of a single file, so that nothing is left per container. fcntl(2) locks
 * belong to the process and are lost when it closes any descriptor of the file; so each root has
 * one channel per JVM, open while any lock is held, and threads are kept apart before the kernel is
 * asked.
 */
final class ContainerLocks {
  private static final long PAUSE_MILLIS = 2;
  private static final Map<Path, Shared> OPEN = new HashMap<>();

  /** One root's file and the bytes of it that threads of this JVM hold. */
  private static final class Shared {
    private final FileChannel channel;
    private final Set<Long> held = new HashSet<>();
    private int users;

    Shared(FileChannel channel) {
      this.channel = channel;
    }
  }

  private final Path file;

  ContainerLocks(Path file) {
    this.file = file;
  }

  /** Frees the lock. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for the lock of a container.
   *
   * @param patience how long at most; zero tries once
   * @return empty when another command had it all the time
   */
  Optional<Held> hold(ContainerId id, Duration patience) {
    // Two names of one hash share a lock, and only wait for each other in vain.
    long place = Integer.toUnsignedLong(id.value().hashCode());
    long deadline = System.nanoTime() + patience.toNanos();
    Shared shared = use();
    boolean locked = false;
    try {
      if (!holdInThisProcess(shared, place, deadline)) {
        return Optional.empty();
      }
      Optional<FileLock> lock = lockFile(shared, place, deadline);
      locked = lock.isPresent();
      if (!locked) {
        release(shared, place);
      }
      return lock.map(found -> () -> release(shared, place, found));
    } finally {
      if (!locked) {
        leave(shared);
      }
    }
  }

  private Shared use() {
    synchronized (OPEN) {
      Shared shared = OPEN.get(file);
      if (shared == null) {
        try {
          shared =
              new Shared(
                  FileChannel.open(
                      file,
                      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                      StateFiles.PRIVATE_FILE));
        } catch (IOException e) {
          throw new StateException("lock", file, e);
        }
        OPEN.put(file, shared);
      }
      shared.users++;
      return shared;
    }
  }

  private void leave(Shared shared) {
    synchronized (OPEN) {
      shared.users--;
      if (shared.users == 0) {
        OPEN.remove(file, shared);
        try {
          shared.channel.close();
        } catch (IOException e) {
          throw new StateException("unlock", file, e);
        }
      }
    }
  }

  private static boolean holdInThisProcess(Shared shared, long place, long deadline) {
    synchronized (shared) {
      try {
        while (!shared.held.add(place)) {
          long left = deadline - System.nanoTime();
          if (left <= 0) {
            return false;
          }
          shared.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        }
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  private Optional<FileLock> lockFile(Shared shared, long place, long deadline) {
    try {
      while (true) {
        FileLock lock = tryLock(shared, place);
        if (lock != null) {
          return Optional.of(lock);
        }
        if (System.nanoTime() >= deadline) {
          return Optional.empty();
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      release(shared, place);
      throw new StateException("lock", file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static FileLock tryLock(Shared shared, long place) throws IOException {
    try {
      return shared.channel.tryLock(place, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // the same file under another path
    }
  }

  private static void release(Shared shared, long place) {
    synchronized (shared) {
      shared.held.remove(place);
      shared.notifyAll();
    }
  }

  private void release(Shared shared, long place, FileLock lock) {
    try {
      lock.release();
    } catch (IOException e) {
      throw new StateException("unlock", file, e);
    } finally {
      release(shared, place);
      leave(shared);
    }
  }
}
