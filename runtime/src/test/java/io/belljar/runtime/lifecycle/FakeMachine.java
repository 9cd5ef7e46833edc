package io.belljar.runtime.lifecycle;

import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.Step;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.Facts;
import io.belljar.runtime.HostFiles;
import io.belljar.runtime.KernelVersion;
import io.belljar.runtime.cgroup.CgroupFixture;
import io.belljar.runtime.cgroup.GroupFiles;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.runtime.state.Observer;
import io.belljar.runtime.state.ProcessSpace;
import io.belljar.runtime.state.StateStore;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.DefaultConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A machine of files: processes and control groups are directories, and launchers carry out the
 * steps that leave traces outside of the container. A launcher can be killed after any number of
 * steps.
 */
final class FakeMachine {
  /** What a planner meets when its launcher has died. */
  static final class LauncherDied extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A process: whose child it is, and whether it dies with its parent. */
  record Running(ProcessIdentity identity, int parent, boolean dies) {}

  /** Where requests are made, unless said otherwise. */
  static final ProcessSpace HERE = new ProcessSpace(4026531836L, "this-boot");

  private final Path root;
  private final Path host;
  private final CgroupFixture cgroups;
  private final Map<Integer, Running> processes = new TreeMap<>();
  private final Map<Integer, List<Plan>> ends = new HashMap<>();
  final StateStore store;
  final List<String> hooks = new ArrayList<>();
  final List<String> signals = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final Set<String> failing = new HashSet<>();
  private int next = 100;

  FakeMachine(Path root) {
    this.root = root;
    this.host = root.resolve("host");
    this.cgroups = CgroupFixture.hybrid(host);
    this.store = new StateStore(root.resolve("state"));
    try {
      Files.createDirectories(root.resolve("proc"));
      Files.createDirectories(root.resolve("bundle/rootfs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Requests

  /** A request of a new launcher that nothing happens to. */
  Invocation request() {
    return request(Integer.MAX_VALUE);
  }

  /** A request of a new launcher that is killed after so many of its steps. */
  Invocation request(int steps) {
    return request(steps, _ -> false);
  }

  /**
   * Leaves a container that is all but made: its launcher is killed before it removes the marker.
   */
  void killWhileCreating(String id) {
    Invocation invocation =
        request(
            Integer.MAX_VALUE,
            step ->
                step instanceof FileStep.RemoveFile remove && remove.path().contains(".creating"));
    try {
      Create.run(invocation, container(id, StartMode.CREATE));
      throw new AssertionError("the plan does not remove the marker");
    } catch (LauncherDied _) {
      // As it should.
    }
  }

  /** A request of a new launcher in this pid namespace. */
  Invocation request(ProcessSpace here) {
    return request(Integer.MAX_VALUE, _ -> false, here);
  }

  private Invocation request(int steps, Predicate<Step> deadly) {
    return request(steps, deadly, HERE);
  }

  private Invocation request(int steps, Predicate<Step> deadly, ProcessSpace here) {
    ProcessIdentity launcher = start(1, false);
    return new Invocation(
        new Observer(store, new ProcFs(root.resolve("proc")), cgroups.files(), here),
        this::facts,
        new SeccompFilters(Optional.empty()),
        new FakeLauncher(this, launcher, steps, deadly),
        launcher,
        0,
        warnings::add);
  }

  private Facts facts() {
    return new Facts(
        cgroups.layout(),
        40,
        -1L,
        new KernelVersion(6, 1),
        false,
        true,
        _ -> HostFiles.Kind.DIRECTORY);
  }

  /** The usual configuration. */
  Config config() {
    return DefaultConfig.rootful(true);
  }

  NewContainer container(String id, StartMode mode) {
    return container(id, mode, config());
  }

  NewContainer container(String id, StartMode mode, Config config) {
    Config quiet =
        config.toBuilder()
            .process(config.process().map(p -> p.toBuilder().terminal(false).build()))
            .build();
    return NewContainer.of(new ContainerId(id), Bundle.of(root.resolve("bundle"), quiet), mode)
        .build();
  }

  /** Makes a container whose launcher leaves. */
  ContainerId create(String id) {
    Invocation invocation = request();
    Create.run(invocation, container(id, StartMode.CREATE));
    kill(invocation.launcher().pid());
    return new ContainerId(id);
  }

  // Processes

  ProcessIdentity start(int parent, boolean dies) {
    ProcessIdentity identity = new ProcessIdentity(next, 1000L + next);
    next++;
    processes.put(identity.pid(), new Running(identity, parent, dies));
    write(
        root.resolve("proc/" + identity.pid() + "/stat"),
        "%d (sh) S %d 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %d 0 0\n"
            .formatted(identity.pid(), parent, identity.startTime()));
    return identity;
  }

  /** Kills a process, and those that die with it; no launcher does anything about it. */
  void kill(int pid) {
    processes.remove(pid);
    delete(root.resolve("proc/" + pid));
    processes.values().stream()
        .filter(process -> process.parent() == pid && process.dies())
        .map(process -> process.identity().pid())
        .toList()
        .forEach(this::kill);
  }

  /** Ends a container's process; a launcher that waits for it does what comes after, and leaves. */
  void end(int pid) {
    Running process = processes.get(pid);
    kill(pid);
    List<Plan> plans = ends.remove(process.parent());
    if (plans != null) {
      ProcessIdentity waiter = processes.get(process.parent()).identity();
      FakeLauncher launcher = new FakeLauncher(this, waiter, Integer.MAX_VALUE, _ -> false);
      plans.forEach(plan -> launcher.always(plan, Role.END));
      kill(process.parent());
    }
  }

  /** A launcher waits for its child, with what is to be done then. */
  void waitWith(int launcher, Plan plan) {
    ends.computeIfAbsent(launcher, _ -> new ArrayList<>()).add(plan);
  }

  /** From now on it does not die with its parent. */
  void letGo(int pid) {
    processes.computeIfPresent(
        pid, (_, process) -> new Running(process.identity(), process.parent(), false));
  }

  Optional<Running> process(int pid) {
    return Optional.ofNullable(processes.get(pid));
  }

  GroupFiles groups() {
    return cgroups.files();
  }

  Set<Integer> processes() {
    return processes.keySet();
  }

  // What is left

  /** Files of the state and groups that are there. */
  List<String> traces() {
    List<String> found = new ArrayList<>();
    try (var state = Files.walk(store.root())) {
      state
          .map(path -> store.root().relativize(path).toString())
          .filter(name -> !Set.of("", ".creating", ".creating/~lock").contains(name))
          .forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.addAll(groupDirectories());
    return found;
  }

  private List<String> groupDirectories() {
    try (var tree = Files.walk(host.resolve("sys/fs/cgroup"), 2)) {
      return tree.filter(path -> Files.isDirectory(path) && path.getNameCount() == names())
          .map(path -> host.relativize(path).toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int names() {
    return host.getNameCount() + 5; // sys/fs/cgroup/HIERARCHY/GROUP
  }

  Path path(String absolute) {
    return absolute.startsWith("/sys/fs/cgroup")
        ? host.resolve("." + absolute).normalize()
        : Path.of(absolute);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path tree) {
    try {
      if (Files.exists(tree)) {
        Files.walkFileTree(
            tree,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                  throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult postVisitDirectory(Path directory, IOException e)
                  throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
              }
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
