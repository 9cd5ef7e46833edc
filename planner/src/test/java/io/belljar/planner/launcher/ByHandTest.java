package io.belljar.planner.launcher;

import static io.belljar.linux.CloneFlags.CLONE_NEWNS;
import static io.belljar.linux.CloneFlags.CLONE_NEWPID;
import static io.belljar.linux.CloneFlags.CLONE_NEWUSER;
import static io.belljar.linux.CloneFlags.CLONE_NEWUTS;
import static io.belljar.plan.step.IdentityStep.Become.KEEP_GROUPS;
import static io.belljar.plan.step.IdentityStep.Become.PLAINLY;
import static io.belljar.plan.step.IdentityStep.Become.UNCHANGED;
import static io.belljar.plan.step.IdentityStep.Execute.EVERY;
import static io.belljar.plan.step.IdentityStep.Execute.SHELL_SCRIPTS;
import static io.belljar.plan.step.IdentityStep.Execute.SIGNALS_AS_CALLED;
import static io.belljar.plan.step.ProcessStep.Wait.DIE_ALIKE;
import static io.belljar.plan.step.ProcessStep.Wait.IGNORE_INTERRUPTS;
import static io.belljar.plan.step.ProcessStep.Wait.PLAIN;
import static io.belljar.plan.step.ProcessStep.Wait.STOP_ALONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.Errno;
import io.belljar.linux.OpenFlags;
import io.belljar.plan.Bytes;
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
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Isolation by hand: a launcher that becomes the command, or is a parent as util-linux has them.
 */
@Tag("integration")
@Timeout(60)
class ByHandTest {
  private static final Slot ROOT = new Slot(0, "root");
  private static final Slot HERE = new Slot(1, "here");
  private static final List<String> PATH = List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin");

  @TempDir private Path directory;

  private static void execute(Plan.Builder plan, String line) {
    plan.add(new IdentityStep.FindProgram(List.of("/bin/sh")), "a test");
    plan.add(
        new IdentityStep.Execute(
            List.of("sh", "-c", line), PATH, EVERY, SIGNALS_AS_CALLED | SHELL_SCRIPTS),
        "a test");
  }

  private static Plan becoming(String line, Step... steps) {
    Plan.Builder plan = Plan.builder();
    for (Step step : steps) {
      plan.add(step, "a test");
    }
    execute(plan, line);
    return plan.last().build();
  }

  private static Plan forking(long flags, String line, Step... steps) {
    Plan.Builder plan =
        Plan.builder()
            .add(new NamespaceStep.Unshare(CLONE_NEWPID), "a test")
            .add(new NamespaceStep.Fork(Role.COMMAND, 0, Slot.NONE), "a test")
            .add(new ProcessStep.Wait(Role.COMMAND, PLAIN | flags), "a test")
            .role(Role.COMMAND)
            .add(new ProcessStep.DieWithParent(0), "a test");
    for (Step step : steps) {
      plan.add(step, "a test");
    }
    execute(plan, line);
    return plan.last().build();
  }

  private String outputOf(Plan plan) throws Exception {
    return outputOf(plan, "exec \"$0\" \"$@\"");
  }

  private String outputOf(Plan plan, String start) throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory, start)) {
      launcher.send(plan);
      String output = launcher.output();
      assertThat(launcher.status()).as(launcher.error()).isZero();
      return output;
    }
  }

  private static BufferedReader lines(RealLauncher launcher) {
    return new BufferedReader(
        new InputStreamReader(launcher.process().getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  void becomesTheCommandItself() throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.send(
          becoming(
              "echo $$; hostname",
              new NamespaceStep.Unshare(CLONE_NEWUTS),
              new IdentityStep.SetHostname("bell")));
      assertThat(launcher.output()).isEqualTo(launcher.process().pid() + "\nbell\n");
      assertThat(launcher.status()).isZero();
    }
  }

  @Test
  void theCommandHasTheCallersUmaskSignalsAndDescriptors() throws Exception {
    String look = "umask; grep Sig[BI] /proc/self/status; readlink /proc/self/fd/7";
    String caller = "umask 027; trap '' HUP USR1; exec 7</dev/zero; ";

    String plain = outputOf(becoming(look), caller + "exec \"$0\" \"$@\"");
    assertThat(plain).startsWith("0027\n").contains("SigBlk:\t0000000000000000");
    assertThat(plain).containsPattern("SigIgn:\t[0-9a-f]{12}.201").endsWith("/dev/zero\n");

    String forked =
        outputOf(forking(0, look, new IdentityStep.SetUmask(027)), caller + "exec \"$0\" \"$@\"");
    assertThat(forked).isEqualTo(plain);
  }

  @Test
  void holdsNothingOfItsOwnOpenForTheCommand() throws Exception {
    assertThat(
            outputOf(
                becoming(
                    "ls /proc/$$/fd",
                    new FileStep.Open(ROOT, "/", OpenFlags.O_PATH, 0),
                    new FileStep.Close(ROOT))))
        .isEqualTo("0\n1\n2\n");
  }

  @Test
  void aCommandThatCantBeExecutedIsAFailureOfItsStep() throws Exception {
    Plan plan =
        Plan.builder()
            .add(new IdentityStep.FindProgram(List.of("/absent/program")), "a test")
            .add(new IdentityStep.Execute(List.of("program"), PATH, EVERY), "a test")
            .last()
            .build();
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      Outcome outcome = launcher.run(plan);
      assertThat(outcome.step()).isZero();
      assertThat(outcome.errno()).isEqualTo(Errno.ENOENT.number());
      assertThat(launcher.status()).isEqualTo(99);
    }
  }

  @Test
  void aTextWithoutAnInterpreterIsAShellsAsForExecvp() throws Exception {
    Path script = directory.resolve("script");
    Files.writeString(script, "echo $0: $1, $2\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Plan.Builder plan = Plan.builder();
    plan.add(new IdentityStep.FindProgram(List.of(script.toString())), "a test");
    plan.add(
        new IdentityStep.Execute(List.of("script", "a", "b"), PATH, EVERY, SHELL_SCRIPTS), "test");
    assertThat(outputOf(plan.last().build())).isEqualTo(script + ": a, b\n");
  }

  @Test
  void aForkedCommandStaysInTheCallersSession() throws Exception {
    String group = "cut -d' ' -f5,6 /proc/self/stat";
    assertThat(outputOf(forking(0, "echo $$; " + group)))
        .isEqualTo("1\n" + outputOf(becoming(group)));
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.send(forking(0, "exit 7"));
      assertThat(launcher.status()).isEqualTo(7);
    }
  }

  @Test
  void diesOfTheSignalThatTheCommandDiedOf() throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory, "\"$0\" \"$@\"; exit 0")) {
      launcher.send(forking(DIE_ALIKE, "exec sh -c 'sh -c \"kill -KILL \\$PPID\"; exit 3'"));
      // The first process of a pid namespace can't kill itself; it exits, and so does the launcher.
      assertThat(launcher.status()).isZero();
    }
    Plan.Builder plan =
        Plan.builder()
            .add(new NamespaceStep.Fork(Role.COMMAND, 0, Slot.NONE), "a test")
            .add(new ProcessStep.Wait(Role.COMMAND, PLAIN | DIE_ALIKE), "a test")
            .role(Role.COMMAND);
    execute(plan, "kill -KILL $$");
    try (RealLauncher launcher = RealLauncher.start(directory, "\"$0\" \"$@\"; exit 0")) {
      launcher.send(plan.last().build());
      assertThat(launcher.error()).contains("Killed");
    }
  }

  @Test
  void stopsWithTheCommandAndContinuesIt() throws Exception {
    Plan.Builder plan =
        Plan.builder()
            .add(new NamespaceStep.Fork(Role.COMMAND, 0, Slot.NONE), "a test")
            .add(new ProcessStep.Wait(Role.COMMAND, PLAIN | STOP_ALONG), "a test")
            .role(Role.COMMAND);
    execute(plan, "echo $$; kill -STOP $$; echo again");
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.send(plan.last().build());
      BufferedReader lines = lines(launcher);
      lines.readLine();
      while (!state(launcher.process().pid()).contains("T")) {
        Thread.sleep(10);
      }
      signal(launcher, "CONT");
      assertThat(lines.readLine()).isEqualTo("again");
      assertThat(launcher.status()).isZero();
    }
  }

  /** Process.destroy() would close the streams, too. */
  private static void signal(RealLauncher launcher, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(launcher.process().pid()))
        .start()
        .waitFor();
  }

  private static String state(long pid) throws Exception {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  }

  @Test
  void ignoresInterruptsOnlyWhereItIsAskedTo() throws Exception {
    String line = "echo ready; read go; echo went";
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.send(forking(IGNORE_INTERRUPTS, line));
      BufferedReader lines = lines(launcher);
      assertThat(lines.readLine()).isEqualTo("ready");
      signal(launcher, "TERM");
      Thread.sleep(50);
      launcher.process().getOutputStream().write('\n');
      launcher.process().getOutputStream().flush();
      assertThat(lines.readLine()).isEqualTo("went");
      assertThat(launcher.status()).isZero();
    }
    Path told = directory.resolve("told");
    String trap = "trap 'echo > " + told + "; exit' TERM; ";
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.send(forking(0, trap + line, new ProcessStep.DieWithParent(15)));
      assertThat(lines(launcher).readLine()).isEqualTo("ready");
      signal(launcher, "TERM");
      assertThat(launcher.status()).isEqualTo(128 + 15);
      while (!Files.exists(told)) {
        Thread.sleep(10);
      }
    }
  }

  @Test
  void becomesAUserPlainlyAndLeavesTheRestAlone() throws Exception {
    String look = "grep -E '^(Uid|Gid|Groups|CapEff|CapPrm)' /proc/self/status";
    String plainly =
        outputOf(
            becoming(
                look, new IdentityStep.Become(1234, UNCHANGED, List.of(), PLAINLY | KEEP_GROUPS)));
    assertThat(plainly).contains("Uid:\t1234\t1234\t1234\t1234\nGid:\t0\t0\t0\t0\n");
    assertThat(plainly).contains("CapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n");
    assertThat(
            outputOf(becoming(look, new IdentityStep.Become(UNCHANGED, 5, List.of(7L), PLAINLY))))
        .contains("Uid:\t0\t0\t0\t0\nGid:\t5\t5\t5\t5\nGroups:\t7 \n")
        .doesNotContain("CapEff:\t0000000000000000");
  }

  @Test
  void aHelperMapsTheLaunchersIdsFromOutsideAndIsGone() throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.send(helped(launcher.process().pid(), "", "id -u; ls /proc/$$/task/$$/children"));
      assertThat(launcher.output()).startsWith("0\n");
      assertThat(launcher.status()).isZero();
    }
  }

  @Test
  void aHelpersFailureIsThePlans() throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      Outcome outcome = launcher.run(helped(launcher.process().pid(), "exit 3; ", "id -u"));
      assertThat(outcome.data().text()).isEqualTo("exit status 3");
      assertThat(launcher.status()).isEqualTo(99);
    }
  }

  private static Plan helped(long pid, String first, String line) {
    List<String> map = List.of("sh", "-c", first + "echo 0 0 1 > /proc/" + pid + "/uid_map");
    Plan.Builder plan =
        Plan.builder()
            .add(new NamespaceStep.Fork(Role.JOINER, 0, Slot.NONE), "a test")
            .add(new NamespaceStep.Unshare(CLONE_NEWUSER | CLONE_NEWNS), "a test")
            .add(new ProcessStep.Notify(Role.JOINER), "a test")
            .add(new ProcessStep.Reap(Role.JOINER), "a test");
    execute(plan, line);
    return plan.role(Role.JOINER)
        .add(new ProcessStep.Await(Role.LAUNCHER), "a test")
        .add(
            new ProcessStep.Run("/bin/sh", map, PATH, Bytes.EMPTY, Role.LAUNCHER, Bytes.EMPTY, 0),
            "a test")
        .last()
        .build();
  }

  @Test
  void joinsAgainOnlyWhatWasRefused() throws Exception {
    Slot uts = new Slot(2, "uts");
    Plan.Builder plan =
        Plan.builder()
            .add(new FileStep.Open(uts, "/proc/self/ns/uts", OpenFlags.O_RDONLY, 0), "a test")
            .add(new FileStep.Open(HERE, "/dev/null", OpenFlags.O_RDONLY, 0), "a test")
            .addTolerating(
                Errno.EINVAL.number(), new NamespaceStep.Join(HERE, CLONE_NEWUTS), "a test")
            .add(new NamespaceStep.Join(uts, CLONE_NEWUTS), "a test")
            // Of another kind, so it would fail.
            .add(new NamespaceStep.Join(uts, CLONE_NEWNS, 1), "a test")
            .add(new NamespaceStep.Join(HERE, CLONE_NEWUTS, 1), "a test");
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      Outcome outcome = launcher.run(plan.build());
      assertThat(outcome.step()).isEqualTo(5);
      assertThat(outcome.errno()).isEqualTo(Errno.EINVAL.number());
    }
  }

  @Test
  void aDirectoryOutsideTheRootCanBeEntered() throws Exception {
    Path root = Files.createDirectories(directory.resolve("root/bin"));
    Files.copy(Path.of("/bin/busybox"), root.resolve("busybox"));
    Files.createSymbolicLink(root.resolve("sh"), Path.of("busybox"));
    Files.writeString(directory.resolve("here"), "outside");
    String output =
        outputOf(
            becoming(
                "/bin/busybox ls; /bin/busybox ls /",
                new FileStep.Open(HERE, directory.toString(), OpenFlags.O_PATH, 0),
                new FileStep.Open(ROOT, directory + "/root", OpenFlags.O_PATH, 0),
                new MountStep.ChangeRoot(ROOT),
                new IdentityStep.EnterDirectory(HERE)));
    assertThat(output).startsWith("here\n").endsWith("root\nbin\n");
  }
}
