package io.belljar.plan.step;

import io.belljar.plan.Bytes;
import io.belljar.plan.Operation;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import java.util.List;

/** Steps that start, order, watch and end processes. */
public sealed interface ProcessStep extends Step {
  /**
   * Takes hold of a process by its id (pidfd_open(2)).
   *
   * @param startTime field 22 of /proc/PID/stat, as ids are used again; another is ESRCH; 0 to
   *     trust the id
   */
  record OpenProcess(Slot slot, long pid, long startTime) implements ProcessStep {
    @Override
    public Operation operation() {
      return Operation.OPEN_PROCESS;
    }

    @Override
    public List<Object> arguments() {
      return List.of(slot, pid, startTime);
    }
  }

  /** Sends a signal to a process held by its descriptor. */
  record SignalProcess(Slot pidfd, int signal) implements ProcessStep {
    @Override
    public Operation operation() {
      return Operation.SIGNAL_PROCESS;
    }

    @Override
    public List<Object> arguments() {
      return List.of(pidfd, signal);
    }
  }

  /** Waits until a process held by its descriptor has ended; ETIMEDOUT when it has not in time. */
  record AwaitExit(Slot pidfd, long milliseconds) implements ProcessStep {
    @Override
    public Operation operation() {
      return Operation.AWAIT_EXIT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(pidfd, milliseconds);
    }
  }

  /** Tells another process of the plan to go on. */
  record Notify(Role process) implements ProcessStep {
    @Override
    public Operation operation() {
      return Operation.NOTIFY;
    }

    @Override
    public List<Object> arguments() {
      return List.of(process);
    }
  }

  /** Waits for the word of another process of the plan; fails when that one has failed or died. */
  record Await(Role process) implements ProcessStep {
    @Override
    public Operation operation() {
      return Operation.AWAIT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(process);
    }
  }

  /** Learns the id of the child that the joiner forked for the launcher, and reaps the joiner. */
  record Adopt(Role joiner, Role child) implements ProcessStep {
    @Override
    public Operation operation() {
      return Operation.ADOPT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(joiner, child);
    }
  }

  /**
   * Waits for the end of a child that never executes anything: one that did steps for the launcher
   * from outside the namespaces that the launcher has left. Fails when the child has failed.
   */
  record Reap(Role process) implements ProcessStep {
    @Override
    public Operation operation() {
      return Operation.REAP;
    }

    @Override
    public List<Object> arguments() {
      return List.of(process);
    }
  }

  /**
   * Which signal the kernel sends to the process when its parent dies (PR_SET_PDEATHSIG).
   *
   * @param signal 0 for none
   */
  record DieWithParent(long signal) implements ProcessStep {
    @Override
    public Operation operation() {
      return Operation.DIE_WITH_PARENT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(signal);
    }
  }

  /**
   * Leaves the caller: the launcher forks, the parent exits with the child's word, and the child,
   * the monitor, goes on with the plan in a session of its own.
   *
   * @param announcement what the parent writes to standard output first, if all went well
   */
  record Detach(String announcement) implements ProcessStep {
    @Override
    public Operation operation() {
      return Operation.DETACH;
    }

    @Override
    public List<Object> arguments() {
      return List.of(announcement);
    }
  }

  /**
   * Waits until the process has started and ended, and relays signals. The launcher's last step:
   * END steps follow, then it exits as the process did.
   *
   * <p>With {@link #PLAIN} the launcher is a parent as unshare(1) and nsenter(1) are: it passes no
   * signal on, and each acts on it as it would on any program of the caller's.
   *
   * @param flags {@link #RELAY_TERMINAL}, {@link #KILL_WITH_PLANNER}, {@link #UNTIL_STARTED}, or
   *     {@link #PLAIN} with {@link #IGNORE_INTERRUPTS}, {@link #STOP_ALONG}, {@link #DIE_ALIKE}
   */
  record Wait(Role process, long flags) implements ProcessStep {
    /** Relays the terminal that Send handed over. */
    public static final long RELAY_TERMINAL = 1;

    /** Kills the process when the planner's connection ends: the process of a library's caller. */
    public static final long KILL_WITH_PLANNER = 2;

    /** Waits only until the process has executed, as for a container that nobody watches. */
    public static final long UNTIL_STARTED = 4;

    /** Passes no signal on. */
    public static final long PLAIN = 8;

    /** SIGINT and SIGTERM do not end the launcher while it waits. */
    public static final long IGNORE_INTERRUPTS = 16;

    /** When the process stops, the launcher stops itself, and continues it when it is continued. */
    public static final long STOP_ALONG = 32;

    /** When a signal ended the process, the launcher dies of the same; where it can't, exits 1. */
    public static final long DIE_ALIKE = 64;

    @Override
    public Operation operation() {
      return Operation.WAIT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(process, flags);
    }
  }

  /** Stays as the first process of a container: forwards signals, reaps, exits as the other did. */
  record Supervise(Role process) implements ProcessStep {
    @Override
    public Operation operation() {
      return Operation.SUPERVISE;
    }

    @Override
    public List<Object> arguments() {
      return List.of(process);
    }
  }

  /**
   * Runs a hook of the host and waits for it. Its standard input is the container's state. A status
   * other than 0 is ECHILD, with the status as the outcome's data.
   *
   * @param before the state as far as the process's id
   * @param pidOf the process whose id comes between
   * @param after the rest of the state
   * @param timeoutMillis 0 for none; ETIMEDOUT after it
   */
  record Run(
      String path,
      List<String> args,
      List<String> env,
      Bytes before,
      Role pidOf,
      Bytes after,
      long timeoutMillis)
      implements ProcessStep {
    /** With a copy of the arrays. */
    public Run(
        String path,
        List<String> args,
        List<String> env,
        byte[] before,
        Role pidOf,
        byte[] after,
        long timeoutMillis) {
      this(path, args, env, Bytes.of(before), pidOf, Bytes.of(after), timeoutMillis);
    }

    public Run {
      args = List.copyOf(args);
      env = List.copyOf(env);
    }

    @Override
    public Operation operation() {
      return Operation.RUN;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path, args, env, before, pidOf, after, timeoutMillis);
    }
  }

  /** Waits until {@link Start} has written to the fifo. */
  record AwaitStart(Slot fifo) implements ProcessStep {
    @Override
    public Operation operation() {
      return Operation.AWAIT_START;
    }

    @Override
    public List<Object> arguments() {
      return List.of(fifo);
    }
  }

  /**
   * Lets a created container go on; ENXIO when nobody waits at the fifo.
   *
   * @param pidfd the process that should be waiting; that it is there, an {@link OpenProcess}
   *     before this step has made sure of
   */
  record Start(String fifo, Slot pidfd) implements ProcessStep {
    @Override
    public Operation operation() {
      return Operation.START;
    }

    @Override
    public List<Object> arguments() {
      return List.of(fifo, pidfd);
    }
  }

  /**
   * Makes the launcher the keeper of a container's output, from the {@link Wait} on: it writes it
   * to {@code log} in the format of CRI's logs, and gives it to who connects to {@code attach}.
   * With a terminal, sent before, the container's output and input are the terminal's.
   *
   * <p>After the first process was forked, so that it inherits nothing of it.
   *
   * @param directory where {@code log}, {@code log.1} and {@code attach} are made
   * @param most how many bytes {@code log} may have before it becomes {@code log.1}
   * @param output where to read standard output; none with a terminal
   * @param error where to read standard error; none with a terminal
   * @param input where to write standard input; none where the container reads nothing
   * @param flags {@link #TYPED_INPUT}
   */
  record Monitor(String directory, long most, Slot output, Slot error, Slot input, long flags)
      implements ProcessStep {
    /** What clients type goes to the terminal. */
    public static final long TYPED_INPUT = 1;

    @Override
    public Operation operation() {
      return Operation.MONITOR;
    }

    @Override
    public List<Object> arguments() {
      return List.of(directory, most, output, error, input, flags);
    }
  }

  /**
   * Connects the caller's streams to a container's, through its {@link Monitor}, until the
   * container has ended. ECANCELED when the caller has left it by its detach keys; EINTR when a
   * signal asked for that.
   *
   * @param directory the container's, where {@code attach} is
   * @param flags {@link #TERMINAL}, {@link #NO_INPUT}
   * @param pidfd the process that the caller's signals go to; none: they end the attachment
   * @param keys those that leave it, at a terminal; at most {@link #MOST_KEYS}, and without any it
   *     cannot be left
   */
  record Attach(String directory, long flags, Slot pidfd, Bytes keys) implements ProcessStep {
    /** The container has a terminal, and the caller's is made one with it. */
    public static final long TERMINAL = 1;

    /** Nothing of the caller's input is sent. */
    public static final long NO_INPUT = 2;

    /** The launcher keeps no more of them. */
    public static final int MOST_KEYS = 64;

    @Override
    public Operation operation() {
      return Operation.ATTACH;
    }

    @Override
    public List<Object> arguments() {
      return List.of(directory, flags, pidfd, keys);
    }
  }

  /** Writes text to standard output (1) or error (2). */
  record Print(int descriptor, String text) implements ProcessStep {
    @Override
    public Operation operation() {
      return Operation.PRINT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(descriptor, text);
    }
  }

  /**
   * Makes a new request of a planner, with these arguments and, after them, the exit status, the
   * signal and 1 or 0 for a core dump.
   */
  record Finish(List<String> request) implements ProcessStep {
    public Finish {
      request = List.copyOf(request);
    }

    @Override
    public Operation operation() {
      return Operation.FINISH;
    }

    @Override
    public List<Object> arguments() {
      return List.of(request);
    }
  }
}
