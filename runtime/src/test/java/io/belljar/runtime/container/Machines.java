package io.belljar.runtime.container;

import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.cgroup.CgroupPlace;
import io.belljar.linux.cgroup.V1Hierarchy;
import io.belljar.linux.cgroup.V2Hierarchy;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.GroupStep;
import io.belljar.runtime.Facts;
import io.belljar.runtime.HostFiles;
import io.belljar.runtime.KernelVersion;
import io.belljar.runtime.cgroup.GroupSteps;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Machines to plan for: fixed facts, and control groups whose steps are easy to read. */
public final class Machines {
  private static final long ALL_CAPABILITIES = (1L << 41) - 1;

  private Machines() {}

  /** Directories under /srv and /sys and /proc, files under /etc and /dev, nothing else. */
  public static final HostFiles FILES =
      path -> {
        String text = path.toString();
        if (text.startsWith("/srv") || text.startsWith("/sys") || text.equals("/proc")) {
          return HostFiles.Kind.DIRECTORY;
        }
        if (text.startsWith("/etc") || text.startsWith("/dev")) {
          return HostFiles.Kind.FILE;
        }
        return text.startsWith("/secret") ? HostFiles.Kind.UNREACHABLE : HostFiles.Kind.MISSING;
      };

  /** Version 1 with co-mounted controllers, and version 2 beside it. */
  public static Facts hybrid() {
    return facts(
        new CgroupLayout(
            List.of(
                new V1Hierarchy(
                    Set.of(),
                    Optional.of("systemd"),
                    new CgroupPlace("/sys/fs/cgroup/systemd", "/", "/", false)),
                new V1Hierarchy(
                    Set.of("cpu", "cpuacct"),
                    Optional.empty(),
                    new CgroupPlace("/sys/fs/cgroup/cpu,cpuacct", "/", "/", false)),
                new V1Hierarchy(
                    Set.of("memory"),
                    Optional.empty(),
                    new CgroupPlace("/sys/fs/cgroup/memory", "/", "/user", false))),
            Optional.of(
                new V2Hierarchy(
                    Set.of(), new CgroupPlace("/sys/fs/cgroup/unified", "/", "/", false)))),
        false);
  }

  /** Version 2 alone, with AppArmor. */
  public static Facts unified() {
    return facts(
        new CgroupLayout(
            List.of(),
            Optional.of(
                new V2Hierarchy(
                    Set.of("cpu", "memory", "pids"),
                    new CgroupPlace("/sys/fs/cgroup", "/", "/", false)))),
        true);
  }

  private static Facts facts(CgroupLayout layout, boolean appArmor) {
    return new Facts(layout, 40, ALL_CAPABILITIES, new KernelVersion(6, 1), appArmor, true, FILES);
  }

  /** The container's groups, as far as a reader of a plan wants to see them. */
  public static GroupSteps groups(String... directories) {
    return new GroupSteps() {
      @Override
      public List<String> directories() {
        return List.of(directories);
      }

      @Override
      public void make(Plan.Builder plan) {
        plan.role(Role.LAUNCHER);
        for (String directory : directories) {
          plan.add(new FileStep.MakeDirectory(directory, 0755), "test: groups");
        }
      }

      @Override
      public Slot forkInto(Plan.Builder plan) {
        return Slot.NONE;
      }

      @Override
      public void enter(Plan.Builder plan) {
        for (String directory : directories) {
          plan.add(new GroupStep.Enter(directory + "/tasks", Slot.NONE), "test: groups");
        }
      }

      @Override
      public boolean placeV2(Plan.Builder plan, Role process) {
        return false;
      }

      @Override
      public void placeV1(Plan.Builder plan, Role process) {
        plan.role(Role.LAUNCHER);
        for (String directory : directories) {
          plan.add(new GroupStep.Place(directory + "/cgroup.procs", process), "test: groups");
        }
      }

      @Override
      public void kill(Plan.Builder plan, Role when) {
        plan.role(when);
        for (String directory : directories) {
          plan.add(new GroupStep.Kill(directory), "test: groups");
        }
      }

      @Override
      public void remove(Plan.Builder plan, Role when) {
        plan.role(when);
        for (String directory : directories) {
          plan.add(new GroupStep.Remove(directory), "test: groups");
        }
      }
    };
  }
}
