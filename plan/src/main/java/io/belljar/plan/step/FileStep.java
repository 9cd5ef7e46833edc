package io.belljar.plan.step;

import io.belljar.plan.Bytes;
import io.belljar.plan.Operation;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import java.util.List;

/** Steps on descriptors and files. */
public sealed interface FileStep extends Step {
  /**
   * Opens a path of the host.
   *
   * @param flags open(2)'s; O_CLOEXEC is added
   * @param mode of a file that O_CREAT makes
   */
  record Open(Slot slot, String path, long flags, long mode) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.OPEN;
    }

    @Override
    public List<Object> arguments() {
      return List.of(slot, path, flags, mode);
    }
  }

  /**
   * Opens a path inside a root, whatever links it holds (openat2(2), RESOLVE_IN_ROOT).
   *
   * @param flags open(2)'s; O_CLOEXEC is added
   * @param resolve RESOLVE_* to add to RESOLVE_IN_ROOT and RESOLVE_NO_MAGICLINKS
   */
  record OpenIn(Slot slot, Slot root, String path, long flags, long resolve) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.OPEN_IN;
    }

    @Override
    public List<Object> arguments() {
      return List.of(slot, root, path, flags, resolve);
    }
  }

  /**
   * Opens (O_PATH) a path inside a root, and makes it, with its parents (0755), where it is
   * missing.
   *
   * @param kind {@link #DIRECTORY} or {@link #REGULAR}
   * @param mode permission bits of what is made
   * @param resolve RESOLVE_* to add to RESOLVE_IN_ROOT and RESOLVE_NO_MAGICLINKS
   */
  record CreateIn(Slot slot, Slot root, String path, long kind, long mode, long resolve)
      implements FileStep {
    /** What is made is a directory. */
    public static final long DIRECTORY = 0;

    /** What is made is an empty regular file, for example to mount one onto it. */
    public static final long REGULAR = 1;

    @Override
    public Operation operation() {
      return Operation.CREATE_IN;
    }

    @Override
    public List<Object> arguments() {
      return List.of(slot, root, path, kind, mode, resolve);
    }
  }

  /** Closes a descriptor and frees its slot for the process that does it. */
  record Close(Slot slot) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.CLOSE;
    }

    @Override
    public List<Object> arguments() {
      return List.of(slot);
    }
  }

  /** Connects to a Unix stream socket. */
  record Connect(Slot slot, String path) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.CONNECT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(slot, path);
    }
  }

  /**
   * Sends a descriptor over a Unix socket (SCM_RIGHTS, unix(7)).
   *
   * @param socket the connected socket; {@link Slot#NONE} for the channel to the launcher, which
   *     then relays the terminal
   * @param name the message that goes with the descriptor, as runc's console socket expects it
   */
  record Send(Slot socket, Slot descriptor, String name) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.SEND;
    }

    @Override
    public List<Object> arguments() {
      return List.of(socket, descriptor, name);
    }
  }

  /** Makes a descriptor standard input (0), output (1) or error (2). */
  record Stdio(Slot slot, int number) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.STDIO;
    }

    @Override
    public List<Object> arguments() {
      return List.of(slot, number);
    }
  }

  /**
   * Makes a pipe (pipe2(2)).
   *
   * @param reading the end to read from
   * @param writing the end to write to
   */
  record MakePipe(Slot reading, Slot writing) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.MAKE_PIPE;
    }

    @Override
    public List<Object> arguments() {
      return List.of(reading, writing);
    }
  }

  /** Gives standard input, output and error to the user who will use them, but not /dev/null. */
  record StdioOwner(long uid, long gid) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.STDIO_OWNER;
    }

    @Override
    public List<Object> arguments() {
      return List.of(uid, gid);
    }
  }

  /** Writes to an existing file of the host. */
  record Write(String path, Bytes data) implements FileStep {
    /** With a copy of the array. */
    public Write(String path, byte[] data) {
      this(path, Bytes.of(data));
    }

    @Override
    public Operation operation() {
      return Operation.WRITE;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path, data);
    }
  }

  /**
   * Writes below a procfs, and nowhere else: no links, no other mounts (CVE-2019-16884,
   * CVE-2025-31133).
   *
   * @param proc the root of the procfs
   * @param path relative to it
   */
  record WriteProc(Slot proc, String path, Bytes data) implements FileStep {
    /** With a copy of the array. */
    public WriteProc(Slot proc, String path, byte[] data) {
      this(proc, path, Bytes.of(data));
    }

    @Override
    public Operation operation() {
      return Operation.WRITE_PROC;
    }

    @Override
    public List<Object> arguments() {
      return List.of(proc, path, data);
    }
  }

  /**
   * Writes {@code /proc/PID/NAME} of a process of the plan, as user_namespaces(7) asks of the
   * parent.
   *
   * @param name {@code uid_map}, {@code gid_map} or {@code setgroups}
   */
  record WriteMap(Role process, String name, Bytes data) implements FileStep {
    /** With a copy of the array. */
    public WriteMap(Role process, String name, byte[] data) {
      this(process, name, Bytes.of(data));
    }

    @Override
    public Operation operation() {
      return Operation.WRITE_MAP;
    }

    @Override
    public List<Object> arguments() {
      return List.of(process, name, data);
    }
  }

  /** Makes a directory of the host. */
  record MakeDirectory(String path, long mode) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.MAKE_DIRECTORY;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path, mode);
    }
  }

  /** Makes a fifo (0600) of the host that belongs to a user. */
  record MakeFifo(String path, long uid, long gid) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.MAKE_FIFO;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path, uid, gid);
    }
  }

  /** Removes a file of the host. */
  record RemoveFile(String path) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.REMOVE_FILE;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path);
    }
  }

  /** Removes an empty directory of the host. */
  record RemoveDirectory(String path) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.REMOVE_DIRECTORY;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path);
    }
  }

  /**
   * Removes a directory of the host with all that is in it, whatever a container has put there: no
   * link is followed, and no mount is crossed.
   */
  record RemoveTree(String path) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.REMOVE_TREE;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path);
    }
  }

  /**
   * Writes a process's id to a file, which appears at once with its whole content.
   *
   * @param form {@link #PLAIN} or {@link #WITH_START}
   */
  record RecordPid(String path, Role process, long form) implements FileStep {
    /** {@code PID}, as engines expect it of a pid file. */
    public static final long PLAIN = 0;

    /** {@code PID STARTTIME}: the identity of the process, as ids are used again. */
    public static final long WITH_START = 1;

    @Override
    public Operation operation() {
      return Operation.RECORD_PID;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path, process, form);
    }
  }

  /** Writes durably how a process ended: {@code CODE SECONDS.NANOS}. */
  record RecordStatus(String path, Role process) implements FileStep {
    @Override
    public Operation operation() {
      return Operation.RECORD_STATUS;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path, process);
    }
  }
}
