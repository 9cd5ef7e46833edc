package io.belljar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.CloneFlags;
import io.belljar.linux.Errno;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.GroupStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.MountStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepFailureTest {
  private static final int MOUNT_PROC = 10;

  @Test
  void tellsWhyProcCanNotBeMounted() {
    assertThat(StepFailure.describe(SamplePlan.plan(), failure(MOUNT_PROC, 4, Errno.EPERM)))
        .isEqualTo(
            "mount proc (proc) on /proc in the container: fsmount: EPERM (Operation not permitted);"
                + " likely parts of the outer /proc are covered by other mounts, and a user"
                + " namespace may not see more than its parent; or there is no new pid namespace;"
                + " try: a new pid namespace, an outer container with an unmasked /proc, or a bind"
                + " mount of the outer /proc");
  }

  @Test
  void namesTheOptionAndQuotesTheKernel() {
    Outcome outcome =
        new Outcome(
            MOUNT_PROC, 2, Errno.EINVAL.number(), Bytes.of("e proc: Bad value for 'hidepid'\n\0"));

    StepFailure failure = StepFailure.of(SamplePlan.plan(), outcome);
    assertThat(failure.message())
        .startsWith(
            "mount proc (proc) on /proc in the container: fsconfig \"hidepid\" \"2\": EINVAL"
                + " (Invalid argument); the kernel says: proc: Bad value for 'hidepid'; likely");
    assertThat(failure.detail()).contains("proc: Bad value for 'hidepid'");
    assertThat(failure.errno()).isEqualTo(22);
    assertThat(failure.tried()).isEqualTo("mount proc (proc) on /proc in the container");
  }

  @Test
  void tellsOfFileSystemsThatTheKernelLacks() {
    Step mount = new MountStep.Mount(SampleSteps.TARGET, "erofs", "", 0, List.of());
    assertThat(describe(Role.INIT, mount, 0, Errno.ENODEV))
        .isEqualTo(
            "mount erofs (erofs) on target in the container: fsopen: ENODEV (No such device);"
                + " likely this kernel does not have the file system; /proc/filesystems lists those"
                + " it has; try: modprobe with the file system's name");
  }

  @Test
  void saysInRuncsWordsThatAProgramIsMissing() {
    assertThat(findingProgram("foo", Errno.ENOENT))
        .isEqualTo("exec: \"foo\": executable file not found in $PATH");
    assertThat(findingProgram("/bin/foo", Errno.ENOENT))
        .isEqualTo("exec: \"/bin/foo\": stat /bin/foo: no such file or directory");
    assertThat(findingProgram("foo", Errno.EACCES)).isEqualTo("exec: \"foo\": permission denied");
  }

  private static String findingProgram(String name, Errno errno) {
    Plan plan =
        Plan.builder()
            .role(Role.INIT)
            .add(new IdentityStep.FindProgram(List.of("/bin/foo")), "test")
            .add(new IdentityStep.Execute(List.of(name), List.of(), 0), "test")
            .build();
    return StepFailure.describe(plan, failure(0, 0, errno));
  }

  @Test
  void tellsWhyAProgramThatIsThereIsNotExecuted() {
    Step execute = new IdentityStep.Execute(List.of("/bin/foo"), List.of(), 0);
    assertThat(describe(Role.INIT, execute, 1, Errno.ENOENT))
        .isEqualTo(
            "exec /bin/foo: no such file or directory; likely the interpreter or the dynamic loader"
                + " that it names is missing in the container");
    assertThat(describe(Role.INIT, execute, 1, Errno.ENOEXEC))
        .startsWith("exec /bin/foo: exec format error; likely it is a program for another machine");
  }

  @Test
  void tellsOfTheLimitsOfUserNamespaces() {
    Step fork = new NamespaceStep.Fork(Role.INIT, CloneFlags.CLONE_NEWUSER, Slot.NONE);
    assertThat(describe(Role.LAUNCHER, fork, 0, Errno.ENOSPC))
        .isEqualTo(
            "start the container's first process in a new user namespace: clone3: ENOSPC (No space"
                + " left on device); likely a limit on namespaces is reached: on their number"
                + " (user.max_*_namespaces) or on their depth (32); try: sysctl -w with a higher"
                + " user.max_*_namespaces, or fewer containers");
    assertThat(describe(Role.LAUNCHER, fork, 0, Errno.EPERM))
        .contains("likely this system does not let this user make user namespaces");
  }

  @Test
  void tellsWhyAControlGroupIsRefused() {
    assertThat(
            describe(
                Role.LAUNCHER,
                new FileStep.MakeDirectory("/sys/fs/cgroup/memory/box", 0755),
                0,
                Errno.ENOSPC))
        .isEqualTo(
            "make the directory /sys/fs/cgroup/memory/box: mkdirat: ENOSPC (No space left on"
                + " device); likely there are too many control groups, removed ones whose memory is"
                + " in use included");
    assertThat(
            describe(
                Role.LAUNCHER,
                new FileStep.Write("/sys/fs/cgroup/memory/box/memory.max", Bytes.of("1")),
                1,
                Errno.EBUSY))
        .startsWith(
            "write \"1\" to /sys/fs/cgroup/memory/box/memory.max: write: EBUSY (Device or resource"
                + " busy); likely the group uses more than the new limit already");
    assertThat(
            describe(Role.UNDO, new GroupStep.Remove("/sys/fs/cgroup/memory/box"), 0, Errno.EBUSY))
        .startsWith(
            "remove the control group /sys/fs/cgroup/memory/box while undoing: unlinkat: EBUSY");
  }

  @Test
  void letsAHookSpeakForItself() {
    Step hook =
        new ProcessStep.Run(
            "/bin/hook", List.of(), List.of(), Bytes.EMPTY, Role.INIT, Bytes.EMPTY, 3000);
    Plan plan = Plan.builder().add(hook, "test").build();

    assertThat(
            StepFailure.describe(
                plan, new Outcome(0, 3, Errno.ECHILD.number(), Bytes.of("exit status 3"))))
        .isEqualTo("run the hook /bin/hook: it failed: exit status 3");
    assertThat(StepFailure.describe(plan, failure(0, 2, Errno.ETIMEDOUT)))
        .isEqualTo("run the hook /bin/hook: it did not end within 3000 ms");
  }

  @Test
  void tellsThatAProcessWasKilledBeforeItsWord() {
    assertThat(describe(Role.LAUNCHER, new ProcessStep.Await(Role.INIT), 0, Errno.ECHILD))
        .isEqualTo(
            "wait for the word of the container's first process: it ended before; likely it was"
                + " killed, by a signal or for lack of memory; try: a higher memory limit");
  }

  @Test
  void tellsTheTwoFailuresOfAWorkingDirectoryApart() {
    Step change = new IdentityStep.ChangeDirectory("/work", 0);
    assertThat(describe(Role.INIT, change, 0, Errno.ENOENT))
        .isEqualTo(
            "change the working directory to /work in the container: chdir: ENOENT (No such file or"
                + " directory); likely there is no such directory in the container; try: make it in"
                + " the image");
    assertThat(describe(Role.INIT, change, 1, Errno.EXDEV))
        .contains("getcwd: EXDEV")
        .contains("CVE-2024-21626");
  }

  @Test
  void takesTheLastCallForStagesBeyondIt() {
    assertThat(
            describe(
                Role.LAUNCHER,
                new ProcessStep.OpenProcess(SampleSteps.OTHER, 7, 99),
                2,
                Errno.ESRCH))
        .isEqualTo(
            "find the process 7: read: ESRCH (No such process); likely the process has ended");
  }

  @Test
  void describesEveryStepInOneLine() {
    for (Step step : SampleSteps.all()) {
      for (Errno errno : Errno.values()) {
        assertThat(describe(Role.INIT, step, 0, errno))
            .as(step.toString())
            .isNotBlank()
            .doesNotContain("\n");
      }
    }
  }

  @Test
  void namesErrorsItDoesNotKnowByNumber() {
    Plan plan = Plan.builder().add(new IdentityStep.NewSession(), "test").build();
    assertThat(StepFailure.describe(plan, new Outcome(0, 0, 4000, Bytes.EMPTY)))
        .isEqualTo("make a new session: setsid: errno 4000");
  }

  @Test
  void refusesOutcomesThatAreNoFailure() {
    assertThatThrownBy(() -> StepFailure.of(SamplePlan.plan(), new Outcome(-1, 0, 0, Bytes.EMPTY)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("step -1 of a plan of 22 did not fail");
  }

  private static String describe(Role role, Step step, int stage, Errno errno) {
    Plan plan = Plan.builder().role(role).add(step, "test").build();
    return StepFailure.describe(plan, failure(0, stage, errno));
  }

  private static Outcome failure(int step, int stage, Errno errno) {
    return new Outcome(step, stage, errno.number(), Bytes.EMPTY);
  }
}
