package io.belljar.toolbox.nsenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.Errno;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Bytes;
import io.belljar.plan.Explanation;
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
import io.belljar.toolbox.nsenter.NsenterOptions.Namespaces;
import io.belljar.toolbox.nsenter.NsenterOptions.Place;
import io.belljar.toolbox.nsenter.NsenterOptions.Taken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NsenterPlannerTest {
  private static final Namespaces NOTHING =
      new Namespaces(false, Map.of(), false, Optional.empty());
  private static final Taken CONTEXT = new Taken(false, false, true);
  private static final NsenterOptions FOLLOWING =
      entering(Optional.of("7"), Namespaces.ALL, CONTEXT);

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
            new Namespaces(
                false, Map.of(NamespaceKind.UTS, Optional.empty()), false, Optional.empty()),
            Identity.DEFAULT,
            Place.DEFAULT,
            Taken.NOTHING,
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
            NOTHING,
            Identity.DEFAULT,
            new Place(Optional.of(Optional.empty()), Optional.empty(), Optional.empty()),
            Taken.NOTHING,
            false,
            List.of()));
    refuses(
        "failed to parse uid: 'x'",
        options(
            "7", new Identity(Optional.of("x"), Optional.empty(), false, false), Place.DEFAULT));
  }

  @Test
  void givesTheCommandTheTargetsSelinuxContextBeforeANamespaceIsEntered() {
    List<Step> steps = plan(FOLLOWING).plan().steps(Role.LAUNCHER);
    int write = index(steps, FileStep.WriteProc.class);
    assertThat(steps.get(write))
        .isInstanceOfSatisfying(
            FileStep.WriteProc.class,
            step -> {
              assertThat(step.path()).isEqualTo("attr/exec");
              assertThat(step.data()).isEqualTo(Bytes.of("system_u:system_r:container_t:s0:c1,c2"));
            });
    assertThat(write).isLessThan(index(steps, NamespaceStep.Join.class));
    assertThat(Explanation.text(plan(FOLLOWING).plan())).contains("option --follow-context: the");
  }

  @Test
  void followsNoContextWhereSelinuxIsNotEnabled() {
    assertThat(plan(FOLLOWING, false, Optional.of("unconfined")).plan())
        .isEqualTo(plan(all("7")).plan());
  }

  @Test
  void refusesAContextThatIsNotThere() {
    refuses("failed to get 8 SELinux context", entering(Optional.of("8"), NOTHING, CONTEXT));
    refuses(
        "no target PID specified for --follow-context",
        entering(Optional.empty(), NOTHING, CONTEXT));
    assertThatThrownBy(() -> plan(FOLLOWING, true, Optional.empty()))
        .isInstanceOf(Refusal.class)
        .hasMessage("failed to get 7 SELinux context");
  }

  @Test
  void entersTheParentOfTheUserNamespaceInItsPlace() {
    var parent = new Namespaces(false, Map.of(), true, Optional.empty());
    List<Step> steps =
        plan(entering(Optional.of("7"), parent, Taken.NOTHING)).plan().steps(Role.LAUNCHER);
    int owner = index(steps, NamespaceStep.OpenOwner.class);
    assertThat(steps.get(owner - 1))
        .isInstanceOfSatisfying(
            FileStep.Open.class, open -> assertThat(open.path()).isEqualTo("/proc/7/ns/user"));
    assertThat(steps.subList(owner, steps.size()))
        .filteredOn(NamespaceStep.Join.class::isInstance)
        .containsExactly(
            new NamespaceStep.Join(
                ((NamespaceStep.OpenOwner) steps.get(owner)).slot(),
                NamespaceKind.USER.cloneFlag()));
    refuses("no target PID specified", entering(Optional.empty(), parent, Taken.NOTHING));
  }

  @Test
  void entersTheNetworkNamespaceOfASocketOfTheTargets() {
    List<Step> steps =
        plan(entering(Optional.of("7"), socket("3"), Taken.NOTHING)).plan().steps(Role.LAUNCHER);
    int opened = index(steps, NamespaceStep.OpenOfSocket.class);
    assertThat(((NamespaceStep.OpenOfSocket) steps.get(opened)).descriptor()).isEqualTo(3);
    assertThat(opened).isGreaterThan(index(steps, ProcessStep.OpenProcess.class));
    assertThat(steps).noneMatch(FileStep.Open.class::isInstance);
    refuses(
        "failed to parse file descriptor: '-1'",
        entering(Optional.of("7"), socket("-1"), Taken.NOTHING));
    refuses("no target PID specified", entering(Optional.empty(), socket("3"), Taken.NOTHING));
  }

  private static Namespaces socket(String descriptor) {
    return new Namespaces(false, Map.of(), false, Optional.of(descriptor));
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
        Optional.of(target),
        Namespaces.ALL,
        identity,
        place,
        Taken.NOTHING,
        false,
        List.of("true"));
  }

  private static NsenterOptions entering(
      Optional<String> target, Namespaces namespaces, Taken taken) {
    return new NsenterOptions(
        target, namespaces, Identity.DEFAULT, Place.DEFAULT, taken, false, List.of("true"));
  }

  private static ToolPlan plan(NsenterOptions options) {
    return plan(options, true, Optional.of("system_u:system_r:container_t:s0:c1,c2"));
  }

  private static ToolPlan plan(NsenterOptions options, boolean selinux, Optional<String> context) {
    var target =
        new NsenterFacts.Target(
            new ProcessIdentity(7, 99),
            Set.of(NamespaceKind.USER, NamespaceKind.PID, NamespaceKind.MOUNT),
            Optional.of(List.of("A=1")),
            5,
            6,
            Optional.of("/group"),
            context);
    return NsenterPlanner.plan(
        options,
        new NsenterFacts(
            new ToolCaller(42, 0, 0, 0022, List.of()),
            0xff,
            options.target().equals(Optional.of("7")) ? Optional.of(target) : Optional.empty(),
            true,
            selinux));
  }
}
