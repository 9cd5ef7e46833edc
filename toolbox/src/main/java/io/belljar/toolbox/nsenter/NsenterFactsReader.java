package io.belljar.toolbox.nsenter;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.CgroupMembership;
import io.belljar.linux.proc.IdMapping;
import io.belljar.linux.proc.ProcException;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.linux.proc.ProcessStatus;
import io.belljar.plan.WireText;
import io.belljar.toolbox.command.ToolCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what nsenter follows from /proc. */
public final class NsenterFactsReader {
  private static final int MOST_ENVIRONMENT_BYTES = 6 << 20;

  private final ProcFs proc;
  private final ToolCaller caller;

  private NsenterFactsReader(ProcFs proc, ToolCaller caller) {
    this.proc = proc;
    this.caller = caller;
  }

  /** The facts for a target, by number; a number that is none has none. */
  public static NsenterFacts read(ToolCaller caller, Optional<String> target) {
    return new NsenterFactsReader(ProcFs.host(), caller).read(target);
  }

  private NsenterFacts read(Optional<String> target) {
    int last = proc.lastCapability();
    return new NsenterFacts(
        caller,
        last >= Long.SIZE - 1 ? -1L : (1L << (last + 1)) - 1,
        target
            .filter(text -> text.matches("[0-9]{1,9}"))
            .flatMap(text -> target(Integer.parseInt(text))),
        Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")),
        hasSelinux());
  }

  /** As libselinux has it: the kernel's files are there, and a configuration. */
  private static boolean hasSelinux() {
    return Files.exists(Path.of("/sys/fs/selinux/enforce"))
        && Files.exists(Path.of("/etc/selinux/config"));
  }

  private Optional<NsenterFacts.Target> target(int pid) {
    Optional<ProcessIdentity> process = proc.identify(pid);
    Optional<ProcessStatus> status = proc.status(pid);
    if (process.isEmpty() || status.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NsenterFacts.Target(
            process.get(),
            usable(pid),
            environment(pid),
            inside(proc.uidMap(pid), status.get().uids().get(1)),
            inside(proc.gidMap(pid), status.get().gids().get(1)),
            cgroup(pid),
            context(pid)));
  }

  /** setns(2) refuses the user namespace that the caller is in. */
  private Set<NamespaceKind> usable(int pid) {
    Set<NamespaceKind> kinds = EnumSet.noneOf(NamespaceKind.class);
    for (NamespaceKind kind : NamespaceKind.values()) {
      try {
        var own = proc.namespace(caller.pid(), kind);
        if (own.isPresent()
            && (kind != NamespaceKind.USER || !own.equals(proc.namespace(pid, kind)))) {
          kinds.add(kind);
        }
      } catch (ProcException unreadable) {
        kinds.add(kind); // the launcher will be told why, when it opens it
      }
    }
    return kinds;
  }

  private Optional<List<String>> environment(int pid) {
    try (var stream = Files.newInputStream(Path.of("/proc/" + pid + "/environ"))) {
      byte[] bytes = stream.readNBytes(MOST_ENVIRONMENT_BYTES);
      return Optional.of(
          Stream.of(WireText.decode(bytes).split("\0"))
              .filter(entry -> entry.indexOf('=') > 0)
              .toList());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<String> context(int pid) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/attr/current"));
      return Optional.of(WireText.decode(bytes).split("[\0\n]", 2)[0])
          .filter(text -> !text.isEmpty());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** An id of ours, as the namespace has it; what it does not map is nobody's there. */
  private static long inside(Optional<List<IdMapping>> map, long outer) {
    return map.stream()
        .flatMap(List::stream)
        .filter(range -> outer >= range.outside() && outer < range.outside() + range.length())
        .map(range -> range.inside() + outer - range.outside())
        .findFirst()
        .orElse(outer);
  }

  private Optional<String> cgroup(int pid) {
    return proc.cgroups(pid).stream()
        .flatMap(List::stream)
        .filter(CgroupMembership::isUnified)
        .map(CgroupMembership::path)
        .findFirst();
  }
}
