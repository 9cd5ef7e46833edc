package io.belljar.toolbox.unshare;

import static io.belljar.toolbox.unshare.UnshareOptions.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.CloneFlags;
import io.belljar.linux.NamespaceKind;
import io.belljar.plan.Outcome;
import io.belljar.plan.Role;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.MountStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import io.belljar.runtime.user.PasswordFile;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.command.ToolCaller;
import io.belljar.toolbox.command.ToolPlan;
import io.belljar.toolbox.unshare.UnshareOptions.Clocks;
import io.belljar.toolbox.unshare.UnshareOptions.Files;
import io.belljar.toolbox.unshare.UnshareOptions.Mapping;
import io.belljar.toolbox.unshare.UnshareOptions.Namespaces;
import io.belljar.toolbox.unshare.UnshareOptions.Start;
import io.belljar.toolbox.unshare.UnshareOptions.Variables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnsharePlannerTest {
  private static final Mapping ROOT =
      new Mapping(
          Optional.of("0"),
          Optional.of("0"),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty());
  private static final Mapping AUTO =
      new Mapping(
          Optional.of(CALLER),
          Optional.empty(),
          List.of("auto"),
          List.of(),
          Optional.empty(),
          Optional.empty());

  @Test
  void theLauncherItselfBecomesTheCommand() {
    ToolPlan plan = plan(1000, Mapping.NONE, Files.SAME, Start.SAME, NamespaceKind.UTS);
    assertThat(plan.plan().last()).isTrue();
    assertThat(plan.plan().steps()).allMatch(step -> step.role() == Role.LAUNCHER);
    assertThat(steps(plan, Role.LAUNCHER).getFirst())
        .isEqualTo(new NamespaceStep.Unshare(CloneFlags.CLONE_NEWUTS));
    assertThat(steps(plan, Role.LAUNCHER).getLast()).isInstanceOf(IdentityStep.Execute.class);
  }

  @Test
  void mapsItselfAndForbidsSetgroupsFirst() {
    List<Step> steps = steps(plan(1000, ROOT, Files.SAME, Start.SAME), Role.LAUNCHER);
    assertThat(steps.getFirst()).isEqualTo(new NamespaceStep.Unshare(CloneFlags.CLONE_NEWUSER));
    assertThat(steps.stream().filter(FileStep.Write.class::isInstance))
        .containsExactly(
            write("/proc/self/uid_map", "0 1000 1"),
            write("/proc/self/setgroups", "deny"),
            write("/proc/self/gid_map", "0 1000 1"));
  }

  @Test
  void anOrdinaryUsersRangesAreMappedByTheProgramThatMay() {
    ToolPlan plan = plan(1000, AUTO, Files.SAME, Start.SAME);
    List<Step> helper = steps(plan, Role.JOINER);
    assertThat(helper.getFirst()).isEqualTo(new ProcessStep.Await(Role.LAUNCHER));
    assertThat(helper.get(1))
        .isInstanceOfSatisfying(
            ProcessStep.Run.class,
            run ->
                assertThat(run.args())
                    .containsExactly(
                        "newuidmap",
                        "42",
                        "1000",
                        "1000",
                        "1",
                        "0",
                        "200000",
                        "1000",
                        "1001",
                        "201000",
                        "64536"));
    assertThat(steps(plan, Role.LAUNCHER).getFirst())
        .isInstanceOfSatisfying(
            NamespaceStep.Fork.class, fork -> assertThat(fork.process()).isEqualTo(Role.JOINER));
  }

  @Test
  void rootWritesRangesItself() {
    assertThat(steps(plan(0, AUTO, Files.SAME, Start.SAME), Role.JOINER))
        .contains(write("/proc/42/uid_map", "0 0 1\n1 300000 65536\n"));
  }

  @Test
  void aForkedCommandDoesTheRestAndTheLauncherDiesAlike() {
    Start forked =
        new Start(true, Optional.empty(), false, Optional.empty(), Optional.empty(), false);
    ToolPlan plan = plan(0, Mapping.NONE, proc("/proc"), forked, NamespaceKind.PID);
    assertThat(steps(plan, Role.LAUNCHER))
        .hasSize(3)
        .last()
        .isInstanceOfSatisfying(
            ProcessStep.Wait.class,
            wait ->
                assertThat(wait.flags())
                    .isEqualTo(
                        ProcessStep.Wait.PLAIN
                            | ProcessStep.Wait.IGNORE_INTERRUPTS
                            | ProcessStep.Wait.DIE_ALIKE));
    assertThat(steps(plan, Role.COMMAND))
        .hasAtLeastOneElementOfType(MountStep.Mount.class)
        .contains(new ProcessStep.DieWithParent(0));
  }

  @Test
  void aPinOfAMountNamespaceIsMadeFromOutside() {
    UnshareOptions options =
        new UnshareOptions(
            new Namespaces(Set.of(NamespaceKind.MOUNT), Map.of(NamespaceKind.MOUNT, "/pin")),
            Mapping.NONE,
            Files.SAME,
            Start.SAME,
            Clocks.SAME,
            Variables.SAME,
            List.of("true"));
    ToolPlan plan = UnsharePlanner.plan(options, facts(0));
    assertThat(steps(plan, Role.JOINER)).hasAtLeastOneElementOfType(MountStep.Bind.class);
    assertThat(
            plan.complaint(failure(plan, MountStep.Bind.class, 22))
                .line(failure(plan, MountStep.Bind.class, 22)))
        .isEqualTo("mount /proc/42/ns/mnt on /pin failed: Invalid argument");
  }

  @Test
  void rootSealsItselfBeforeItEntersARoot() {
    Files root =
        new Files(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("/srv"),
            Optional.empty());
    assertThat(plan(0, Mapping.NONE, root, Start.SAME).plan().sealed()).isTrue();
    assertThat(plan(1000, ROOT, root, Start.SAME).plan().sealed()).isFalse();
    assertThat(plan(0, Mapping.NONE, Files.SAME, Start.SAME).plan().sealed()).isFalse();
  }

  @Test
  void aMissingCommandHasTheShellsCode() {
    ToolPlan plan = plan(0, Mapping.NONE, Files.SAME, Start.SAME);
    Outcome missing = failure(plan, IdentityStep.FindProgram.class, 2);
    assertThat(plan.complaint(missing).line(missing))
        .isEqualTo("failed to execute true: No such file or directory");
    assertThat(plan.complaint(missing).code(missing, 1)).isEqualTo(127);
    Outcome denied = failure(plan, IdentityStep.FindProgram.class, 13);
    assertThat(plan.complaint(denied).code(denied, 1)).isEqualTo(126);
  }

  @Test
  void refusesInTheWordsOfUtilLinux() {
    refuses("unsupported propagation mode: x", Mapping.NONE, propagation("x"));
    refuses(
        "unsupported --setgroups argument 'x'",
        new Mapping(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.of("x"),
            Optional.empty()),
        Files.SAME);
    refuses(
        "failed to parse uid: 'nobody-here'",
        new Mapping(
            Optional.of("nobody-here"),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty()),
        Files.SAME);
    refuses(
        "invalid mapping '1:2'",
        new Mapping(
            Optional.empty(),
            Optional.empty(),
            List.of("1:2"),
            List.of(),
            Optional.empty(),
            Optional.empty()),
        Files.SAME);
  }

  private static void refuses(String message, Mapping mapping, Files files) {
    assertThatThrownBy(() -> plan(0, mapping, files, Start.SAME))
        .isInstanceOf(Refusal.class)
        .hasMessage(message);
  }

  private static Outcome failure(ToolPlan plan, Class<? extends Step> type, int errno) {
    for (int i = 0; i < plan.plan().steps().size(); i++) {
      if (type.isInstance(plan.plan().steps().get(i).step())) {
        return new Outcome(i, 0, errno, new byte[0]);
      }
    }
    throw new AssertionError("no " + type);
  }

  private static Files proc(String where) {
    return new Files(
        Optional.of(where),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Files propagation(String mode) {
    return new Files(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(mode),
        Optional.empty(),
        Optional.empty());
  }

  private static FileStep.Write write(String path, String text) {
    return new FileStep.Write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Step> steps(ToolPlan plan, Role role) {
    return plan.plan().steps(role);
  }

  private static ToolPlan plan(
      long uid, Mapping mapping, Files files, Start start, NamespaceKind... kinds) {
    return UnsharePlanner.plan(
        new UnshareOptions(
            new Namespaces(Set.of(kinds), Map.of()),
            mapping,
            files,
            start,
            Clocks.SAME,
            Variables.SAME,
            List.of("true")),
        facts(uid));
  }

  private static UnshareFacts facts(long uid) {
    PasswordFile accounts =
        PasswordFile.of(
            Optional.of("root:x:0:0::/:\nalice:x:1000:1000::/:\n".getBytes(StandardCharsets.UTF_8)),
            Optional.empty());
    Map<String, String> files = Map.of("/etc/subuid", "alice:200000:65536\nroot:300000:65536\n");
    return new UnshareFacts(
        new ToolCaller(42, uid, uid, 0022, List.of("PATH=/bin")),
        0xff,
        () -> accounts,
        name -> Optional.ofNullable(files.get(name)),
        name -> Optional.of("/usr/bin/" + name));
  }
}
