package io.belljar.bench;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.Facts;
import io.belljar.runtime.cgroup.StoredGroups;
import io.belljar.runtime.container.ExecOptions;
import io.belljar.runtime.container.ExecPlanner;
import io.belljar.runtime.container.ExecRequest;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.lifecycle.Bundle;
import io.belljar.runtime.lifecycle.Executor;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.NewContainer;
import io.belljar.runtime.lifecycle.Run;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.runtime.state.Observer;
import io.belljar.runtime.state.StateStore;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.ConfigWriter;
import io.belljar.spec.config.DefaultConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What lies before a planner: a bundle with runc's default configuration, and a request for it. */
final class Desk implements AutoCloseable {
  private static final ContainerId ID = new ContainerId("bench");

  private final Path place;
  private final SeccompFilters filters = new SeccompFilters(Optional.empty());
  private final Facts facts = facts();

  Desk() throws IOException {
    place = Files.createTempDirectory("belljar-planning");
    Files.createDirectories(bundle().resolve("rootfs"));
    Config config = DefaultConfig.rootful(facts.cgroups().v1().isEmpty());
    Config silent =
        config.toBuilder()
            .process(config.process().map(process -> process.toBuilder().terminal(false).build()))
            .build();
    Files.writeString(bundle().resolve("config.json"), ConfigWriter.write(silent));
  }

  /** A directory with a config.json and an empty root. */
  Path bundle() {
    return place.resolve("bundle");
  }

  /** As a planner gathers them for every request. */
  static Facts facts() {
    return Facts.gather((int) ProcessHandle.current().pid());
  }

  /** The plan of a container, with facts that were gathered before. */
  Plan run(Bundle read) {
    return run(read, () -> facts);
  }

  /** The plan of a container. */
  Plan run(Bundle read, Supplier<Facts> gathered) {
    return Run.plan(invocation(gathered), NewContainer.of(ID, read, StartMode.FOREGROUND).build());
  }

  private Invocation invocation(Supplier<Facts> gathered) {
    return new Invocation(
        Observer.of(new StateStore(place.resolve("state"))),
        gathered,
        filters,
        new Nobody(),
        own(),
        0,
        _ -> {});
  }

  /** The plan of a further process. */
  Plan exec(Bundle read) {
    Config config = read.config();
    ExecOptions options =
        new ExecOptions(
            List.of("/bin/true"),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            false,
            false,
            Optional.empty(),
            Optional.empty());
    Set<NamespaceKind> joined =
        EnumSet.of(
            NamespaceKind.MOUNT,
            NamespaceKind.PID,
            NamespaceKind.NETWORK,
            NamespaceKind.IPC,
            NamespaceKind.UTS);
    return ExecPlanner.plan(
        new ExecRequest(
            ID,
            config,
            options.applyTo(config.process().orElseThrow()),
            own(),
            joined,
            read.rootfs(),
            false,
            Optional.empty(),
            Optional.empty(),
            false,
            0,
            0,
            true,
            Set.of(),
            0),
        facts,
        new StoredGroups(
            List.of("/sys/fs/cgroup/bench"),
            Observer.of(new StateStore(place.resolve("state"))).groups()),
        filters);
  }

  private static ProcessIdentity own() {
    return ProcFs.host().identify((int) ProcessHandle.current().pid()).orElseThrow();
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Nothing is carried out here. */
  private static final class Nobody implements Executor {
    @Override
    public Outcome run(Plan plan) {
      throw new IllegalStateException("plans are only made here");
    }

    @Override
    public Outcome runLast(Plan plan) {
      return run(plan);
    }
  }
}
