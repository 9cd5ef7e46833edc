package io.belljar.plan;

import io.belljar.linux.CloneFlags;
import io.belljar.linux.FileMode;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.mount.MountAttributes;
import io.belljar.linux.mount.MountFlags;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.GroupStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.MountStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import java.util.List;
import java.util.stream.Stream;

/** Steps of every kind, as a container has them. */
final class SampleSteps {
  static final Slot ROOT = new Slot(0, "root");
  static final Slot TARGET = new Slot(1, "target");
  static final Slot OTHER = new Slot(2, "other");
  static final byte[] PROGRAM = new byte[16];

  private SampleSteps() {}

  static List<Step> all() {
    return Stream.of(files(), mounts(), processes(), groups(), identities())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Step> files() {
    return List.of(
        new FileStep.Open(ROOT, "/srv/box", OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0),
        new FileStep.Open(OTHER, "/var/log/box", OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0600),
        new FileStep.OpenIn(TARGET, ROOT, "/etc", OpenFlags.O_RDONLY, 0),
        new FileStep.CreateIn(TARGET, ROOT, "/a/b", FileStep.CreateIn.DIRECTORY, 0755, 0),
        new FileStep.CreateIn(TARGET, ROOT, "/a/file", FileStep.CreateIn.REGULAR, 0644, 0),
        new FileStep.Close(TARGET),
        new FileStep.Connect(OTHER, "/run/console.sock"),
        new FileStep.Send(OTHER, TARGET, "/dev/pts/ptmx"),
        new FileStep.Send(Slot.NONE, TARGET, ""),
        new FileStep.Stdio(OTHER, 1),
        new FileStep.StdioOwner(1000, 1000),
        new FileStep.MakePipe(TARGET, OTHER),
        new FileStep.Write("/sys/fs/cgroup/box/pids.max", Bytes.of("100")),
        new FileStep.WriteProc(OTHER, "sys/net/ipv4/ip_forward", Bytes.of("1\n")),
        new FileStep.WriteMap(Role.INIT, "uid_map", Bytes.of("0 1000 1\n")),
        new FileStep.MakeDirectory("/sys/fs/cgroup/box", 0755),
        new FileStep.MakeFifo("/run/box/exec.fifo", 1000, 1000),
        new FileStep.RemoveFile("/run/box/state.json"),
        new FileStep.RemoveDirectory("/run/box"),
        new FileStep.RemoveTree("/home/user/box"),
        new FileStep.RecordPid("/run/box.pid", Role.INIT, FileStep.RecordPid.PLAIN),
        new FileStep.RecordPid("/run/box/pid", Role.INIT, FileStep.RecordPid.WITH_START),
        new FileStep.RecordStatus("/run/box/exit", Role.INIT));
  }

  private static List<Step> mounts() {
    return List.of(
        new MountStep.Mount(
            TARGET,
            "tmpfs",
            "tmpfs",
            MountAttributes.MOUNT_ATTR_NOSUID | MountAttributes.MOUNT_ATTR_STRICTATIME,
            List.of("mode=755", "size=65536k", "noswap")),
        new MountStep.Bind(
            TARGET,
            OTHER,
            1,
            MountAttributes.MOUNT_ATTR_RDONLY,
            0,
            MountAttributes.MOUNT_ATTR_NOATIME,
            MountAttributes.MOUNT_ATTR__ATIME,
            MountFlags.MS_SLAVE),
        new MountStep.Bind(TARGET, OTHER, 0, 0, 0, 0, 0, 0),
        new MountStep.SetAttributes(ROOT, 1, 0, 0, MountFlags.MS_PRIVATE),
        new MountStep.PivotRoot(ROOT),
        new MountStep.MoveRoot(ROOT),
        new MountStep.ChangeRoot(ROOT),
        new MountStep.Mask(ROOT, "/proc/kcore", OTHER, TARGET),
        new MountStep.Protect(ROOT, "/proc/sys"),
        new MountStep.MakeNode(ROOT, "/dev/null", FileMode.S_IFCHR | 0666, 1, 3, 0, 5),
        new MountStep.MakeLink(ROOT, "/dev/fd", "/proc/self/fd"));
  }

  private static List<Step> processes() {
    return List.of(
        new NamespaceStep.Fork(
            Role.INIT, CloneFlags.CLONE_NEWNS | CloneFlags.CLONE_NEWPID, Slot.NONE),
        new NamespaceStep.Fork(
            Role.COMMAND, CloneFlags.CLONE_PARENT | CloneFlags.CLONE_NEWTIME, OTHER),
        new NamespaceStep.Join(OTHER, CloneFlags.CLONE_NEWNET),
        new NamespaceStep.Join(OTHER, CloneFlags.CLONE_NEWNS, 1),
        new NamespaceStep.Unshare(CloneFlags.CLONE_NEWCGROUP),
        new NamespaceStep.JoinTime(),
        new NamespaceStep.OpenOwner(TARGET, OTHER),
        new NamespaceStep.OpenOfSocket(TARGET, OTHER, 3),
        new ProcessStep.OpenProcess(OTHER, 4711, 123456),
        new ProcessStep.OpenProcess(OTHER, 4711, 0),
        new ProcessStep.SignalProcess(OTHER, 15),
        new ProcessStep.AwaitExit(OTHER, 1500),
        new ProcessStep.Notify(Role.INIT),
        new ProcessStep.Await(Role.INIT),
        new ProcessStep.Adopt(Role.JOINER, Role.INIT),
        new ProcessStep.Reap(Role.JOINER),
        new ProcessStep.DieWithParent(9),
        new ProcessStep.DieWithParent(0),
        new ProcessStep.Detach("web\n"),
        new ProcessStep.Wait(Role.INIT, ProcessStep.Wait.RELAY_TERMINAL),
        new ProcessStep.Wait(
            Role.COMMAND,
            ProcessStep.Wait.PLAIN
                | ProcessStep.Wait.IGNORE_INTERRUPTS
                | ProcessStep.Wait.STOP_ALONG
                | ProcessStep.Wait.DIE_ALIKE),
        new ProcessStep.Supervise(Role.COMMAND),
        new ProcessStep.Run(
            "/usr/bin/hook",
            List.of("hook", "start"),
            List.of("A=1"),
            Bytes.of("{\"pid\":"),
            Role.INIT,
            Bytes.of("}"),
            3000),
        new ProcessStep.AwaitStart(OTHER),
        new ProcessStep.Start("/run/box/exec.fifo", OTHER),
        new ProcessStep.Monitor("/run/box", 10 << 20, OTHER, TARGET, Slot.NONE, 0),
        new ProcessStep.Attach(
            "/run/box", ProcessStep.Attach.TERMINAL, OTHER, Bytes.of("\u0010\u0011")),
        new ProcessStep.Print(2, "belljar: the container was killed\n"),
        new ProcessStep.Finish(List.of("finish", "box")));
  }

  private static List<Step> groups() {
    return List.of(
        new GroupStep.Place("/sys/fs/cgroup/box/cgroup.procs", Role.INIT),
        new GroupStep.Enter("/sys/fs/cgroup/pids/box/tasks", Slot.NONE),
        new GroupStep.Enter("/sys/fs/cgroup/pids/box/tasks", OTHER),
        new GroupStep.Kill("/sys/fs/cgroup/box"),
        new GroupStep.Remove("/sys/fs/cgroup/box"),
        new GroupStep.FilterDevices("/sys/fs/cgroup/box", PROGRAM));
  }

  private static List<Step> identities() {
    return List.of(
        new IdentityStep.SetHostname("box"),
        new IdentityStep.SetDomainname("example"),
        new IdentityStep.LoopbackUp(),
        new IdentityStep.Limit(7, 1024, 1 << 20),
        new IdentityStep.SetUmask(022),
        new IdentityStep.NewSession(),
        new IdentityStep.OpenTerminal(ROOT, TARGET, OTHER, 24, 80),
        new IdentityStep.ControlTerminal(OTHER),
        new IdentityStep.NewKeyring("_ses.box"),
        new IdentityStep.SetPersonality(8),
        new IdentityStep.BoundCapabilities(~0b111100L),
        new IdentityStep.Become(1000, 100, List.of(27L, 4_000_000_000L)),
        new IdentityStep.Become(
            0,
            IdentityStep.Become.UNCHANGED,
            List.of(),
            IdentityStep.Become.PLAINLY | IdentityStep.Become.KEEP_GROUPS),
        new IdentityStep.SetCapabilities(0b100001, 0b100001, 0),
        new IdentityStep.RaiseAmbient(1L << 10),
        new IdentityStep.NoNewPrivileges(),
        new IdentityStep.FilterCalls(4, PROGRAM),
        new IdentityStep.ChangeDirectory("/work", 0),
        new IdentityStep.ChangeDirectory("/work", 1),
        new IdentityStep.FindProgram(List.of("/usr/bin/sh", "/bin/sh")),
        new IdentityStep.Execute(List.of("sh", "-c", "echo \"a\n\""), List.of("A=1", "B=2"), 1),
        new IdentityStep.Execute(
            List.of("sh"),
            List.of(),
            IdentityStep.Execute.EVERY,
            IdentityStep.Execute.SIGNALS_AS_CALLED | IdentityStep.Execute.SHELL_SCRIPTS),
        new IdentityStep.EnterDirectory(OTHER));
  }
}
