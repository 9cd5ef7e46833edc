package io.belljar.planner.launcher;

import static io.belljar.planner.launcher.RealLauncher.NAMESPACES;
import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.FileMode;
import io.belljar.linux.OpenFlags;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.GroupStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.MountStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation, made to fail: the outcome names it, and nothing is left. */
@Tag("integration")
@Timeout(60)
class FailingStepsTest {
  private static final int EPERM = 1;
  private static final int ENOENT = 2;
  private static final int ESRCH = 3;
  private static final int ENXIO = 6;
  private static final int ENOEXEC = 8;
  private static final int EBADF = 9;
  private static final int ECHILD = 10;
  private static final int EACCES = 13;
  private static final int EBUSY = 16;
  private static final int EEXIST = 17;
  private static final int EXDEV = 18;
  private static final int ENODEV = 19;
  private static final int ENOTDIR = 20;
  private static final int EINVAL = 22;
  private static final int ENOTTY = 25;
  private static final int EPIPE = 32;
  private static final int ENAMETOOLONG = 36;
  private static final int ENOTEMPTY = 39;
  private static final int ENOTSOCK = 88;
  private static final int ETIMEDOUT = 110;

  private static final Slot ROOT = new Slot(0, "root");
  private static final Slot FILE = new Slot(1, "file");
  private static final Slot OTHER = new Slot(2, "other");
  private static final Slot EMPTY = new Slot(3, "empty");
  private static final Slot TARGET = new Slot(4, "target");

  /** Holds {@code file}, {@code fifo}, {@code full/file}, {@code text}, {@code target}. */
  @TempDir private static Path place;

  @TempDir private Path directory;

  record Failing(int stage, int errno, List<Step> before, Step step) {
    @Override
    public String toString() {
      return "%s at call %d with errno %d".formatted(step, stage, errno);
    }
  }

  private static Failing fails(int stage, int errno, Step step, Step... before) {
    return new Failing(stage, errno, List.of(before), step);
  }

  private static String in(String name) {
    return place.resolve(name).toString();
  }

  static Stream<Failing> failures() {
    return Stream.of(files(), mounts(), processes(), groups(), identities()).flatMap(List::stream);
  }

  private static List<Failing> files() {
    return List.of(
        fails(0, ENOENT, new FileStep.Open(OTHER, in("absent"), 0, 0)),
        fails(0, EBADF, new FileStep.OpenIn(OTHER, EMPTY, "/", 0, 0)),
        fails(0, ENOENT, new FileStep.OpenIn(OTHER, ROOT, "/absent", 0, 0)),
        fails(0, ENOTDIR, new FileStep.CreateIn(OTHER, ROOT, "/file/x", 0, 0755, 0)),
        fails(1, EINVAL, new FileStep.CreateIn(OTHER, ROOT, "made/..", 0, 0755, 0)),
        fails(0, ENAMETOOLONG, new FileStep.CreateIn(OTHER, ROOT, "/x".repeat(2100), 0, 0755, 0)),
        fails(0, EBADF, new FileStep.Close(EMPTY)),
        fails(1, ENOENT, new FileStep.Connect(OTHER, in("absent"))),
        fails(1, ENAMETOOLONG, new FileStep.Connect(OTHER, "/x".repeat(60))),
        fails(0, ENOTSOCK, new FileStep.Send(FILE, FILE, "x")),
        fails(0, EBADF, new FileStep.Stdio(EMPTY, 1)),
        fails(0, EINVAL, new FileStep.Stdio(FILE, 7)),
        fails(0, ENOENT, new FileStep.Write(in("absent"), new byte[1])),
        fails(2, EXDEV, new FileStep.WriteProc(ROOT, "file", new byte[1])),
        fails(0, ENOENT, new FileStep.WriteMap(Role.COMMAND, "uid_map", new byte[1])),
        fails(0, EEXIST, new FileStep.MakeDirectory(in("full"), 0755)),
        fails(0, EEXIST, new FileStep.MakeFifo(in("fifo"), 0, 0)),
        fails(0, ENOENT, new FileStep.RemoveFile(in("absent"))),
        fails(0, ENOTEMPTY, new FileStep.RemoveDirectory(in("full"))),
        fails(0, ENOTDIR, new FileStep.RemoveTree(in("file"))),
        fails(0, ESRCH, new FileStep.RecordPid(in("pid"), Role.COMMAND, 0)),
        fails(1, ENOENT, new FileStep.RecordStatus(in("absent/status"), Role.COMMAND)));
  }

  private static List<Failing> mounts() {
    return List.of(
        fails(0, ENODEV, new MountStep.Mount(TARGET, "nofs", "", 0, List.of())),
        fails(2, EINVAL, new MountStep.Mount(TARGET, "tmpfs", "x", 0, List.of("absent=1"))),
        fails(4, EBADF, new MountStep.Mount(EMPTY, "tmpfs", "x", 0, List.of())),
        fails(0, EBADF, new MountStep.Bind(TARGET, EMPTY, 0, 0, 0, 0, 0, 0)),
        fails(1, EINVAL, new MountStep.Bind(TARGET, ROOT, 0, 1L << 40, 0, 0, 0, 0)),
        fails(0, EBADF, new MountStep.SetAttributes(EMPTY, 0, 1, 0, 0)),
        fails(2, EBUSY, new MountStep.PivotRoot(TARGET)),
        fails(0, EBADF, new MountStep.MoveRoot(EMPTY)),
        fails(0, EBADF, new MountStep.ChangeRoot(EMPTY)),
        fails(3, ENODEV, new MountStep.Mask(ROOT, "/file", FILE, OTHER)),
        fails(0, EBADF, new MountStep.Protect(EMPTY, "/")),
        fails(0, EEXIST, new MountStep.MakeNode(ROOT, "/file", FileMode.S_IFCHR, 1, 3, 0, 0)),
        fails(0, EBADF, new MountStep.MakeLink(EMPTY, "/x", "y")));
  }

  private static List<Failing> processes() {
    return List.of(
        fails(0, EINVAL, new NamespaceStep.Fork(Role.COMMAND, 0x100 /* CLONE_VM */, Slot.NONE)),
        fails(0, EINVAL, new NamespaceStep.Fork(Role.COMMAND, 0, EMPTY)),
        fails(0, EINVAL, new NamespaceStep.Fork(Role.INIT, 0, Slot.NONE)),
        fails(0, EBADF, new NamespaceStep.Join(EMPTY, 0)),
        fails(0, EINVAL, new NamespaceStep.Unshare(1)),
        fails(0, ESRCH, new ProcessStep.OpenProcess(OTHER, 4_194_000, 0)),
        fails(2, ESRCH, new ProcessStep.OpenProcess(OTHER, 1, 1)),
        fails(0, EBADF, new ProcessStep.SignalProcess(EMPTY, 15)),
        fails(
            0,
            ETIMEDOUT,
            new ProcessStep.AwaitExit(OTHER, 10),
            new ProcessStep.OpenProcess(OTHER, 1, 0)),
        fails(0, EPIPE, new ProcessStep.Notify(Role.COMMAND)),
        fails(
            3,
            ECHILD,
            new ProcessStep.Run(
                in("absent"), List.of("x"), List.of(), new byte[0], Role.INIT, new byte[0], 0)),
        fails(
            2,
            ETIMEDOUT,
            new ProcessStep.Run(
                "/bin/sleep",
                List.of("sleep", "50"),
                List.of(),
                new byte[0],
                Role.INIT,
                new byte[0],
                20)),
        fails(0, EBADF, new ProcessStep.AwaitStart(EMPTY)),
        fails(0, ENXIO, new ProcessStep.Start(in("fifo"), OTHER)),
        fails(0, EBADF, new ProcessStep.Print(77, "x")));
  }

  private static List<Failing> groups() {
    return List.of(
        fails(0, ESRCH, new GroupStep.Place(in("file"), Role.COMMAND)),
        fails(0, ENOTDIR, new GroupStep.Kill(in("file"))),
        fails(0, ENOTEMPTY, new GroupStep.Remove(in("full"))),
        fails(0, EINVAL, new GroupStep.FilterDevices(place.toString(), new byte[7])),
        fails(0, ENOENT, new GroupStep.FilterDevices(in("absent"), new byte[8])));
  }

  private static List<Failing> identities() {
    Step nothing = new IdentityStep.SetCapabilities(0, 0, 0);
    return List.of(
        fails(0, EINVAL, new IdentityStep.SetHostname("x".repeat(100))),
        fails(0, EINVAL, new IdentityStep.SetDomainname("x".repeat(100))),
        fails(1, EPERM, new IdentityStep.LoopbackUp(), nothing),
        fails(0, EINVAL, new IdentityStep.Limit(99, 1, 1)),
        fails(0, EPERM, new IdentityStep.NewSession(), new IdentityStep.NewSession()),
        fails(0, EBADF, new IdentityStep.OpenTerminal(EMPTY, OTHER, TARGET, 0, 0)),
        fails(0, ENOENT, new IdentityStep.OpenTerminal(ROOT, OTHER, TARGET, 0, 0)),
        fails(0, ENOTTY, new IdentityStep.ControlTerminal(FILE)),
        fails(0, EPERM, new IdentityStep.BoundCapabilities(0), nothing),
        fails(1, EPERM, new IdentityStep.Become(1, 1, List.of(1L)), nothing),
        fails(0, EPERM, new IdentityStep.SetCapabilities(1, 1, 0), nothing),
        fails(1, EPERM, new IdentityStep.RaiseAmbient(1), nothing),
        fails(0, EINVAL, new IdentityStep.FilterCalls(0, new byte[7])),
        fails(0, EINVAL, new IdentityStep.FilterCalls(0, new byte[8])),
        fails(0, ENOENT, new IdentityStep.ChangeDirectory(in("absent"), 0)),
        fails(1, ENOENT, new IdentityStep.FindProgram(List.of(in("absent")))),
        fails(1, EACCES, new IdentityStep.FindProgram(List.of(in("file"), in("absent")))),
        fails(0, ENOENT, new IdentityStep.Execute(List.of("x"), List.of(), 0)),
        fails(
            0,
            ENOEXEC,
            new IdentityStep.Execute(List.of("x"), List.of(), 0),
            new IdentityStep.FindProgram(List.of(in("text")))));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void isReportedAndUndone(Failing failing) throws Exception {
    makePlace();
    Path undone = directory.resolve("undone");
    Plan.Builder plan =
        RealLauncher.inChild(
            NAMESPACES,
            List.of(
                new FileStep.Open(FILE, "/", OpenFlags.O_PATH, 0),
                new MountStep.SetAttributes(FILE, 1, 0, 0, 1 << 18),
                new FileStep.Open(FILE, in("file"), OpenFlags.O_RDWR, 0),
                new FileStep.Open(ROOT, place.toString(), OpenFlags.O_PATH, 0),
                new FileStep.Open(TARGET, in("target"), OpenFlags.O_PATH, 0)));
    failing.before().forEach(step -> plan.add(step, "a test"));
    plan.add(failing.step(), "a test");
    int index = plan.build().steps().size() - 1;
    plan.role(Role.UNDO)
        .addTolerating(ENOENT, new FileStep.RemoveFile(in("absent")), "fails, and does not matter")
        .add(new FileStep.MakeDirectory(undone.toString(), 0755), "a test");
    RealLauncher.Machine before = RealLauncher.Machine.now();
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      Outcome outcome = launcher.run(plan.sealed().last().build());
      assertThat(outcome)
          .extracting(Outcome::step, Outcome::stage, Outcome::errno)
          .containsExactly(index, failing.stage(), failing.errno());
      assertThat(launcher.status()).isEqualTo(99);
      assertThat(launcher.error()).isEmpty();
      assertThat(undone).isDirectory();
      assertThat(launcher.children()).isEmpty();
    }
    assertThat(RealLauncher.Machine.now()).isEqualTo(before);
  }

  private static void makePlace() throws Exception {
    Files.deleteIfExists(place.resolve("made"));
    Files.createDirectories(place.resolve("full"));
    Files.createDirectories(place.resolve("target"));
    Files.write(place.resolve("full/file"), new byte[0]);
    Files.write(place.resolve("file"), new byte[0]);
    Files.writeString(place.resolve("text"), "not a program");
    place.resolve("text").toFile().setExecutable(true);
    if (!Files.exists(place.resolve("fifo"))) {
      new ProcessBuilder("mkfifo", in("fifo")).start().waitFor();
    }
  }
}
