package io.belljar.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.cgroup.CgroupPlace;
import io.belljar.linux.cgroup.V2Hierarchy;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.runtime.ContainerId;
import io.belljar.spec.resources.DeviceRule;
import io.belljar.spec.resources.Pids;
import io.belljar.spec.resources.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups of callers who do not administrate the machine. */
class GroupReachTest {
  private static final ContainerId ID = new ContainerId("web");
  private static final Resources LIMITED =
      Resources.builder()
          .devices(List.of(DeviceRule.all(false, DeviceRule.RWM)))
          .pids(Pids.of(20))
          .build();
  private static final Resources UNLIMITED = LIMITED.toBuilder().pids(Pids.NONE).build();

  @TempDir Path root;

  private static ContainerGroups groups(
      CgroupLayout layout, GroupFiles files, Predicate<String> writable, Resources resources) {
    return ContainerGroups.of(
        new GroupReach(layout, files, true, writable), ID, Optional.empty(), resources);
  }

  /** A session in a group of its user's, in a hierarchy of version 2. */
  private CgroupLayout session(CgroupFixture fixture) {
    fixture.file("user/cgroup.procs", "");
    fixture.file("user/cgroup.subtree_control", "memory pids");
    fixture.file("user/session/cgroup.procs", "7");
    fixture.file("user/session/cgroup.type", "domain");
    return new CgroupLayout(
        List.of(),
        Optional.of(
            new V2Hierarchy(
                Set.of("memory", "pids"),
                new CgroupPlace("/sys/fs/cgroup", "/", "/user/session", false))));
  }

  private static String plan(ContainerGroups groups) {
    Plan.Builder plan = Plan.builder();
    groups.forkInto(plan);
    groups.make(plan);
    groups.placeV1(plan, Role.INIT);
    return CgroupFixture.text(plan.build());
  }

  @Test
  void anOrdinaryUserHasNoGroupsWhereAllAreRoots() {
    CgroupFixture fixture = CgroupFixture.hybrid(root);
    ContainerGroups groups = groups(fixture.layout(), fixture.files(), _ -> false, UNLIMITED);
    assertThat(groups.directories()).isEmpty();
    assertThat(plan(groups)).isBlank();
  }

  @Test
  void aLimitWithoutAGroupIsRefusedWithTheCure() {
    CgroupFixture v1 = CgroupFixture.v1(root);
    assertThatThrownBy(() -> groups(v1.layout(), v1.files(), _ -> false, LIMITED))
        .hasMessage(
            "config.json: linux.resources.pids: no control group of /sys/fs/cgroup/pids/x is yours,"
                + " so the pids controller cannot be used; run it as root, or leave the limit out"
                + " (version 1 is not handed to users)");
    CgroupFixture v2 = CgroupFixture.v2(root.resolve("v2"));
    assertThatThrownBy(() -> groups(v2.layout(), v2.files(), _ -> false, LIMITED))
        .hasMessageContaining("systemd-run --user --scope -p Delegate=yes COMMAND");
  }

  @Test
  void aGroupThatWasHandedDownTakesTheContainerBesideItsCaller() {
    CgroupFixture fixture = CgroupFixture.v2(root);
    CgroupLayout layout = session(fixture);
    assertThat(
            plan(
                groups(
                    layout,
                    fixture.files(),
                    path -> path.startsWith("/sys/fs/cgroup/user"),
                    LIMITED)))
        .isEqualTo(
            """
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/user, mode=493] tolerating 17
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/user/web, mode=493] tolerating 17
            LAUNCHER Open[slot=cgroup, path=/sys/fs/cgroup/user/web, flags=65536, mode=0]
            LAUNCHER Write[/sys/fs/cgroup/user/web/pids.max 20]
            """);
  }

  @Test
  void aGroupWhoseParentKeepsTheControllerIsRefused() {
    CgroupFixture fixture = CgroupFixture.v2(root);
    CgroupLayout layout = session(fixture);
    fixture.file("user/cgroup.subtree_control", "memory");
    fixture.file("cgroup.subtree_control", "memory");
    assertThatThrownBy(() ->
            groups(layout, fixture.files(), path -> path.startsWith("/sys/fs/cgroup/user"), LIMITED)
                .forkInto(Plan.builder()))
        .hasMessageContaining(
            "/sys/fs/cgroup does not hand down pids, and belongs to another user");
  }

  @Test
  void aCallerWhoMayNotLeaveItsGroupHasNone() {
    CgroupFixture fixture = CgroupFixture.v2(root);
    CgroupLayout layout = session(fixture);
    fixture.file("other/cgroup.procs", "");
    GroupReach reach =
        new GroupReach(
            layout, fixture.files(), true, path -> path.startsWith("/sys/fs/cgroup/other"));
    assertThat(reach.groups(Optional.of("/other/web"), ID)).isEmpty();
  }
}
