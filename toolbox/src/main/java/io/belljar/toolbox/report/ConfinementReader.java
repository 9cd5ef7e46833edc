package io.belljar.toolbox.report;

import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads security modules, label, and who may look into a process. */
final class ConfinementReader {
  private static final Path MODULES = Path.of("/sys/kernel/security/lsm");

  private ConfinementReader() {}

  static Confinement read(ProcFs proc, ProcessStatus status) {
    return new Confinement(
        Reading.of(() -> Optional.of(modules())),
        label(proc, status.pid()),
        dumpable(proc, status),
        proc.sysctlNumber("kernel.yama.ptrace_scope"));
  }

  private static List<String> modules() throws IOException {
    if (Files.notExists(MODULES)) {
      throw new IOException("securityfs is not mounted at /sys/kernel/security");
    }
    return List.of(Files.readString(MODULES).strip().split(","));
  }

  private static Optional<String> label(ProcFs proc, int pid) {
    Path attributes = proc.root().resolve(Integer.toString(pid)).resolve("attr");
    for (String file : List.of("apparmor/current", "current")) {
      try {
        byte[] bytes = Files.readAllBytes(attributes.resolve(file));
        String text = new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ').strip();
        if (!text.isEmpty()) {
          return Optional.of(text);
        }
      } catch (IOException _) {
        // EINVAL or ENOENT: no module answers here.
      }
    }
    return Optional.empty();
  }

  /** The files of a process that is not dumpable belong to root, not to its user (proc(5)). */
  private static Optional<Boolean> dumpable(ProcFs proc, ProcessStatus status) {
    long user = status.uids().get(1);
    if (user == 0) {
      return Optional.empty();
    }
    try {
      Path file = proc.root().resolve(Integer.toString(status.pid())).resolve("environ");
      return Optional.of((Integer) Files.getAttribute(file, "unix:uid") == user);
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
