package io.belljar.plan.step;

import io.belljar.plan.Bytes;
import io.belljar.plan.Operation;
import io.belljar.plan.Slot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Steps that make a process what the command is to be: who it is, what it may, where it runs. */
public sealed interface IdentityStep extends Step {
  /** Sets the host name of the UTS namespace. */
  record SetHostname(String name) implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.SET_HOSTNAME;
    }

    @Override
    public List<Object> arguments() {
      return List.of(name);
    }
  }

  /** Sets the NIS domain name of the UTS namespace. */
  record SetDomainname(String name) implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.SET_DOMAINNAME;
    }

    @Override
    public List<Object> arguments() {
      return List.of(name);
    }
  }

  /** Brings the loopback device of the network namespace up. */
  record LoopbackUp() implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.LOOPBACK_UP;
    }

    @Override
    public List<Object> arguments() {
      return List.of();
    }
  }

  /**
   * Sets a resource limit (prlimit(2)).
   *
   * @param resource RLIMIT_*
   * @param soft -1 for no limit
   * @param hard -1 for no limit
   */
  record Limit(int resource, long soft, long hard) implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.LIMIT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(resource, soft, hard);
    }
  }

  /** Sets the permission bits that new files do not get. */
  record SetUmask(long mask) implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.SET_UMASK;
    }

    @Override
    public List<Object> arguments() {
      return List.of(mask);
    }
  }

  /** Makes the process the leader of a new session. */
  record NewSession() implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.NEW_SESSION;
    }

    @Override
    public List<Object> arguments() {
      return List.of();
    }
  }

  /**
   * Makes a pseudoterminal of the container's own devpts, verified to be one (CVE-2025-52565).
   *
   * @param rows 0 to leave the size alone
   */
  record OpenTerminal(Slot root, Slot master, Slot slave, long rows, long columns)
      implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.OPEN_TERMINAL;
    }

    @Override
    public List<Object> arguments() {
      return List.of(root, master, slave, rows, columns);
    }
  }

  /** Makes a terminal the session's, and standard input, output and error. */
  record ControlTerminal(Slot slave) implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.CONTROL_TERMINAL;
    }

    @Override
    public List<Object> arguments() {
      return List.of(slave);
    }
  }

  /** Joins a new session keyring, so that the caller's is not inherited. */
  record NewKeyring(String name) implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.NEW_KEYRING;
    }

    @Override
    public List<Object> arguments() {
      return List.of(name);
    }
  }

  /** Sets the execution domain (personality(2)). */
  record SetPersonality(long persona) implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.SET_PERSONALITY;
    }

    @Override
    public List<Object> arguments() {
      return List.of(persona);
    }
  }

  /**
   * Drops capabilities from the bounding set.
   *
   * @param mask a bit for each that stays
   */
  record BoundCapabilities(long mask) implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.BOUND_CAPABILITIES;
    }

    @Override
    public List<Object> arguments() {
      return List.of(mask);
    }
  }

  /**
   * Becomes a user and, unless {@link #PLAINLY}, keeps the permitted capabilities until they are
   * set.
   *
   * @param uid {@link #UNCHANGED} to leave it alone
   * @param gid {@link #UNCHANGED} to leave it alone
   * @param groups additional groups, four bytes each, little endian
   * @param flags {@link #PLAINLY}, {@link #KEEP_GROUPS}
   */
  record Become(long uid, long gid, Bytes groups, long flags) implements IdentityStep {
    /** The id that stands for none. */
    public static final long UNCHANGED = 0xFFFF_FFFFL;

    /** As setuid(2): root that becomes another user loses its capabilities. */
    public static final long PLAINLY = 1;

    /** The additional groups stay as they are, and {@code groups} is empty. */
    public static final long KEEP_GROUPS = 2;

    /** Keeps the permitted capabilities. */
    public Become(long uid, long gid, Bytes groups) {
      this(uid, gid, groups, 0);
    }

    /** With a copy of the array; keeps the permitted capabilities. */
    public Become(long uid, long gid, byte[] groups) {
      this(uid, gid, Bytes.of(groups), 0);
    }

    /** With the additional groups as numbers; keeps the permitted capabilities. */
    public Become(long uid, long gid, List<Long> groups) {
      this(uid, gid, groups, 0);
    }

    /** With the additional groups as numbers. */
    public Become(long uid, long gid, List<Long> groups, long flags) {
      this(uid, gid, encodeGroups(groups), flags);
    }

    private static Bytes encodeGroups(List<Long> groups) {
      ByteBuffer encoded = ByteBuffer.allocate(4 * groups.size()).order(ByteOrder.LITTLE_ENDIAN);
      groups.forEach(group -> encoded.putInt(group.intValue()));
      return Bytes.of(encoded.array());
    }

    /** The additional groups as numbers. */
    public List<Long> groupNumbers() {
      ByteBuffer encoded = ByteBuffer.wrap(groups.toArray()).order(ByteOrder.LITTLE_ENDIAN);
      List<Long> numbers = new ArrayList<>();
      while (encoded.remaining() >= 4) {
        numbers.add(Integer.toUnsignedLong(encoded.getInt()));
      }
      return List.copyOf(numbers);
    }

    @Override
    public Operation operation() {
      return Operation.BECOME;
    }

    @Override
    public List<Object> arguments() {
      return List.of(uid, gid, groups, flags);
    }
  }

  /** Sets the capabilities of the process, a bit for each (capset(2)). */
  record SetCapabilities(long effective, long permitted, long inheritable) implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.SET_CAPABILITIES;
    }

    @Override
    public List<Object> arguments() {
      return List.of(effective, permitted, inheritable);
    }
  }

  /**
   * Clears the ambient set, and raises these capabilities in it.
   *
   * @param mask a bit for each
   */
  record RaiseAmbient(long mask) implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.RAISE_AMBIENT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(mask);
    }
  }

  /** No execve gives privileges from now on. */
  record NoNewPrivileges() implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.NO_NEW_PRIVILEGES;
    }

    @Override
    public List<Object> arguments() {
      return List.of();
    }
  }

  /**
   * Attaches a filter of system calls (seccomp(2)).
   *
   * @param flags SECCOMP_FILTER_FLAG_*
   * @param program instructions of eight bytes (struct sock_filter)
   */
  record FilterCalls(long flags, Bytes program) implements IdentityStep {
    /** With a copy of the array. */
    public FilterCalls(long flags, byte[] program) {
      this(flags, Bytes.of(program));
    }

    @Override
    public Operation operation() {
      return Operation.FILTER_CALLS;
    }

    @Override
    public List<Object> arguments() {
      return List.of(flags, program);
    }
  }

  /**
   * Changes the working directory, and verifies that it lies inside the root (CVE-2024-21626).
   *
   * @param again 1: only when an earlier one failed with a tolerated error
   */
  record ChangeDirectory(String path, long again) implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.CHANGE_DIRECTORY;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path, again);
    }
  }

  /**
   * Finds the program to execute: the first candidate that is a regular file and may be executed.
   */
  record FindProgram(List<String> candidates) implements IdentityStep {
    public FindProgram {
      candidates = List.copyOf(candidates);
    }

    @Override
    public Operation operation() {
      return Operation.FIND_PROGRAM;
    }

    @Override
    public List<Object> arguments() {
      return List.of(candidates);
    }
  }

  /**
   * Becomes the command: the program that FindProgram found. In the launcher itself it is the last
   * step of a last plan.
   *
   * @param preserve how many descriptors after 2 are kept open, if the caller left them so; {@link
   *     #EVERY}: all. They are the command's then, also one of a directory outside the root that
   *     the command is in (CVE-2024-21626): only for commands that the caller trusts with them
   * @param flags {@link #SIGNALS_AS_CALLED}, {@link #SHELL_SCRIPTS}
   */
  record Execute(List<String> args, List<String> env, long preserve, long flags)
      implements IdentityStep {
    /** All descriptors of the caller's. */
    public static final long EVERY = Integer.MAX_VALUE;

    /** Signals are ignored and blocked as by the caller; else none is. */
    public static final long SIGNALS_AS_CALLED = 1;

    /** A text without an interpreter's name is given to /bin/sh, as execvp(3) does. */
    public static final long SHELL_SCRIPTS = 2;

    /** With no flags. */
    public Execute(List<String> args, List<String> env, long preserve) {
      this(args, env, preserve, 0);
    }

    public Execute {
      args = List.copyOf(args);
      env = List.copyOf(env);
    }

    @Override
    public Operation operation() {
      return Operation.EXECUTE;
    }

    @Override
    public List<Object> arguments() {
      return List.of(args, env, preserve, flags);
    }
  }

  /**
   * Makes an open directory the working directory (fchdir(2)), wherever it lies: as a caller asked
   * who enters a root or a namespace by hand.
   */
  record EnterDirectory(Slot directory) implements IdentityStep {
    @Override
    public Operation operation() {
      return Operation.ENTER_DIRECTORY;
    }

    @Override
    public List<Object> arguments() {
      return List.of(directory);
    }
  }
}
