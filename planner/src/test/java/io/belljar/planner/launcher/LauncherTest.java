package io.belljar.planner.launcher;

import static io.belljar.planner.launcher.RealLauncher.NAMESPACES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.linux.Errno;
import io.belljar.linux.FileMode;
import io.belljar.linux.OpenFlags;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.MountStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does with plans that work, and with a planner or a caller that goes away. */
@Tag("integration")
@Timeout(60)
class LauncherTest {
  private static final Slot ROOT = new Slot(0, "root");
  private static final Slot TARGET = new Slot(1, "target");
  private static final Slot NULL = new Slot(2, "null");
  private static final Slot MASK = new Slot(3, "mask");

  @TempDir private Path directory;
  private RealLauncher.Machine before;

  @BeforeEach
  void look() throws IOException {
    before = RealLauncher.Machine.now();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    for (int i = 0; i < 50 && !RealLauncher.Machine.now().equals(before); i++) {
      Thread.sleep(20);
    }
    assertThat(RealLauncher.Machine.now()).isEqualTo(before);
  }

  private static List<Step> privateMounts() {
    return List.of(
        new FileStep.Open(ROOT, "/", OpenFlags.O_PATH, 0),
        new MountStep.SetAttributes(ROOT, 1, 0, 0, 1 << 18));
  }

  private String outputOf(Plan.Builder plan) throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      Outcome outcome = launcher.run(plan.sealed().last().build());
      assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
      assertThat(launcher.status()).isZero();
      return launcher.output();
    }
  }

  private static Plan.Builder shell(long flags, String line, Step... steps) {
    return RealLauncher.shell(flags, List.of(steps), line);
  }

  @Test
  void makesNamespacesWithNamesLoopbackAndItsOwnPids() throws Exception {
    String output =
        outputOf(
            shell(
                NAMESPACES,
                "echo $$; hostname; cat /proc/sys/kernel/domainname; cat /proc/net/dev | grep -c :",
                new IdentityStep.SetHostname("bell"),
                new IdentityStep.SetDomainname("jar"),
                new IdentityStep.LoopbackUp()));
    assertThat(output.lines()).first().isEqualTo("1");
    assertThat(output).contains("bell\njar\n");
  }

  @Test
  void buildsTheRootOfAContainer() throws Exception {
    Path root = Files.createDirectories(directory.resolve("root"));
    Files.createDirectories(root.resolve("secret"));
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("hidden"), "hidden");
    Files.writeString(root.resolve("secret/file"), "secret");
    assumeTrue(Files.exists(Path.of("/bin/busybox")), "needs busybox");
    Files.createDirectories(root.resolve("bin"));
    Files.copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"));
    Files.createSymbolicLink(root.resolve("bin/sh"), Path.of("busybox"));
    Path escape = Files.createSymbolicLink(root.resolve("escape"), Path.of("/etc"));
    Plan.Builder plan =
        shell(
            NAMESPACES,
            "alias b=/bin/busybox; /bin/busybox ls /; /bin/busybox cat /hidden; /bin/busybox ls"
                + " -A /secret; /bin/busybox stat -c %t:%T:%a /dev/null; /bin/busybox readlink"
                + " /dev/link; echo x > /file || echo read-only; /bin/busybox ls /etc",
            new FileStep.Open(ROOT, "/", OpenFlags.O_PATH, 0),
            new MountStep.SetAttributes(ROOT, 1, 0, 0, 1 << 18),
            new FileStep.Open(ROOT, root.toString(), OpenFlags.O_PATH, 0),
            new FileStep.Open(NULL, "/dev/null", OpenFlags.O_PATH, 0),
            new MountStep.Bind(ROOT, ROOT, 1, 0, 0, 0, 0, 0),
            new FileStep.CreateIn(TARGET, ROOT, "/escape/made", 0, 0755, 0),
            new FileStep.CreateIn(TARGET, ROOT, "proc", 0, 0755, 0),
            new MountStep.Mount(TARGET, "proc", "proc", 0, List.of()),
            new FileStep.CreateIn(TARGET, ROOT, "dev", 0, 0755, 0),
            new MountStep.Mount(TARGET, "tmpfs", "dev", 0, List.of("mode=755")),
            new MountStep.MakeNode(ROOT, "/dev/null", FileMode.S_IFCHR | 0666, 1, 3, 0, 0),
            new MountStep.MakeNode(ROOT, "/dev/null", FileMode.S_IFCHR | 0666, 1, 3, 0, 0),
            new MountStep.MakeLink(ROOT, "/dev/link", "somewhere"),
            new MountStep.Mask(ROOT, "/hidden", NULL, MASK),
            new MountStep.Mask(ROOT, "/secret", NULL, MASK),
            new MountStep.Mask(ROOT, "/proc/acpi", NULL, MASK),
            new MountStep.Mask(ROOT, "/absent", NULL, MASK),
            new MountStep.Protect(ROOT, "/proc/sys"),
            new MountStep.SetAttributes(ROOT, 0, 1, 0, 0),
            new MountStep.PivotRoot(ROOT));
    String output = outputOf(plan);
    Files.delete(escape);
    assertThat(output).contains("1:3:666\nsomewhere\nread-only\nmade\n").doesNotContain("secret/f");
    assertThat(output).doesNotContain("hidden\nhidden");
    assertThat(Path.of("/etc/made")).doesNotExist();
    assertThat(root.resolve("etc/made")).isDirectory();
  }

  /** Carries a single step out. */
  private Outcome outcomeOf(Step step) throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      Plan.Builder plan = Plan.builder();
      plan.add(step, "a test");
      return launcher.run(plan.build());
    }
  }

  @Test
  void removesATreeAndNothingThatItsLinksLeadTo() throws Exception {
    Path kept = Files.createDirectories(directory.resolve("kept/inner"));
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Path closed = Files.createDirectories(tree.resolve("full/closed/d"));
    Files.createSymbolicLink(closed.resolve("link"), kept);
    Files.createSymbolicLink(tree.resolve("link"), kept.getParent());
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    // Names that it would give itself.
    Files.createFile(tree.resolve(".belljar-removed-0"));
    Files.createDirectories(tree.resolve(".belljar-removed-1/full"));
    Files.createDirectory(tree.resolve(".belljar-removed-2"));
    for (int i = 0; i < 2000; i++) {
      Files.createFile(Files.createDirectories(tree.resolve("d" + i % 10 + "/" + i)).resolve("f"));
    }
    Outcome outcome = outcomeOf(new FileStep.RemoveTree(tree.toString()));
    assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
    assertThat(tree).doesNotExist();
    assertThat(kept).isDirectory();
  }

  @Test
  void removesATreeFarDeeperThanAPathIsLong() throws Exception {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Path next = directory.resolve("next");
    for (int i = 0; i < 2500; i++) {
      Files.createFile(Files.createDirectory(next).resolve("file"));
      Files.move(tree, next.resolve("d"));
      Files.move(next, tree);
    }
    Outcome outcome = outcomeOf(new FileStep.RemoveTree(tree.toString()));
    assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
    assertThat(tree).doesNotExist();
  }

  @Test
  void removesNothingOfAnotherMount() throws Exception {
    Path kept = Files.createDirectories(directory.resolve("kept/inner")).getParent();
    Path mounted = Files.createDirectories(directory.resolve("tree/a/mounted"));
    new ProcessBuilder("mount", "--bind", kept.toString(), mounted.toString()).start().waitFor();
    try {
      Outcome outcome = outcomeOf(new FileStep.RemoveTree(directory.resolve("tree").toString()));
      assertThat(outcome.errno()).isEqualTo(Errno.EBUSY.number());
    } finally {
      new ProcessBuilder("umount", mounted.toString()).start().waitFor();
    }
    assertThat(kept.resolve("inner")).isDirectory();
  }

  @Test
  void endsAtADirectoryThatStaysFullWhateverTheLengthOfItsName() throws Exception {
    Path script = directory.resolve("server.py");
    try (InputStream in = LauncherTest.class.getResourceAsStream("long-name.py")) {
      Files.copy(in, script);
    }
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Process server =
        new ProcessBuilder("python3", script.toString(), tree.toString(), "1000").start();
    try {
      assertThat(server.inputReader().readLine()).isEqualTo("mounted");
      Outcome outcome = outcomeOf(new FileStep.RemoveTree(tree.toString()));
      assertThat(outcome.errno()).isEqualTo(Errno.ENOTEMPTY.number());
    } finally {
      new ProcessBuilder("umount", "--lazy", tree.toString()).start().waitFor();
      server.destroyForcibly().waitFor();
    }
  }

  @Test
  void givesTheCommandItsIdentity() throws Exception {
    String output =
        outputOf(
            shell(
                NAMESPACES,
                "id -u; id -G; umask; ulimit -n; grep -E 'Cap|NoNew' /proc/self/status",
                new IdentityStep.SetUmask(027),
                new IdentityStep.Limit(7, 64, 64),
                new IdentityStep.BoundCapabilities(1 << 10),
                new IdentityStep.Become(1234, 567, List.of(89L)),
                new IdentityStep.SetCapabilities(1 << 10, 1 << 10, 1 << 10),
                new IdentityStep.RaiseAmbient(1 << 10),
                new IdentityStep.NoNewPrivileges()));
    assertThat(output).startsWith("1234\n567 89\n0027\n64\n");
    for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
      assertThat(output).contains(set + ":\t0000000000000400\n");
    }
    assertThat(output).contains("NoNewPrivs:\t1\n");
  }

  @Test
  void exitsAsTheCommandDid() throws Exception {
    for (var expected : List.of(List.of("exit 7", 7), List.of("kill -TERM $$", 143))) {
      try (RealLauncher launcher = RealLauncher.start(directory)) {
        Plan plan = shell(0, (String) expected.getFirst()).last().build();
        assertThat(launcher.run(plan).succeeded()).isTrue();
        assertThat(launcher.status()).isEqualTo(expected.getLast());
      }
    }
  }

  @Test
  void carriesOutTheStepsOfTheEnd() throws Exception {
    Path status = directory.resolve("status");
    Path pid = directory.resolve("pid");
    Plan.Builder plan = shell(0, "exit 5").role(Role.END);
    plan.add(new FileStep.RecordStatus(status.toString(), Role.INIT), "a test");
    Plan recorded =
        Plan.builder()
            .add(new NamespaceStep.Fork(Role.INIT, 0, Slot.NONE), "a test")
            .add(
                new FileStep.RecordPid(pid.toString(), Role.INIT, FileStep.RecordPid.WITH_START),
                "a test")
            .add(new ProcessStep.Wait(Role.INIT, 0), "a test")
            .last()
            .build();
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.run(plan.last().build());
      assertThat(launcher.status()).isEqualTo(5);
    }
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      assertThat(launcher.run(recorded).succeeded()).isTrue();
      assertThat(launcher.status()).isZero();
    }
    assertThat(Files.readString(status)).matches("5 \\d{10}\\.\\d{9}\n");
    assertThat(Files.readString(pid)).matches("\\d+ \\d+\n");
  }

  @Test
  void supervisesAsFirstProcess() throws Exception {
    Plan.Builder plan =
        RealLauncher.inChild(
            NAMESPACES,
            List.of(
                new NamespaceStep.Fork(Role.COMMAND, 0, Slot.NONE),
                new ProcessStep.Notify(Role.LAUNCHER),
                new ProcessStep.Supervise(Role.COMMAND)));
    plan.role(Role.COMMAND)
        .add(new IdentityStep.FindProgram(List.of("/bin/sh")), "a test")
        .add(
            new IdentityStep.Execute(
                List.of("sh", "-c", "(sleep 0.05 &) ; sleep 0.3; exit 9"), List.of(), 0),
            "a test");
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      assertThat(launcher.run(plan.last().build()).succeeded()).isTrue();
      Thread.sleep(200);
      // It sleeps until there is something to do.
      assertThat(launcher.children())
          .allSatisfy(child ->
              assertThat(child.info().totalCpuDuration().orElse(Duration.ZERO))
                  .isLessThan(Duration.ofMillis(100)));
      assertThat(launcher.status()).isEqualTo(9);
    }
  }

  @Test
  void passesSignalsOn() throws Exception {
    Plan plan =
        shell(0, "trap 'exit 7' USR1; echo ready; while :; do sleep 0.05; done").last().build();
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      assertThat(launcher.run(plan).succeeded()).isTrue();
      BufferedReader reader = launcher.process().inputReader();
      assertThat(reader.readLine()).isEqualTo("ready");
      signal("USR1", launcher.process().pid());
      assertThat(launcher.status()).isEqualTo(7);
    }
  }

  private static void signal(String name, long pid) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  @Test
  void leakedDescriptorsDoNotReachTheCommand() throws Exception {
    String leak = "exec 3</etc/passwd 4</etc/passwd 7</etc/group 9</; exec \"$0\" \"$@\"";
    for (long preserved : new long[] {0, 2}) {
      List<Step> steps =
          List.of(
              new FileStep.Open(ROOT, "/", OpenFlags.O_PATH, 0),
              new IdentityStep.FindProgram(List.of("/bin/ls")),
              new ProcessStep.Notify(Role.LAUNCHER),
              new IdentityStep.Execute(List.of("ls", "/proc/self/fd"), List.of(), preserved));
      try (RealLauncher launcher = RealLauncher.start(directory, leak)) {
        // A plan before it that executes nothing leaves them alone.
        launcher.send(Plan.builder().add(new ProcessStep.Print(1, ""), "a test").build());
        assertThat(launcher.outcome().succeeded()).isTrue();
        launcher.run(RealLauncher.inChild(0, steps).sealed().last().build());
        // ls has one of its own.
        assertThat(launcher.output().lines()).hasSize(preserved == 0 ? 4 : 6);
      }
    }
  }

  @Test
  void standardDescriptorsThatAreClosedAreNotTakenByOthers() throws Exception {
    Plan plan = shell(0, "readlink /proc/self/fd/0 >&2; exit 3").last().build();
    try (RealLauncher launcher = RealLauncher.start(directory, "exec \"$0\" \"$@\" <&- >&-")) {
      assertThat(launcher.run(plan).succeeded()).isTrue();
      assertThat(launcher.status()).isEqualTo(3);
      assertThat(launcher.error()).isEqualTo("/dev/null\n");
    }
  }

  @Test
  void keepsTheStatusOfAChildWhereTheCallerIgnoresIts() throws Exception {
    Plan plan = shell(0, "exit 3").last().build();
    try (RealLauncher launcher =
        RealLauncher.start(directory, "trap '' CHLD; exec \"$0\" \"$@\"")) {
      launcher.run(plan);
      assertThat(launcher.status()).isEqualTo(3);
    }
  }

  @Test
  void actsFromASealedCopyThatNobodyCanReach() throws Exception {
    Path fifo = directory.resolve("fifo");
    Plan.Builder plan =
        shell(
            0,
            "exit 0",
            new FileStep.Open(ROOT, fifo.toString(), OpenFlags.O_RDWR, 0),
            new IdentityStep.Become(65534, 65534, List.of()),
            new ProcessStep.AwaitStart(ROOT));
    new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.send(plan.sealed().last().build());
      ProcessHandle child = awaitChild(launcher);
      Path own = Path.of("/proc/" + launcher.process().pid());
      Path init = Path.of("/proc/" + child.pid());
      while (!Files.readString(init.resolve("status")).contains("Uid:\t65534")) {
        Thread.sleep(10);
      }
      Thread.sleep(50);
      for (Path process : List.of(own, init)) {
        Path image = process.resolve("exe");
        assertThat(Files.readSymbolicLink(image)).hasToString("/memfd:belljar (deleted)");
        assertThatThrownBy(() -> Files.newByteChannel(image, StandardOpenOption.WRITE).close())
            .isInstanceOf(IOException.class);
      }
      // Where a process may be inspected, its files in /proc belong to its user.
      assertThat(Files.getAttribute(init.resolve("environ"), "unix:uid")).isEqualTo(0);
      signal("KILL", child.pid());
      assertThat(launcher.outcome().succeeded()).isFalse();
    }
  }

  private static ProcessHandle awaitChild(RealLauncher launcher) throws InterruptedException {
    while (launcher.children().isEmpty()) {
      Thread.sleep(10);
    }
    return launcher.children().getFirst();
  }

  /** A plan whose launcher and child are both busy for long. */
  private Plan.Builder slow() {
    Plan.Builder plan =
        Plan.builder()
            .add(new NamespaceStep.Fork(Role.INIT, NAMESPACES, Slot.NONE), "a test")
            .add(
                new ProcessStep.Run(
                    "/bin/sleep",
                    List.of("sleep", "100"),
                    List.of(),
                    new byte[0],
                    Role.INIT,
                    new byte[0],
                    0),
                "a test")
            .role(Role.INIT);
    privateMounts().forEach(step -> plan.add(step, "a test"));
    return plan.add(new ProcessStep.Await(Role.LAUNCHER), "a test");
  }

  @Test
  void killedLauncherTakesItsChildrenWithIt() throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.send(slow().last().build());
      while (launcher.children().size() < 2) {
        Thread.sleep(10);
      }
      List<ProcessHandle> children = launcher.children();
      launcher.process().destroyForcibly();
      for (ProcessHandle child : children) {
        child.onExit().get(5, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void signalWhileItAwaitsAChildUndoesThePlan() throws Exception {
    Path undone = directory.resolve("undone");
    Plan.Builder plan =
        Plan.builder()
            .add(new NamespaceStep.Fork(Role.INIT, NAMESPACES, Slot.NONE), "a test")
            .add(new ProcessStep.Await(Role.INIT), "a test")
            .role(Role.INIT)
            .add(new ProcessStep.Await(Role.LAUNCHER), "a test")
            .role(Role.UNDO)
            .add(new FileStep.MakeDirectory(undone.toString(), 0755), "a test");
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.send(plan.last().build());
      awaitChild(launcher);
      signal("TERM", launcher.process().pid());
      assertThat(launcher.outcome().errno()).isEqualTo(4);
      assertThat(undone).isDirectory();
      launcher.hangUp();
      assertThat(launcher.status()).isEqualTo(1);
    }
  }

  @Test
  void planIsFinishedWithoutThePlannerWhenItIsTheLast() throws Exception {
    Path done = directory.resolve("done");
    Plan plan =
        shell(NAMESPACES, "sleep 0.3; echo done > " + done + "; exit 4").sealed().last().build();
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.send(plan);
      launcher.hangUp();
      assertThat(launcher.status()).isEqualTo(4);
      assertThat(done).hasContent("done");
    }
  }

  @Test
  void failureAndSuccessAreUndoneWhenThePlannerThatNeedsThemIsGone() throws Exception {
    for (boolean succeeds : List.of(true, false)) {
      Path undone = directory.resolve("undone-" + succeeds);
      Plan.Builder plan =
          Plan.builder()
              .add(
                  new ProcessStep.Run(
                      "/bin/sh",
                      List.of("sh", "-c", succeeds ? "sleep 0.2" : "sleep 0.2; exit 3"),
                      List.of(),
                      new byte[0],
                      Role.LAUNCHER,
                      new byte[0],
                      0),
                  "a test")
              .role(Role.UNDO)
              .add(new FileStep.MakeDirectory(undone.toString(), 0755), "a test");
      try (RealLauncher launcher = RealLauncher.start(directory)) {
        launcher.send(plan.build());
        launcher.hangUp();
        assertThat(launcher.status()).isEqualTo(1);
        assertThat(launcher.error())
            .startsWith("belljar: the planner is gone, and its plan was undone")
            .hasLineCount(1);
        assertThat(undone).isDirectory();
      }
    }
  }

  @Test
  void detachedLauncherLeavesWhenTheCommandRuns() throws Exception {
    Path goOn = directory.resolve("go-on");
    Path done = directory.resolve("done");
    Plan.Builder plan = Plan.builder().add(new ProcessStep.Detach("web\n"), "a test");
    // Its output is closed at once: who reads to the end of it must not wait for the command's.
    String hold = "while [ ! -e " + goOn + " ]; do sleep 0.02; done; ";
    shell(0, "exec >&- 2>&-; " + hold + "echo done > " + done)
        .build()
        .steps()
        .forEach(step -> plan.role(step.role()).add(step.step(), "a test"));
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      assertThat(launcher.run(plan.last().build()).succeeded()).isTrue();
      assertThat(launcher.status()).isZero();
      assertThat(launcher.output()).isEqualTo("web\n");
      assertThat(done).as("what the command does in the end").doesNotExist();
      Files.createFile(goOn);
      for (int i = 0; i < 500 && !Files.exists(done); i++) {
        Thread.sleep(20);
      }
      assertThat(done).exists();
    }
  }

  @Test
  void detachedLauncherTellsItsFailure() throws Exception {
    Plan plan =
        Plan.builder()
            .add(new ProcessStep.Detach("web\n"), "a test")
            .add(new FileStep.Close(ROOT), "a test")
            .last()
            .build();
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      assertThat(launcher.run(plan).errno()).isEqualTo(9);
      assertThat(launcher.status()).isEqualTo(99);
      assertThat(launcher.output()).isEmpty();
      assertThat(launcher.error()).isEmpty();
    }
  }

  @Test
  void relaysATerminal() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/script")), "needs script");
    Slot master = new Slot(5, "master");
    Slot slave = new Slot(6, "slave");
    Plan.Builder plan =
        Plan.builder()
            .add(new NamespaceStep.Fork(Role.INIT, 0, Slot.NONE), "a test")
            .add(new ProcessStep.Wait(Role.INIT, ProcessStep.Wait.RELAY_TERMINAL), "a test")
            .role(Role.INIT)
            .add(new FileStep.Open(ROOT, "/", OpenFlags.O_PATH, 0), "a test")
            .add(new IdentityStep.NewSession(), "a test")
            .add(new IdentityStep.OpenTerminal(ROOT, master, slave, 33, 77), "a test")
            .add(new FileStep.Send(Slot.NONE, master, ""), "a test")
            .add(new IdentityStep.ControlTerminal(slave), "a test")
            .add(new IdentityStep.FindProgram(List.of("/bin/sh")), "a test")
            .add(
                new IdentityStep.Execute(
                    List.of("sh", "-c", "echo ready; read word; echo got $word; tty; exit 6"),
                    List.of("PATH=/bin:/usr/bin"),
                    0),
                "a test");
    String line = "c=\"$0 $1 $2\"; exec script -qefc \"$c\" /dev/null";
    try (RealLauncher launcher = RealLauncher.start(directory, line)) {
      assertThat(launcher.run(plan.last().build()).succeeded()).isTrue();
      BufferedReader reader = launcher.process().inputReader();
      assertThat(reader.readLine()).isEqualTo("ready");
      launcher.process().outputWriter().append("bell\r").flush();
      assertThat(reader.readLine()).isEqualTo("bell");
      assertThat(reader.readLine()).isEqualTo("got bell");
      assertThat(reader.readLine()).startsWith("/dev/pts/");
      assertThat(launcher.status()).isEqualTo(6);
    }
  }

  @Test
  void planOfNoStepsSucceeds() throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      assertThat(launcher.run(Plan.builder().last().build()).succeeded()).isTrue();
      assertThat(launcher.status()).isZero();
    }
  }

  @Test
  void absentPlannerIsNamed() throws Exception {
    Process process =
        new ProcessBuilder(RealLauncher.binary().toString(), "--planner", "/absent/x").start();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "belljar: no planner answers at /absent/x: ENOENT (No such file or directory)\n");
  }

  @Test
  void plannerOfAnotherUserIsRefused() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path binary = directory.resolve("launcher");
    Files.copy(RealLauncher.binary(), binary, StandardCopyOption.COPY_ATTRIBUTES);
    Path socket = directory.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
      Process process =
          new ProcessBuilder(
                  "setpriv",
                  "--reuid=65534",
                  "--regid=65534",
                  "--clear-groups",
                  binary.toString(),
                  "--planner",
                  socket.toString())
              .start();
      assertThat(process.waitFor()).isEqualTo(1);
      assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(
              "belljar: no planner answers at " + socket + ": EPERM (Operation not permitted)\n");
    }
  }
}
