package io.belljar.toolbox.lsns;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.NamespaceId;
import io.belljar.linux.proc.ProcException;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the processes that are visible. One that ends meanwhile is left out. */
record ProcessReader(ProcFs proc, Path directory, Set<NamespaceKind> kinds) {
  static ProcessReader host(Set<NamespaceKind> kinds) {
    return new ProcessReader(ProcFs.host(), Path.of("/proc"), kinds);
  }

  List<ProcessEntry> all() {
    List<ProcessEntry> processes = new ArrayList<>();
    for (int pid : proc.processes()) {
      read(pid).ifPresent(processes::add);
    }
    return processes;
  }

  private Optional<ProcessEntry> read(int pid) {
    try {
      Optional<ProcessStat> stat = proc.stat(pid);
      if (stat.isEmpty()) {
        return Optional.empty();
      }
      Map<String, Object> owner =
          Files.readAttributes(
              directory.resolve(Integer.toString(pid)),
              "unix:uid,owner",
              LinkOption.NOFOLLOW_LINKS);
      Map<NamespaceKind, Long> namespaces = namespaces(pid);
      // All of it was this process's, if it is still there: its pid can't have been given again.
      return proc.stat(pid)
          .filter(again -> again.startTime() == stat.get().startTime())
          .map(same ->
              new ProcessEntry(
                  pid,
                  same.parent(),
                  Integer.toUnsignedLong((int) owner.get("uid")),
                  String.valueOf(owner.get("owner")),
                  namespaces));
    } catch (IOException | ProcException e) {
      return Optional.empty(); // it ended, or is hidden (hidepid)
    }
  }

  private Map<NamespaceKind, Long> namespaces(int pid) {
    Map<NamespaceKind, Long> found = new EnumMap<>(NamespaceKind.class);
    for (NamespaceKind kind : kinds) {
      try {
        proc.namespace(pid, kind).map(NamespaceId::inode).ifPresent(i -> found.put(kind, i));
      } catch (ProcException e) {
        // Another user's. Which may still differ from kind to kind: a zombie has only some.
      }
    }
    return found;
  }
}
