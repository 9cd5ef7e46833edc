package io.belljar.plan;

import io.belljar.linux.CloneFlags;
import io.belljar.linux.Errno;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.mount.MountAttributes;
import io.belljar.linux.mount.MountFlags;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.GroupStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.MountStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import java.util.List;

/** A small container, from its control group to its command. */
final class SamplePlan {
  private static final String GROUP = "/sys/fs/cgroup/pids/box";

  private SamplePlan() {}

  static Plan plan() {
    Plan.Builder plan = Plan.builder().sealed().last();
    launcher(plan);
    init(plan.role(Role.INIT));
    plan.role(Role.UNDO);
    plan.addTolerating(
        Errno.ENOENT.number(), new GroupStep.Remove(GROUP), "default: leave nothing");
    plan.role(Role.END).add(new FileStep.RemoveFile("/run/box/state.json"), "option --rm");
    return plan.build();
  }

  private static void launcher(Plan.Builder plan) {
    plan.addTolerating(
        Errno.EEXIST.number(),
        new FileStep.MakeDirectory(GROUP, 0755),
        "config: linux.cgroupsPath");
    plan.add(
        new FileStep.Write(GROUP + "/pids.max", Bytes.of("100")),
        "config: linux.resources.pids.limit");
    plan.add(
        new NamespaceStep.Fork(
            Role.INIT,
            CloneFlags.CLONE_NEWNS | CloneFlags.CLONE_NEWPID | CloneFlags.CLONE_NEWUTS,
            Slot.NONE),
        "config: linux.namespaces");
    plan.add(new GroupStep.Place(GROUP + "/cgroup.procs", Role.INIT), "config: linux.cgroupsPath");
    plan.add(new ProcessStep.Notify(Role.INIT), "the control groups are in place");
    plan.add(new ProcessStep.Wait(Role.INIT, 0), "run: the caller waits for the container");
  }

  private static void init(Plan.Builder plan) {
    Slot root = plan.slot("root");
    Slot proc = plan.slot("proc");
    plan.add(new ProcessStep.Await(Role.LAUNCHER), "the control groups must be in place");
    plan.add(
        new FileStep.Open(root, "/srv/box/rootfs", OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0),
        "config: root.path");
    plan.add(
        new MountStep.Bind(root, root, 1, 0, 0, 0, 0, MountFlags.MS_PRIVATE),
        "pivot_root wants a mount");
    plan.add(
        new FileStep.CreateIn(proc, root, "/proc", FileStep.CreateIn.DIRECTORY, 0755, 0),
        "config: mounts[0]");
    plan.add(
        new MountStep.Mount(
            proc,
            "proc",
            "proc",
            MountAttributes.MOUNT_ATTR_NOSUID | MountAttributes.MOUNT_ATTR_NOEXEC,
            List.of("hidepid=2")),
        "config: mounts[0]");
    plan.add(new MountStep.PivotRoot(root), "config: root.path");
    plan.add(new IdentityStep.SetHostname("box"), "option --hostname");
    plan.add(
        new IdentityStep.BoundCapabilities(0b100000L), "config: process.capabilities.bounding");
    plan.add(new IdentityStep.Become(1000, 1000, List.of()), "config: process.user");
    plan.add(new IdentityStep.SetCapabilities(0, 0, 0), "config: process.capabilities");
    plan.add(new IdentityStep.FilterCalls(0, new byte[8 * 512]), "config: linux.seccomp");
    plan.add(new IdentityStep.ChangeDirectory("/", 0), "config: process.cwd");
    plan.add(
        new IdentityStep.FindProgram(List.of("/usr/bin/sleep", "/bin/sleep")),
        "config: process.args[0]");
    plan.add(
        new IdentityStep.Execute(List.of("sleep", "10"), List.of("PATH=/usr/bin:/bin"), 0),
        "config: process.args");
  }
}
