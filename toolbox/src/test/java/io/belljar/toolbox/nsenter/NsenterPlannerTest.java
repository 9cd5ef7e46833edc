package io.belljar.toolbox.nsenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.Errno;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.PlannedStep;
import io.belljar.plan.Role;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.command.ToolCaller;
import io.belljar.toolbox.command.ToolPlan;
import io.belljar.toolbox.nsenter.NsenterOptions.Identity;
import io.belljar.toolbox.nsenter.NsenterOptions.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NsenterPlannerTest {
  @Test
  void sealsItselfAlways() {
    assertThat(plan(all("7")).plan().sealed()).isTrue();
  }

  @Test
  void opensEverythingWhileTheTargetIsHeld() {
    List<Step> steps = plan(all("7")).plan().steps(Role.LAUNCHER);
    assertThat(steps.getFirst())
        .isInstanceOfSatisfying(
            ProcessStep.OpenProcess.class, open -> assertThat(open.startTime()).isEqualTo(99));
    int alive = index(steps, ProcessStep.SignalProcess.class);
    assertThat(index(steps, NamespaceStep.Join.class)).isGreaterThan(alive);
    assertThat(steps.subList(0, alive).stream().filter(FileStep.Open.class::isInstance)).hasSize(3);
  }

  @Test
  void entersTheUserNamespaceLastAndTriesTheOthersAgain() {
    List<PlannedStep> joins =
        plan(all("7")).plan().steps().stream()
            .filter(step -> step.step() instanceof NamespaceStep.Join)
            .toList();
    assertThat(joins.stream().map(step -> ((NamespaceStep.Join) step.step()).kinds()))
        .containsExactly(
            NamespaceKind.PID.cloneFlag(),
            NamespaceKind.MOUNT.cloneFlag(),
            NamespaceKind.USER.cloneFlag(),
            NamespaceKind.PID.cloneFlag(),
            NamespaceKind.MOUNT.cloneFlag());
    assertThat(joins.stream().map(PlannedStep::tolerated))
        .containsExactly(Errno.EPERM.number(), Errno.EPERM.number(), 0, 0, 0);
  }

  @Test
  void becomesRootOfAUserNamespaceUnlessToldOtherwise() {
    assertThat(plan(all("7")).plan().steps(Role.COMMAND))
        .filteredOn(IdentityStep.Become.class::isInstance)
        .hasSize(3);
    NsenterOptions preserving =
        options("7", new Identity(Optional.empty(), Optional.empty(), true, false), Place.DEFAULT);
    assertThat(plan(preserving).plan().steps(Role.COMMAND))
        .noneMatch(IdentityStep.Become.class::isInstance);
  }

  @Test
  void forksOnlyIntoAPidNamespace() {
    NsenterOptions uts =
        new NsenterOptions(
            Optional.of("7"),
            false,
            Map.of(NamespaceKind.UTS, Optional.empty()),
            Identity.DEFAULT,
            Place.DEFAULT,
            false,
            false,
            false,
            List.of("true"));
    assertThat(plan(uts).plan().steps()).allMatch(step -> step.role() == Role.LAUNCHER);
    assertThat(plan(all("7")).plan().steps(Role.LAUNCHER).getLast())
        .isInstanceOf(ProcessStep.Wait.class);
  }

  @Test
  void followsTheTargetsUser() {
    NsenterOptions following =
        options(
            "7",
            new Identity(Optional.of("follow"), Optional.of("follow"), true, false),
            Place.DEFAULT);
    assertThat(plan(following).plan().steps(Role.COMMAND))
        .contains(
            new IdentityStep.Become(
                5,
                IdentityStep.Become.UNCHANGED,
                List.of(),
                IdentityStep.Become.PLAINLY | IdentityStep.Become.KEEP_GROUPS));
  }

  @Test
  void refusesInTheWordsOfUtilLinux() {
    refuses("stat of /proc/8/ns/user failed: No such file or directory", all("8"));
    refuses("failed to parse pid: 'x'", all("x"));
    refuses(
        "cannot open /proc/8/root: No such file or directory",
        new NsenterOptions(
            Optional.of("8"),
            false,
            Map.of(),
            Identity.DEFAULT,
            new Place(Optional.of(Optional.empty()), Optional.empty(), Optional.empty()),
            false,
            false,
            false,
            List.of()));
    refuses(
        "failed to parse uid: 'x'",
        options(
            "7", new Identity(Optional.of("x"), Optional.empty(), false, false), Place.DEFAULT));
  }

  private static void refuses(String message, NsenterOptions options) {
    assertThatThrownBy(() -> plan(options)).isInstanceOf(Refusal.class).hasMessage(message);
  }

  private static int index(List<Step> steps, Class<? extends Step> type) {
    for (int i = 0; i < steps.size(); i++) {
      if (type.isInstance(steps.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static NsenterOptions all(String target) {
    return options(target, Identity.DEFAULT, Place.DEFAULT);
  }

  private static NsenterOptions options(String target, Identity identity, Place place) {
    return new NsenterOptions(
        Optional.of(target), true, Map.of(), identity, place, false, false, false, List.of("true"));
  }

  private static ToolPlan plan(NsenterOptions options) {
    var target =
        new NsenterFacts.Target(
            new ProcessIdentity(7, 99),
            Set.of(NamespaceKind.USER, NamespaceKind.PID, NamespaceKind.MOUNT),
            Optional.of(List.of("A=1")),
            5,
            6,
            Optional.of("/group"));
    return NsenterPlanner.plan(
        options,
        new NsenterFacts(
            new ToolCaller(42, 0, 0, 0022, List.of()),
            0xff,
            options.target().equals(Optional.of("7")) ? Optional.of(target) : Optional.empty(),
            true));
  }
}
