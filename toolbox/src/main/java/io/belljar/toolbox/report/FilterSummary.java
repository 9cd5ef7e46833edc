package io.belljar.toolbox.report;

import io.belljar.linux.Capability;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessStat;
import io.belljar.linux.proc.ProcessStatus;
import io.belljar.linux.seccomp.CallNames;
import io.belljar.linux.seccomp.CallVerdict;
import io.belljar.linux.seccomp.FilterSet;
import io.belljar.linux.trace.FilterReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads and counts what the filters of a process let through. */
final class FilterSummary {
  /** No call has this number, or will soon. */
  private static final int UNKNOWN_CALL = 1000;

  private static final long SYS_ADMIN = Capability.CAP_SYS_ADMIN.bit();
  private static final int FILTER_MODE = 2;

  private FilterSummary() {}

  /** Empty when the process has no filter. */
  static Optional<Reading<FilterFacts>> read(ProcFs proc, ProcessStatus status) {
    if (status.seccompMode() != FILTER_MODE) {
      return Optional.empty();
    }
    return Optional.of(
        Reading.of(() -> {
          refuseWhatCannotWork(proc, status.pid());
          return Optional.of(summary(FilterReader.read(status.pid()), CallNames.all()));
        }));
  }

  /** So that no process is stopped for nothing. */
  private static void refuseWhatCannotWork(ProcFs proc, int pid) throws IOException {
    ProcessStatus own =
        proc.status((int) ProcessHandle.current().pid())
            .orElseThrow(() -> new IOException("/proc shows another pid namespace"));
    if ((own.capabilities().effective() & SYS_ADMIN) == 0) {
      throw new IOException("the kernel shows filters only to CAP_SYS_ADMIN: run it as root");
    }
    if (own.seccompMode() != 0) {
      throw new IOException("the kernel shows filters only to who has none");
    }
    char state = proc.stat(pid).map(ProcessStat::state).orElse('X');
    if (state == 'T') {
      throw new IOException("the process is stopped, and would have to be disturbed");
    }
    if (state == 't' || tracer(pid) != 0) {
      throw new IOException("process " + tracer(pid) + " traces it already");
    }
  }

  private static int tracer(int pid) throws IOException {
    return Files.readString(Path.of("/proc", Integer.toString(pid), "status"))
        .lines()
        .filter(line -> line.startsWith("TracerPid:"))
        .map(line -> Integer.parseInt(line.substring("TracerPid:".length()).strip()))
        .findFirst()
        .orElse(0);
  }

  /** Asks the filters for every call that has a name. */
  static FilterFacts summary(FilterSet filters, Map<Integer, String> names) {
    Map<CallVerdict, Integer> counts = new EnumMap<>(CallVerdict.class);
    List<String> passing = new ArrayList<>();
    Set<Integer> asked = new TreeSet<>(names.keySet());
    asked.add(UNKNOWN_CALL);
    Map<Integer, CallVerdict> verdicts = filters.verdicts(CallNames.ARCHITECTURE, asked);
    names.forEach((number, name) -> {
      CallVerdict verdict = verdicts.get(number);
      counts.merge(verdict, 1, Integer::sum);
      if (verdict == CallVerdict.ALLOWED && RiskyCalls.NAMES.contains(name)) {
        passing.add(name);
      }
    });
    passing.sort(null);
    return new FilterFacts(
        filters.filters().size(),
        names.size(),
        counts.getOrDefault(CallVerdict.ALLOWED, 0),
        counts.getOrDefault(CallVerdict.SOMETIMES, 0),
        counts.getOrDefault(CallVerdict.SUPERVISED, 0),
        counts.getOrDefault(CallVerdict.REFUSED, 0),
        passing,
        verdicts.get(UNKNOWN_CALL) == CallVerdict.ALLOWED);
  }
}
