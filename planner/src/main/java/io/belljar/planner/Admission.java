package io.belljar.planner;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.NamespaceId;
import io.belljar.linux.proc.ProcException;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a launcher may ask this planner. Paths, process ids and mounts must mean to the planner
 * what they mean to its caller, and it must not lend a caller powers that this one lacks. The
 * socket's place does not see to that: its directory may be mounted in a container.
 *
 * <p>So a launcher proves which process it is ({@link LauncherProof}), and the planner compares
 * what the kernel says of that process with what it says of the planner. On the way of every
 * command: six links and one file are read, and nothing else.
 */
final class Admission {
  private static final List<NamespaceKind> KINDS =
      List.of(
          NamespaceKind.MOUNT,
          NamespaceKind.USER,
          NamespaceKind.PID,
          NamespaceKind.NETWORK,
          NamespaceKind.CGROUP);

  private final Path proc;
  private final ProcFs processes;
  private final ProcessStatus own;
  private final List<NamespaceId> namespaces;
  private final Object root;

  /**
   * For the planner that this process is.
   *
   * @param proc where the proc file system is
   */
  Admission(Path proc) {
    this.proc = proc;
    processes = new ProcFs(proc);
    try {
      int pid = Integer.parseInt(Files.readSymbolicLink(proc.resolve("self")).toString());
      own = processes.status(pid).orElseThrow(() -> new ProcException(proc, "no process " + pid));
      namespaces = namespaces(pid);
      root = root(pid);
    } catch (IOException e) {
      throw new ProcException(proc, "can't be read: " + e.getMessage(), e);
    }
  }

  /** A request that is not answered. Its message is a line for the launcher. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }

    Refused(String message, Exception cause) {
      super(message, cause);
    }
  }

  /**
   * Looks at the process that asks.
   *
   * @return what it is
   * @throws Refused when it is none that this planner serves
   */
  ProcessStatus admit(int pid, LauncherProof proof) {
    try {
      ProcessStatus status = proven(processes, pid, proof);
      if (!status.uids().equals(own.uids())) {
        throw new Refused("this planner serves another user than that of process " + pid);
      }
      List<NamespaceId> theirs = namespaces(pid);
      for (int i = 0; i < KINDS.size(); i++) {
        if (!theirs.get(i).equals(namespaces.get(i))) {
          throw new Refused(
              "this planner serves another %s namespace than that of process %d"
                  .formatted(KINDS.get(i).procName(), pid));
        }
      }
      if (!root(pid).equals(root)) {
        throw new Refused("this planner serves another root directory than that of process " + pid);
      }
      if (!powers(status).equals(powers(own))) {
        throw new Refused(
            "this planner serves callers with other capabilities than process " + pid);
      }
      return status;
    } catch (ProcException | IOException e) {
      throw new Refused(
          "this planner serves only processes that it can look at: " + e.getMessage(), e);
    }
  }

  /**
   * The process that a request names, where it proves that it is of this one.
   *
   * @throws Refused where it does not
   */
  static ProcessStatus proven(ProcFs processes, int pid, LauncherProof proof) {
    return processes
        .status(pid)
        .filter(status -> status.name().equals(proof.name(pid)))
        .orElseThrow(() ->
            new Refused(
                "this planner serves another pid namespace: process %d of its /proc is not who asked"
                    .formatted(pid)));
  }

  /** What decides what it may do, besides its user: what launchers choose their planner by. */
  private static List<Object> powers(ProcessStatus status) {
    return List.of(
        status.capabilities().effective(), status.noNewPrivileges(), status.seccompMode());
  }

  private List<NamespaceId> namespaces(int pid) throws IOException {
    List<NamespaceId> found = new ArrayList<>(KINDS.size());
    for (NamespaceKind kind : KINDS) {
      Optional<NamespaceId> id = processes.namespace(pid, kind);
      found.add(id.orElseThrow(() -> new IOException("process " + pid + " has ended")));
    }
    return found;
  }

  private Object root(int pid) throws IOException {
    Path link = proc.resolve(Integer.toString(pid)).resolve("root");
    return Files.readAttributes(link, BasicFileAttributes.class).fileKey();
  }
}
