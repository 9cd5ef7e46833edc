package io.belljar.toolbox.report;

import io.belljar.linux.Capability;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.file.MountGuard;
import io.belljar.linux.inside.RootView;
import io.belljar.linux.proc.CgroupMembership;
import io.belljar.linux.proc.MountInfo;
import io.belljar.linux.proc.MountTable;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessStatus;
import io.belljar.runtime.cgroup.GroupFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads all of a process. What cannot be read is part of the result; the process goes on unharmed.
 */
public final class SubjectReader {
  private static final int MOST_SOCKETS = 8 << 20;

  private final ProcFs proc;
  private final int reader;
  private final int pid;
  private final NamespaceReader namespaces;

  private SubjectReader(ProcFs proc, int reader, int pid) {
    this.proc = proc;
    this.reader = reader;
    this.pid = pid;
    this.namespaces = new NamespaceReader(proc, reader);
  }

  /**
   * What can be read of a process.
   *
   * @param reader the process on whose behalf is read
   * @return empty when there is no such process
   */
  public static Optional<Subject> read(int reader, int pid) {
    return new SubjectReader(ProcFs.host(), reader, pid).read();
  }

  private Optional<Subject> read() {
    return proc.status(pid).map(this::read);
  }

  private Subject read(ProcessStatus status) {
    List<NamespaceFact> own = namespaces.of(pid);
    Reading<String> root = Reading.of(() -> Optional.of(link("root")));
    Reading<MountTable> mounts = Reading.of(() -> proc.mounts(pid));
    boolean overrides = overrides(status, own);
    List<CgroupMembership> groups = Reading.of(() -> proc.cgroups(pid)).value().orElse(List.of());
    Optional<CgroupLayout> layout =
        Reading.of(() -> CgroupLayout.detect(proc, reader, Path.of("/"))).value();
    Optional<DeviceRulesReader> rules =
        layout.flatMap(known -> DeviceRulesReader.read(known, groups, GroupFiles.host()));
    return new Subject(
        pid,
        command(status),
        status,
        namespaces.viewpoint(),
        own,
        Reading.of(() -> proc.uidMap(pid)),
        root,
        FilterSummary.read(proc, status),
        ConfinementReader.read(proc, status),
        mounts.value().flatMap(t -> t.containing("/")).map(MountComparison::isWritable),
        hostMounts(own, mounts),
        inside(
                status,
                mounts,
                overrides,
                (inside, table) -> MountComparison.kernelFiles(table, inside::has))
            .value()
            .orElse(List.of()),
        inside(status, mounts, overrides, (inside, _) -> inside.listSockets()),
        allowed(inside(status, mounts, overrides, (inside, _) -> inside.listDevices()), rules),
        rules.map(DeviceRulesReader::allowsAll),
        descriptors(mounts, root),
        layout
            .map(known -> new LimitReader(known, groups, GroupFiles.host()).read())
            .orElse(List.of()),
        abstractSockets());
  }

  private String command(ProcessStatus status) {
    return Reading.of(() -> proc.commandLine(pid, 1))
        .value()
        .map(words -> String.join(" ", words))
        .filter(text -> !text.isEmpty())
        .orElse("[" + status.name() + "]");
  }

  private static boolean overrides(ProcessStatus status, List<NamespaceFact> namespaces) {
    boolean first =
        namespaces.stream()
            .anyMatch(fact -> fact.kind() == NamespaceKind.USER && fact.sharing() != Sharing.OWN);
    boolean capable = (status.capabilities().effective() & Capability.CAP_DAC_OVERRIDE.bit()) != 0;
    return status.uids().get(1) == 0 || (first && capable);
  }

  private String link(String name) throws IOException {
    try {
      return Files.readSymbolicLink(directory().resolve(name)).toString();
    } catch (AccessDeniedException e) {
      throw new IOException("permission denied", e);
    }
  }

  private Path directory() {
    return proc.root().resolve(Integer.toString(pid));
  }

  /** The host's mounts: pid 1's, or the reader's own where those are the host's. */
  private Reading<MountTable> hostTable() {
    if (namespaces.readerIsIn(NamespaceKind.MOUNT)) {
      return Reading.of(() -> proc.mounts(reader));
    }
    return namespaces.readerIsIn(NamespaceKind.PID)
        ? Reading.of(() -> proc.mounts(1))
        : new Reading.Hidden<>("the host's mounts cannot be seen from here");
  }

  private Reading<List<MountFact>> hostMounts(List<NamespaceFact> own, Reading<MountTable> mounts) {
    if (isHosts(own, NamespaceKind.MOUNT)) {
      return new Reading.Known<>(List.of());
    }
    return switch (mounts) {
      case Reading.Hidden<MountTable>(String why) -> new Reading.Hidden<>(why);
      case Reading.Known<MountTable>(MountTable table) ->
          switch (hostTable()) {
            case Reading.Hidden<MountTable>(String why) -> new Reading.Hidden<>(why);
            case Reading.Known<MountTable>(MountTable host) ->
                new Reading.Known<>(new MountComparison(table, host).shown());
          };
    };
  }

  private static boolean isHosts(List<NamespaceFact> own, NamespaceKind kind) {
    return own.stream().anyMatch(f -> f.kind() == kind && f.sharing() == Sharing.HOST);
  }

  private interface Look<T> {
    List<T> at(InsideReader inside, MountTable mounts);
  }

  private <T> Reading<List<T>> inside(
      ProcessStatus status, Reading<MountTable> mounts, boolean overrides, Look<T> look) {
    return Reading.of(() -> {
      MountTable table =
          mounts.value().orElseThrow(() -> new IOException("its mounts cannot be read"));
      try (RootView root =
          RootView.open(directory().resolve("root").toString(), new MountGuard(proc, pid))) {
        return Optional.of(
            look.at(new InsideReader(root, table, status, overrides, ofHost()), table));
      }
    });
  }

  private Predicate<MountInfo> ofHost() {
    List<MountInfo> host = hostTable().value().map(MountTable::all).orElse(List.of());
    return mount ->
        host.stream().anyMatch(h -> h.major() == mount.major() && h.minor() == mount.minor());
  }

  private static Reading<List<DeviceFact>> allowed(
      Reading<List<DeviceFact>> devices, Optional<DeviceRulesReader> rules) {
    return devices instanceof Reading.Known<List<DeviceFact>>(List<DeviceFact> all)
        ? new Reading.Known<>(
            all.stream().filter(device -> rules.map(r -> r.allows(device)).orElse(true)).toList())
        : devices;
  }

  private Reading<List<DescriptorFact>> descriptors(
      Reading<MountTable> mounts, Reading<String> root) {
    return Reading.of(() -> {
      MountTable table =
          mounts.value().orElseThrow(() -> new IOException("its mounts cannot be read"));
      String directory = root.value().orElseThrow(() -> new IOException("permission denied"));
      boolean together =
          proc.namespace(pid, NamespaceKind.MOUNT)
              .equals(proc.namespace(reader, NamespaceKind.MOUNT));
      if (!together && table.containing("/").isEmpty()) {
        throw new IOException("its root is not a mount, so outside cannot be told from inside");
      }
      return Optional.of(
          new DescriptorReader(directory(), table, directory, together, new MountGuard(proc, pid))
              .outside());
    });
  }

  private Reading<List<String>> abstractSockets() {
    return Reading.of(() -> {
      try (var in = Files.newInputStream(directory().resolve("net/unix"))) {
        String text = new String(in.readNBytes(MOST_SOCKETS), StandardCharsets.UTF_8);
        return Optional.of(
            text.lines()
                .map(line -> line.strip().split(" +", 8))
                .filter(columns -> columns.length == 8 && columns[7].startsWith("@"))
                .map(columns -> columns[7])
                .distinct()
                .sorted()
                .toList());
      }
    });
  }
}
