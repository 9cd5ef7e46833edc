package io.belljar.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.GroupStep;
import io.belljar.runtime.ContainerId;
import io.belljar.spec.resources.Cpu;
import io.belljar.spec.resources.DeviceRule;
import io.belljar.spec.resources.HugepageLimit;
import io.belljar.spec.resources.Memory;
import io.belljar.spec.resources.Network;
import io.belljar.spec.resources.Pids;
import io.belljar.spec.resources.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerGroupsTest {
  private static final ContainerId ID = new ContainerId("web");
  private static final Resources UNLIMITED =
      Resources.builder().devices(List.of(DeviceRule.all(true, DeviceRule.RWM))).build();

  @TempDir Path root;

  private static ContainerGroups groups(
      CgroupFixture fixture, String cgroupsPath, Resources resources) {
    return ContainerGroups.of(
        GroupReach.everywhere(fixture.layout(), fixture.files()),
        ID,
        Optional.of(cgroupsPath),
        resources);
  }

  private static String plan(ContainerGroups groups) {
    Plan.Builder plan = Plan.builder();
    groups.forkInto(plan);
    groups.make(plan);
    groups.placeV1(plan, Role.INIT);
    groups.kill(plan, Role.UNDO);
    groups.remove(plan, Role.UNDO);
    return CgroupFixture.text(plan.build());
  }

  @Test
  void makesAGroupInEveryV1Hierarchy() {
    Resources resources =
        UNLIMITED.toBuilder()
            .memory(Memory.builder().limit(OptionalLong.of(104857600)).build())
            .pids(Pids.of(20))
            .build();
    assertThat(plan(groups(CgroupFixture.v1(root), "/pods/web", resources)))
        .isEqualTo(
            """
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/cpu,cpuacct/pods, mode=493] tolerating 17
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/cpu,cpuacct/pods/web, mode=493] tolerating 17
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/cpuset/pods, mode=493] tolerating 17
            LAUNCHER Write[/sys/fs/cgroup/cpuset/pods/cpuset.cpus 0-3]
            LAUNCHER Write[/sys/fs/cgroup/cpuset/pods/cpuset.mems 0]
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/cpuset/pods/web, mode=493] tolerating 17
            LAUNCHER Write[/sys/fs/cgroup/cpuset/pods/web/cpuset.cpus 0-3]
            LAUNCHER Write[/sys/fs/cgroup/cpuset/pods/web/cpuset.mems 0]
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/memory/pods, mode=493] tolerating 17
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/memory/pods/web, mode=493] tolerating 17
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/devices/pods, mode=493] tolerating 17
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/devices/pods/web, mode=493] tolerating 17
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/pids/pods, mode=493] tolerating 17
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/pids/pods/web, mode=493] tolerating 17
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/systemd/pods, mode=493] tolerating 17
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/systemd/pods/web, mode=493] tolerating 17
            LAUNCHER Write[/sys/fs/cgroup/memory/pods/web/memory.limit_in_bytes 104857600]
            LAUNCHER Write[/sys/fs/cgroup/pids/pods/web/pids.max 20]
            LAUNCHER Place[path=/sys/fs/cgroup/cpu,cpuacct/pods/web/cgroup.procs, process=INIT]
            LAUNCHER Place[path=/sys/fs/cgroup/cpuset/pods/web/cgroup.procs, process=INIT]
            LAUNCHER Place[path=/sys/fs/cgroup/memory/pods/web/cgroup.procs, process=INIT]
            LAUNCHER Place[path=/sys/fs/cgroup/devices/pods/web/cgroup.procs, process=INIT]
            LAUNCHER Place[path=/sys/fs/cgroup/pids/pods/web/cgroup.procs, process=INIT]
            LAUNCHER Place[path=/sys/fs/cgroup/systemd/pods/web/cgroup.procs, process=INIT]
            UNDO Kill[path=/sys/fs/cgroup/pids/pods/web]
            UNDO Remove[path=/sys/fs/cgroup/cpu,cpuacct/pods/web]
            UNDO Remove[path=/sys/fs/cgroup/cpuset/pods/web]
            UNDO Remove[path=/sys/fs/cgroup/memory/pods/web]
            UNDO Remove[path=/sys/fs/cgroup/devices/pods/web]
            UNDO Remove[path=/sys/fs/cgroup/pids/pods/web]
            UNDO Remove[path=/sys/fs/cgroup/systemd/pods/web]
            """);
  }

  @Test
  void handsControllersDownInV2() {
    Resources resources =
        UNLIMITED.toBuilder()
            .memory(Memory.builder().limit(OptionalLong.of(104857600)).build())
            .cpu(Cpu.builder().quota(OptionalLong.of(50_000)).cpus(Optional.of("0-1")).build())
            .build();
    assertThat(plan(groups(CgroupFixture.v2(root), "/pods/web", resources)))
        .isEqualTo(
            """
            LAUNCHER Write[/sys/fs/cgroup/cgroup.subtree_control +cpu +cpuset]
            LAUNCHER Write[/sys/fs/cgroup/cgroup.subtree_control +io] tolerating 16
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/pods, mode=493] tolerating 17
            LAUNCHER Write[/sys/fs/cgroup/pods/cgroup.subtree_control +cpu +cpuset +memory]
            LAUNCHER Write[/sys/fs/cgroup/pods/cgroup.subtree_control +io] tolerating 16
            LAUNCHER Write[/sys/fs/cgroup/pods/cgroup.subtree_control +pids] tolerating 16
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/pods/web, mode=493] tolerating 17
            LAUNCHER Open[slot=cgroup, path=/sys/fs/cgroup/pods/web, flags=65536, mode=0]
            LAUNCHER Write[/sys/fs/cgroup/pods/web/cpuset.cpus 0-1]
            LAUNCHER Write[/sys/fs/cgroup/pods/web/memory.max 104857600]
            LAUNCHER Write[/sys/fs/cgroup/pods/web/cpu.max 50000 100000]
            UNDO Kill[path=/sys/fs/cgroup/pods/web]
            UNDO Remove[path=/sys/fs/cgroup/pods/web]
            """);
  }

  @Test
  void usesBothVersionsOfAHybridMachine() {
    Resources resources =
        UNLIMITED.toBuilder()
            .pids(Pids.of(20))
            .hugepageLimits(List.of(new HugepageLimit("2MB", 4096)))
            .unified(Map.of("cgroup.max.depth", "3"))
            .build();
    String plan = plan(groups(CgroupFixture.hybrid(root), "web", resources));
    assertThat(plan)
        .contains(
            """
            LAUNCHER Write[/sys/fs/cgroup/unified/cgroup.subtree_control +hugetlb]
            LAUNCHER MakeDirectory[path=/sys/fs/cgroup/unified/web, mode=493] tolerating 17
            LAUNCHER Open[slot=cgroup, path=/sys/fs/cgroup/unified/web, flags=65536, mode=0]
            """)
        .contains(
            """
            LAUNCHER Write[/sys/fs/cgroup/pids/web/pids.max 20]
            LAUNCHER Write[/sys/fs/cgroup/unified/web/hugetlb.2MB.max 4096]
            LAUNCHER Write[/sys/fs/cgroup/unified/web/hugetlb.2MB.rsvd.max 4096] tolerating 2
            LAUNCHER Write[/sys/fs/cgroup/unified/web/cgroup.max.depth 3]
            """)
        .contains("UNDO Kill[path=/sys/fs/cgroup/unified/web]")
        .doesNotContain("Place[path=/sys/fs/cgroup/unified");
  }

  @Test
  void lettingAProcessEnterByItselfLeavesOutTheGroupThatItWasForkedInto() {
    Plan.Builder plan = Plan.builder().role(Role.INIT);
    groups(CgroupFixture.hybrid(root), "web", UNLIMITED).enter(plan);
    assertThat(plan.build().steps(Role.INIT))
        .contains(new GroupStep.Enter("/sys/fs/cgroup/pids/web/tasks", Slot.NONE))
        .allSatisfy(step -> assertThat(step.toString()).doesNotContain("unified"));
  }

  @Test
  void deniesDevicesByTheFilesOfV1() {
    String plan = plan(groups(CgroupFixture.hybrid(root), "web", Resources.NONE));
    assertThat(plan)
        .contains("Write[/sys/fs/cgroup/devices/web/devices.deny a *:* rwm]")
        .contains("Write[/sys/fs/cgroup/devices/web/devices.allow c 1:3 rwm]")
        .doesNotContain("FilterDevices");
  }

  @Test
  void deniesDevicesByAProgramInV2() {
    assertThat(plan(groups(CgroupFixture.v2(root), "web", Resources.NONE)))
        .contains("FilterDevices[path=/sys/fs/cgroup/web");
  }

  @Test
  void doesWithoutGroupsWhereThereAreNone() {
    CgroupFixture fixture = CgroupFixture.none(root);
    ContainerGroups groups = groups(fixture, "web", Resources.NONE);
    assertThat(groups.directories()).isEmpty();
    assertThat(groups.forkInto(Plan.builder())).isEqualTo(Slot.NONE);
    assertThat(plan(groups)).isEqualTo("\n");
    assertThatThrownBy(() -> groups(fixture, "web", UNLIMITED))
        .hasMessage(
            "config.json: linux.resources.devices: no cgroup file system is mounted that could"
                + " enforce it");
  }

  @Test
  void leavesAFilledCpusetAlone() {
    CgroupFixture fixture = CgroupFixture.v1(root);
    fixture.file("cpuset/pods/cpuset.cpus", "2");
    fixture.file("cpuset/pods/cpuset.mems", "0");
    String plan = plan(groups(fixture, "/pods/web", UNLIMITED));
    assertThat(plan)
        .doesNotContain("/cpuset/pods/cpuset.cpus")
        .contains("Write[/sys/fs/cgroup/cpuset/pods/web/cpuset.cpus 2]");
  }

  @Test
  void refusesAGroupInUse() {
    CgroupFixture fixture = CgroupFixture.v1(root);
    fixture.file("pids/web/below/cgroup.procs", "41\n42");
    assertThatThrownBy(() -> groups(fixture, "web", UNLIMITED))
        .hasMessage(
            "container's cgroup is not empty: 2 process(es) found in /sys/fs/cgroup/pids/web");
  }

  @Test
  void refusesLimitsBelowAGroupWithProcessesInV2() {
    CgroupFixture fixture = CgroupFixture.v2(root);
    fixture.file("pods/cgroup.type", "domain");
    fixture.file("pods/cgroup.procs", "41");
    Resources resources = UNLIMITED.toBuilder().pids(Pids.of(20)).build();
    assertThatThrownBy(() -> plan(groups(fixture, "/pods/web", resources)))
        .hasMessage(
            "config.json: linux.resources.pids: cgroup v2 cannot limit groups below"
                + " /sys/fs/cgroup/pods, which has processes of its own: pids");
  }

  @Test
  void refusesLimitsThatTheMachineDoesNotHave() {
    Resources hugepages =
        UNLIMITED.toBuilder().hugepageLimits(List.of(new HugepageLimit("2MB", 1))).build();
    assertThatThrownBy(() -> groups(CgroupFixture.v1(root), "web", hugepages))
        .hasMessage(
            "config.json: linux.resources.hugepageLimits: this machine has no hugetlb controller"
                + " (no cgroup v1 hierarchy with it is mounted)");
    assertThatThrownBy(() -> groups(CgroupFixture.v2(root), "web", hugepages))
        .hasMessage(
            "config.json: linux.resources.hugepageLimits: this machine has no hugetlb controller"
                + " (\"hugetlb\" is not in cgroup.controllers)");
    Resources sizes =
        UNLIMITED.toBuilder().hugepageLimits(List.of(new HugepageLimit("3MB", 1))).build();
    assertThatThrownBy(() -> groups(CgroupFixture.hybrid(root), "web", sizes))
        .hasMessage(
            "config.json: linux.resources.hugepageLimits[0].pageSize: this kernel has no huge pages"
                + " of \"3MB\"; it has 2MB");
  }

  @Test
  void refusesFilesThatTheKernelDoesNotHave() {
    Resources realtime =
        UNLIMITED.toBuilder()
            .cpu(Cpu.builder().realtimeRuntime(OptionalLong.of(1000)).build())
            .build();
    assertThatThrownBy(() -> groups(CgroupFixture.v1(root), "web", realtime))
        .hasMessage(
            "config.json: linux.resources.cpu.realtimeRuntime: this kernel has no such limit: there"
                + " is no /sys/fs/cgroup/cpu,cpuacct/cpu.rt_runtime_us");
  }

  @Test
  void refusesNetworkClassesWithoutTheirController() {
    Resources network =
        UNLIMITED.toBuilder().network(new Network(OptionalLong.of(5), List.of())).build();
    assertThatThrownBy(() -> groups(CgroupFixture.v2(root), "web", network))
        .hasMessage(
            "config.json: linux.resources.network.classID: cgroup v2 has no such limit; only cgroup"
                + " v1 has it");
    assertThatThrownBy(() -> groups(CgroupFixture.v1(root), "web", network))
        .hasMessageContaining("linux.resources.network.classID: this machine has no net_cls");
  }

  @Test
  void takesOnlyFileNamesInUnified() {
    Resources escape = UNLIMITED.toBuilder().unified(Map.of("../memory.max", "1")).build();
    assertThatThrownBy(() -> groups(CgroupFixture.v2(root), "web", escape))
        .hasMessage(
            "config.json: linux.resources.unified[\"../memory.max\"]: is not the name of a cgroup"
                + " file");
    Resources missing = UNLIMITED.toBuilder().unified(Map.of("misc.max", "1")).build();
    assertThatThrownBy(() -> groups(CgroupFixture.v2(root), "web", missing))
        .hasMessage(
            "config.json: linux.resources.unified[\"misc.max\"]: \"misc\" is not in"
                + " /sys/fs/cgroup/cgroup.controllers");
    assertThatThrownBy(() -> groups(CgroupFixture.v1(root), "web", missing))
        .hasMessage(
            "config.json: linux.resources.unified[\"misc.max\"]: cgroup v2 is not mounted here");
  }
}
