package io.belljar.linux.trace;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.belljar.linux.Errno;
import io.belljar.linux.seccomp.CompiledFilter;
import io.belljar.linux.seccomp.FilterProgram;
import io.belljar.linux.seccomp.FilterSet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads the seccomp filters of a running process (PTRACE_SECCOMP_GET_FILTER).
 *
 * <p>The process is seized, stopped for less than a millisecond, and let go as it was: a signal
 * that arrives meanwhile is delivered, and a system call that was under way goes on by itself, but
 * for those that tell every interruption (epoll_wait(2), see signal(7)). Should this program die
 * meanwhile, the kernel lets the process go. The kernel allows it to CAP_SYS_ADMIN in the first
 * user namespace, and to readers that have no filter of their own.
 */
public final class FilterReader {
  private static final long PATIENCE_NANOS = 500_000_000;
  private static final long PAUSE_NANOS = 50_000;
  private static final int MOST_FILTERS = 512;

  private final int pid;

  private FilterReader(int pid) {
    this.pid = pid;
  }

  /**
   * The filters of a process's first thread. Whoever calls has made sure that it is not stopped and
   * not traced.
   *
   * @throws TraceException when they cannot be read
   */
  public static FilterSet read(int pid) {
    // A thread of its own: ptrace is of a thread, and one that ends gives up what it traced.
    FutureTask<FilterSet> task = new FutureTask<>(() -> new FilterReader(pid).readFilters());
    Thread thread = Thread.ofPlatform().daemon().name("belljar-filter-reader").start(task);
    try {
      thread.join();
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TraceException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e);
    }
  }

  private FilterSet readFilters() {
    check("PTRACE_SEIZE", Ptrace.request(Ptrace.SEIZE, pid, 0, MemorySegment.NULL));
    try (Arena arena = Arena.ofConfined()) {
      check("PTRACE_INTERRUPT", Ptrace.request(Ptrace.INTERRUPT, pid, 0, MemorySegment.NULL));
      int status = awaitStop(arena.allocate(JAVA_INT));
      try {
        return filters();
      } finally {
        letGo(status);
      }
    }
  }

  /** A process in an uninterruptible wait does not stop: it is let go when this thread ends. */
  private int awaitStop(MemorySegment status) {
    long start = System.nanoTime();
    while (!Ptrace.hasStopped(pid, status)) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new TraceException("the process does not stop: it waits uninterruptibly");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    int value = status.get(JAVA_INT, 0);
    if ((value & 0xff) != 0x7f) {
      throw new TraceException("the process has ended");
    }
    return value;
  }

  private FilterSet filters() {
    List<FilterProgram> programs = new ArrayList<>();
    for (int index = 0; index < MOST_FILTERS; index++) {
      long length = Ptrace.request(Ptrace.GET_FILTER, pid, index, MemorySegment.NULL);
      boolean none = index == 0 && length == -Errno.EINVAL.number();
      if (none || length == -Errno.ENOENT.number()) {
        return new FilterSet(programs);
      }
      check("PTRACE_SECCOMP_GET_FILTER", length);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment program = arena.allocate(length * CompiledFilter.INSTRUCTION_SIZE, 8);
        check("PTRACE_SECCOMP_GET_FILTER", Ptrace.request(Ptrace.GET_FILTER, pid, index, program));
        programs.add(FilterProgram.of(program.toArray(JAVA_BYTE)));
      }
    }
    throw new TraceException("more than " + MOST_FILTERS + " filters");
  }

  /** A stop that is the delivery of a signal holds it back; it is passed on. */
  private void letGo(int status) {
    boolean delivery = status >>> 16 == 0;
    long signal = delivery ? (status >>> 8) & 0xff : 0;
    Ptrace.request(Ptrace.DETACH, pid, 0, MemorySegment.ofAddress(signal));
  }

  private static void check(String request, long result) {
    if (result < 0) {
      throw new TraceException(request + ": " + Errno.describe((int) -result));
    }
  }
}
