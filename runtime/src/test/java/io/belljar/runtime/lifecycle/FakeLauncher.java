package io.belljar.runtime.lifecycle;

import io.belljar.linux.Errno;
import io.belljar.linux.Signal;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.PlannedStep;
import io.belljar.plan.Role;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.GroupStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Carries plans out, as far as they leave traces. */
final class FakeLauncher implements Executor {
  private final FakeMachine machine;
  private final ProcessIdentity identity;
  private final Map<Role, Integer> children = new HashMap<>();
  private final Map<String, Integer> processSlots = new HashMap<>();
  private final Map<String, String> pathSlots = new HashMap<>();
  private final Predicate<Step> deadly;
  private int stepsLeft;

  FakeLauncher(FakeMachine machine, ProcessIdentity identity, int steps, Predicate<Step> deadly) {
    this.machine = machine;
    this.identity = identity;
    this.stepsLeft = steps;
    this.deadly = deadly;
  }

  @Override
  public void seal() {}

  @Override
  public Outcome run(Plan plan) {
    List<PlannedStep> steps = plan.steps();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).role() != Role.LAUNCHER) {
        continue;
      }
      dieIfItIsTime(deadly.test(steps.get(i).step()));
      int errno = perform(plan, steps.get(i).step());
      if (errno != 0 && errno != steps.get(i).tolerated()) {
        children.values().forEach(machine::kill);
        always(plan, Role.UNDO);
        return new Outcome(i, 0, errno, new byte[0]);
      }
    }
    dieIfItIsTime(false);
    if (plan.steps().stream().anyMatch(step -> step.role() == Role.END)) {
      machine.waitWith(identity.pid(), plan);
    }
    return new Outcome(-1, 0, 0, new byte[0]);
  }

  @Override
  public Outcome runLast(Plan plan) {
    return run(plan);
  }

  private void dieIfItIsTime(boolean now) {
    if (now || stepsLeft-- <= 0) {
      machine.kill(identity.pid());
      throw new FakeMachine.LauncherDied();
    }
  }

  void always(Plan plan, Role role) {
    plan.steps(role).forEach(step -> perform(plan, step));
  }

  private int perform(Plan plan, Step step) {
    if (machine.failing.contains(step.operation().name())) {
      return Errno.EIO.number();
    }
    return switch (step) {
      case FileStep file -> perform(file);
      case GroupStep group -> perform(group);
      case ProcessStep process -> perform(plan, process);
      case NamespaceStep.Fork fork -> fork(fork);
      default -> 0;
    };
  }

  private int fork(NamespaceStep.Fork fork) {
    int pid = machine.start(identity.pid(), true).pid();
    children.put(fork.process(), pid);
    String group = pathSlots.get(fork.group().name());
    return group == null ? 0 : place(group + "/cgroup.procs", pid);
  }

  private int place(String file, int pid) {
    try {
      Files.writeString(
          machine.path(file), pid + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return 0;
    } catch (IOException e) {
      return Errno.ENOENT.number();
    }
  }

  private int perform(FileStep step) {
    try {
      switch (step) {
        case FileStep.Open open -> pathSlots.put(open.slot().name(), open.path());
        case FileStep.MakeDirectory make -> {
          return makeGroup(make.path());
        }
        case FileStep.MakeFifo fifo -> Files.createFile(machine.path(fifo.path()));
        case FileStep.Write write -> writeGroup(write);
        case FileStep.RecordPid record -> {
          int pid = children.get(record.process());
          Files.writeString(
              Path.of(record.path()), machine.process(pid).orElseThrow().identity() + "\n");
        }
        case FileStep.RemoveFile remove -> Files.delete(machine.path(remove.path()));
        case FileStep.RemoveDirectory remove -> Files.delete(machine.path(remove.path()));
        default -> {}
      }
      return 0;
    } catch (IOException e) {
      return Errno.ENOENT.number();
    }
  }

  private int makeGroup(String directory) throws IOException {
    if (Files.exists(machine.path(directory))) {
      return Errno.EEXIST.number();
    }
    Files.createDirectory(machine.path(directory));
    if (directory.contains("/unified/")) {
      writeFile(directory + "/cgroup.controllers", "");
      writeFile(directory + "/cgroup.freeze", "0");
    }
    return 0;
  }

  private void writeFile(String file, String text) throws IOException {
    Files.writeString(machine.path(file), text + "\n");
  }

  private void writeGroup(FileStep.Write write) throws IOException {
    writeFile(write.path(), write.data().text());
    if (write.path().endsWith("cgroup.freeze")) {
      String events = write.path().replace("cgroup.freeze", "cgroup.events");
      writeFile(events, "populated 1\nfrozen " + write.data().text());
    }
  }

  private int perform(GroupStep step) {
    switch (step) {
      case GroupStep.Place place -> {
        return place(place.path(), children.get(place.process()));
      }
      case GroupStep.Enter _ -> throw new AssertionError("the launcher enters no group");
      case GroupStep.Kill kill -> machine.groups().allProcesses(kill.path()).forEach(machine::kill);
      case GroupStep.Remove remove -> {
        boolean busy =
            machine.groups().allProcesses(remove.path()).stream()
                .anyMatch(machine.processes()::contains);
        if (busy) {
          return Errno.EBUSY.number();
        }
        FakeMachine.delete(machine.path(remove.path()));
      }
      case GroupStep.FilterDevices _ -> {}
    }
    return 0;
  }

  private int perform(Plan plan, ProcessStep step) {
    return switch (step) {
      case ProcessStep.Await await -> letGo(plan, await);
      case ProcessStep.OpenProcess open -> open(open);
      case ProcessStep.SignalProcess signal -> signal(signal);
      case ProcessStep.AwaitExit await ->
          machine.processes().contains(processSlots.get(await.pidfd().name()))
              ? Errno.ETIMEDOUT.number()
              : 0;
      case ProcessStep.Start start -> startAt(Path.of(start.fifo()));
      case ProcessStep.Run run -> {
        machine.hooks.add(run.path());
        yield machine.failing.contains(run.path()) ? Errno.ECHILD.number() : 0;
      }
      default -> 0;
    };
  }

  /**
   * When the container's process is ready, it is in its groups, and does not die with its launcher
   * any more.
   */
  private int letGo(Plan plan, ProcessStep.Await await) {
    int child = children.get(await.process());
    for (Step step : plan.steps(await.process())) {
      if (step instanceof GroupStep.Enter enter) {
        place(enter.tasks().replace("/tasks", "/cgroup.procs"), child);
      }
    }
    if (plan.steps(await.process()).contains(new ProcessStep.DieWithParent(0))) {
      machine.letGo(child);
    }
    return machine.processes().contains(child) ? 0 : Errno.ECHILD.number();
  }

  private int open(ProcessStep.OpenProcess open) {
    boolean there =
        machine
            .process((int) open.pid())
            .filter(process -> process.identity().startTime() == open.startTime())
            .isPresent();
    if (!there) {
      return Errno.ESRCH.number();
    }
    processSlots.put(open.slot().name(), (int) open.pid());
    return 0;
  }

  private int signal(ProcessStep.SignalProcess signal) {
    int pid = processSlots.get(signal.pidfd().name());
    machine.signals.add(pid + " " + signal.signal());
    if (signal.signal() == Signal.KILL.number()) {
      machine.end(pid);
    }
    return 0;
  }

  private int startAt(Path fifo) {
    try {
      Files.delete(fifo);
      return 0;
    } catch (IOException e) {
      return Errno.ENOENT.number();
    }
  }
}
