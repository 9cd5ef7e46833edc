package io.belljar.runtime.cgroup;

import io.belljar.linux.OpenFlags;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.GroupStep;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The groups of a container that exists: what {@code exec} places processes into, and what is
 * killed and removed in the end. For one plan, and one thread.
 */
public final class StoredGroups implements GroupSteps {
  private static final String TASKS = "/tasks";
  private static final String WHY_IN =
      "default: the container's limits hold for every process in it";
  private static final String WHY = "default: nothing of the container may stay";

  private final List<String> directories;
  private final GroupFiles files;

  /** Which of them is of version 2, once it was asked for. */
  private Optional<Optional<String>> unified = Optional.empty();

  /**
   * The groups of a container.
   *
   * @param directories its group in every hierarchy, as its state recorded them
   * @param files reads them
   */
  public StoredGroups(List<String> directories, GroupFiles files) {
    this.directories = List.copyOf(directories);
    this.files = files;
  }

  @Override
  public List<String> directories() {
    return directories;
  }

  /**
   * The same, but where the container's first process has moved on to a group below its v2 group:
   * that one cannot take processes itself once it hands controllers down (cgroups(7), "no internal
   * processes").
   *
   * @param current the first process's group in v2
   */
  public StoredGroups following(String current) {
    Optional<String> left = unified().filter(directory -> current.startsWith(directory + "/"));
    if (left.isEmpty()) {
      return this;
    }
    return new StoredGroups(
        directories.stream()
            .map(directory -> directory.equals(left.get()) ? current : directory)
            .toList(),
        files);
  }

  /**
   * The joiner that is forked into the group counts as one of its processes: where the limit leaves
   * no room for two more there is no forking into it, as moving a process is never refused.
   */
  @Override
  public Slot forkInto(Plan.Builder plan) {
    Optional<String> roomy = unified().filter(this::hasRoom);
    if (roomy.isEmpty()) {
      return Slot.NONE;
    }
    Slot slot = plan.slot("cgroup");
    plan.role(Role.LAUNCHER)
        .add(
            new FileStep.Open(slot, roomy.get(), OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0),
            WHY_IN);
    return slot;
  }

  private boolean hasRoom(String directory) {
    OptionalLong most = number(directory + "/pids.max");
    return most.isEmpty()
        || number(directory + "/pids.current").orElse(Long.MAX_VALUE - 2) + 2 <= most.getAsLong();
  }

  /** Empty where there is no such file, or it says {@code max}. */
  private OptionalLong number(String file) {
    return files.text(file).filter(text -> text.matches("[0-9]{1,18}")).stream()
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  /** The groups are there already: no step. */
  @Override
  public void make(Plan.Builder plan) {}

  private boolean isUnified(String directory) {
    return files.exists(directory + "/cgroup.controllers");
  }

  @Override
  public void open(Plan.Builder plan) {
    version1()
        .forEach(directory ->
            plan.add(
                new FileStep.Open(tasks(plan, directory), directory + TASKS, OpenFlags.O_WRONLY, 0),
                WHY_IN));
  }

  @Override
  public void enter(Plan.Builder plan) {
    version1()
        .forEach(directory ->
            plan.add(new GroupStep.Enter(directory + TASKS, tasks(plan, directory)), WHY_IN));
  }

  private static Slot tasks(Plan.Builder plan, String directory) {
    return plan.slot(directory + TASKS);
  }

  @Override
  public void placeV1(Plan.Builder plan, Role process) {
    plan.role(Role.LAUNCHER);
    version1().forEach(directory -> place(plan, directory, process));
  }

  @Override
  public boolean placeV2(Plan.Builder plan, Role process) {
    plan.role(Role.LAUNCHER);
    unified().ifPresent(directory -> place(plan, directory, process));
    return unified().isPresent();
  }

  private static void place(Plan.Builder plan, String directory, Role process) {
    plan.add(new GroupStep.Place(directory + "/cgroup.procs", process), WHY_IN);
  }

  private Optional<String> unified() {
    if (unified.isEmpty()) {
      unified = Optional.of(directories.stream().filter(this::isUnified).findFirst());
    }
    return unified.get();
  }

  private Stream<String> version1() {
    return directories.stream().filter(directory -> unified().filter(directory::equals).isEmpty());
  }

  @Override
  public void kill(Plan.Builder plan, Role when) {
    plan.role(when);
    kill(plan);
  }

  /**
   * Ends every process in the groups, as the current role. Frozen processes of v1 are thawed first.
   */
  public void kill(Plan.Builder plan) {
    Freezer freezer = new Freezer(directories, files);
    if (freezer.holdsKills()) {
      freezer.thaw(plan, "default: a process that cgroup v1 has frozen does not die");
    }
    forKilling().ifPresent(directory -> plan.add(new GroupStep.Kill(directory), WHY));
  }

  /**
   * One group is enough: all hold the same processes. The one of v2 kills by itself; of v1 those
   * come first that are never mounted together with others.
   */
  private Optional<String> forKilling() {
    return unified()
        .or(() -> directories.stream().filter(d -> files.exists(d + "/pids.current")).findFirst())
        .or(() -> directories.stream().findFirst());
  }

  @Override
  public void remove(Plan.Builder plan, Role when) {
    plan.role(when);
    remove(plan);
  }

  /** Removes the groups, as the current role. */
  public void remove(Plan.Builder plan) {
    directories.forEach(directory -> plan.add(new GroupStep.Remove(directory), WHY));
  }

  /**
   * How many processes the kernel has killed for the memory limit; empty where it does not count
   * them.
   */
  public OptionalLong memoryKills() {
    return directories.stream()
        .flatMap(
            directory -> Stream.of(directory + "/memory.events", directory + "/memory.oom_control"))
        .flatMap(file -> files.text(file).stream())
        .flatMap(String::lines)
        .filter(line -> line.matches("oom_kill [0-9]{1,18}"))
        .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length())))
        .max();
  }

  /** The ids of the processes in the groups and below them; 0 for one of another pid namespace. */
  public List<Integer> members() {
    return forKilling().map(files::allProcesses).orElse(List.of());
  }

  /** Whether any of the groups is there still. */
  public boolean anyLeft() {
    return directories.stream().anyMatch(files::exists);
  }
}
