package io.belljar.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.step.Step;
import io.belljar.runtime.Facts;
import io.belljar.runtime.cgroup.GroupSteps;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.DefaultConfig;
import io.belljar.spec.config.Mount;
import io.belljar.spec.config.Root;
import io.belljar.spec.linux.Device;
import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.Namespace;
import io.belljar.spec.linux.NamespaceType;
import io.belljar.spec.linux.RootfsPropagation;
import io.belljar.spec.process.Capabilities;
import io.belljar.spec.process.Capability;
import io.belljar.spec.seccomp.Seccomp;
import io.belljar.spec.seccomp.SeccompAction;
import io.belljar.spec.seccomp.Syscall;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Single decisions of a plan, where a whole plan would hide them. */
class PlanDetailsTest {
  private final SeccompFilters filters = new SeccompFilters(Optional.empty());

  @Test
  void givesTheSamePlanForTheSameRequest() {
    ContainerRequest request = Requests.run(Requests.config());

    assertEquals(plan(request, Machines.hybrid()), plan(request, Machines.hybrid()));
  }

  @Test
  void isSealedAndLast() {
    Plan plan = plan(Requests.run(Requests.config()), Machines.hybrid());

    assertTrue(plan.sealed(), "a container must not reach the launcher's file");
    assertTrue(plan.last(), "the launcher needs no planner to wait");
  }

  @Test
  void bindsAFileOntoAFileAndADirectoryOntoADirectory() {
    List<String> steps =
        mounts(
            Mount.bind("/etc/hosts", "/etc/hosts", List.of("bind")),
            Mount.bind("/data", "data", List.of("rbind", "rro", "rslave")));

    assertEquals(
        List.of(
            "CreateIn <target> root=<root> etc/hosts kind=1 mode=0644",
            "Open <source> /srv/bundle/data flags=O_PATH",
            "CreateIn <target> root=<root> data mode=0755",
            "Bind <target> source=<source> recursive=1 recursiveSet=MOUNT_ATTR_RDONLY",
            "SetAttributes mount=<target> recursive=1 propagation=MS_SLAVE"),
        between(steps, "CreateIn <target> root=<root> etc/hosts", "MakeNode").stream()
            .filter(step -> !step.startsWith("Open <source> /etc"))
            .filter(step -> !step.equals("Bind <target> source=<source>"))
            .toList());
  }

  @Test
  void setsThePropagationOfALoneMountBeforeItIsAttached() {
    List<String> steps = mounts(Mount.bind("/data", "data", List.of("bind", "rprivate", "rw")));

    assertTrue(
        steps.contains(
            "Bind <target> source=<source> clear=MOUNT_ATTR_RDONLY propagation=MS_PRIVATE"),
        steps.toString());
  }

  @Test
  void makesATmpfsReadOnlyWhenItsContentIsInPlace() {
    List<String> steps = mounts(Mount.of("/dev", "tmpfs", "tmpfs", List.of("nosuid", "ro")));

    assertTrue(
        steps.contains("Mount <target> type=tmpfs source=tmpfs attributes=MOUNT_ATTR_NOSUID"));
    int opened = steps.indexOf("OpenIn <target> root=<root> dev flags=O_PATH");
    assertEquals("SetAttributes mount=<target> set=MOUNT_ATTR_RDONLY", steps.get(opened + 1));
    assertTrue(opened > steps.indexOf("PivotRoot root=<root>"));
  }

  @Test
  void changesAMountThatIsThere() {
    List<String> steps =
        mounts(Mount.of("/sys", "sysfs", "sysfs", List.of("remount", "ro", "nosuid")));

    assertEquals(
        "SetAttributes mount=<target> set=MOUNT_ATTR_RDONLY|MOUNT_ATTR_NOSUID",
        steps.get(steps.indexOf("OpenIn <target> root=<root> sys flags=O_PATH") + 1));
  }

  @Test
  void passesReadOnlyToTheSuperblockOfADiskOnly() {
    List<String> steps =
        mounts(
            Mount.of("/disk", "ext4", "/dev/sda1", List.of("ro", "sync")),
            Mount.of("/sys", "sysfs", "sysfs", List.of("ro")));

    assertTrue(
        steps.contains(
            "Mount <target> type=ext4 source=/dev/sda1 attributes=MOUNT_ATTR_RDONLY"
                + " options=[ro, sync]"));
    assertTrue(
        steps.contains("Mount <target> type=sysfs source=sysfs attributes=MOUNT_ATTR_RDONLY"));
  }

  @Test
  void letsFilesOfLxcfsBeMountedInsideProc() {
    List<String> steps = mounts(Mount.bind("/proc/meminfo", "/etc/meminfo", List.of("bind")));

    assertTrue(
        steps.contains("CreateIn <target> root=<root> proc/meminfo kind=1 mode=0644"),
        steps.toString());
  }

  @Test
  void showsTheUnifiedHierarchyAsOneMountInACgroupNamespace() {
    Config config =
        Requests.linux(
            mountsOf(Mount.of("/sys/fs/cgroup", "cgroup", "cgroup", List.of("ro"))),
            linux ->
                linux.namespaces(
                    List.of(
                        Namespace.created(NamespaceType.MOUNT),
                        Namespace.created(NamespaceType.CGROUP))));
    List<String> steps = steps(plan(Requests.run(config), Machines.unified()), Role.INIT);

    assertEquals(
        List.of(
            "Await launcher",
            "Unshare flags=CLONE_NEWCGROUP",
            "CreateIn <target> root=<root> sys/fs/cgroup mode=0755",
            "Mount <target> type=cgroup2 source=cgroup attributes=MOUNT_ATTR_RDONLY"),
        between(steps, "Await launcher", "MakeNode"));
  }

  @Test
  void bindsTheUnifiedHierarchyOfTheHostWhereThereIsNoCgroupNamespace() {
    Config config = mountsOf(Mount.of("/sys/fs/cgroup", "cgroup", "cgroup", List.of("ro")));
    List<String> steps = steps(plan(Requests.run(config), Machines.unified()), Role.INIT);

    assertEquals(
        List.of(
            "Await launcher",
            "CreateIn <target> root=<root> sys/fs/cgroup mode=0755",
            "Open <source> /sys/fs/cgroup flags=O_PATH|O_DIRECTORY",
            "Bind <target> source=<source>"
                + " set=MOUNT_ATTR_RDONLY|MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV|MOUNT_ATTR_NOEXEC"
                + " propagation=MS_PRIVATE"),
        between(steps, "Await launcher", "MakeNode"));
  }

  @Test
  void mountsEachHierarchyInACgroupNamespace() {
    Config config =
        Requests.linux(
            mountsOf(Mount.of("/sys/fs/cgroup", "cgroup", "cgroup", List.of())),
            linux ->
                linux.namespaces(
                    List.of(
                        Namespace.created(NamespaceType.MOUNT),
                        Namespace.created(NamespaceType.CGROUP))));
    List<String> steps = steps(plan(Requests.run(config), Machines.hybrid()), Role.INIT);

    String restricted = " attributes=MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV|MOUNT_ATTR_NOEXEC";
    assertEquals(
        List.of(
            "Mount <target> type=cgroup source=cgroup"
                + restricted
                + " options=[none, name=systemd]",
            "Mount <target> type=cgroup source=cgroup" + restricted + " options=[cpu, cpuacct]",
            "Mount <target> type=cgroup source=cgroup" + restricted + " options=[memory]",
            "Mount <target> type=cgroup2 source=cgroup" + restricted),
        steps.stream().filter(step -> step.startsWith("Mount <target> type=cgroup")).toList());
  }

  @Test
  void leavesADevOfTheHostAlone() {
    List<String> steps = mounts(Mount.bind("/dev", "/srv/dev", List.of("rbind")));

    assertFalse(steps.stream().anyMatch(step -> step.startsWith("MakeNode")));
    assertFalse(steps.stream().anyMatch(step -> step.startsWith("MakeLink")));
  }

  @Test
  void prefersAConfiguredDeviceToTheDefaultOne() {
    Device tty =
        new Device(
            "/dev/tty",
            Device.Type.CHARACTER,
            5,
            0,
            OptionalLong.of(0020600),
            OptionalLong.of(1000),
            OptionalLong.of(5));
    List<String> steps =
        steps(
            plan(
                Requests.run(
                    Requests.linux(Requests.config(), linux -> linux.devices(List.of(tty)))),
                Machines.hybrid()),
            Role.INIT);

    assertEquals(
        List.of("MakeNode root=<root> dev/tty mode=020600 major=5 uid=1000 gid=5"),
        steps.stream().filter(step -> step.contains("dev/tty")).toList());
  }

  @Test
  void bindsDevicesOfTheHostInAUserNamespace() {
    List<IdMapping> map = List.of(new IdMapping(0, 100000, 65536));
    Config config =
        Requests.linux(
            Requests.config(),
            linux ->
                linux
                    .namespaces(
                        List.of(
                            Namespace.created(NamespaceType.MOUNT),
                            Namespace.created(NamespaceType.USER)))
                    .uidMappings(map)
                    .gidMappings(map));
    List<String> steps = steps(plan(Requests.run(config), Machines.hybrid()), Role.INIT);

    int opened = steps.indexOf("Open <source> /dev/null flags=O_PATH");
    assertEquals(
        List.of(
            "CreateIn <target> root=<root> dev/null kind=1 mode=0644",
            "Bind <target> source=<source>"),
        steps.subList(opened + 1, opened + 3));
    assertTrue(steps.indexOf("Become") < opened, "files belong to the container's root");
    assertTrue(steps.indexOf("Await launcher") == 0, "nothing can be done before there are maps");
  }

  @Test
  void stacksASharedRootOntoTheHostsOne() {
    Config config =
        Requests.linux(
            Requests.config(),
            linux -> linux.rootfsPropagation(Optional.of(RootfsPropagation.RSHARED)));
    List<String> steps = steps(plan(Requests.run(config), Machines.hybrid()), Role.INIT);

    int opened = steps.indexOf("Open <root> / flags=O_PATH|O_DIRECTORY");
    assertEquals(
        List.of(
            "SetAttributes mount=<root> propagation=MS_PRIVATE",
            "Open <source> /srv/bundle/rootfs flags=O_PATH|O_DIRECTORY",
            "Bind <root> source=<source> recursive=1"),
        steps.subList(opened + 1, opened + 4));
    assertEquals(
        "SetAttributes mount=<root> recursive=1 propagation=MS_SHARED",
        steps.get(steps.indexOf("PivotRoot root=<root>") + 1));
  }

  @Test
  void changesTheRootWithoutAMountNamespace() {
    Config config =
        Requests.linux(
                mountsOf(),
                linux ->
                    linux
                        .namespaces(List.of(Namespace.created(NamespaceType.PID)))
                        .maskedPaths(List.of())
                        .readonlyPaths(List.of()))
            .toBuilder()
            .root(new Root("rootfs", false))
            .hostname(Optional.empty())
            .build();
    List<String> steps = steps(plan(Requests.run(config), Machines.hybrid()), Role.INIT);

    assertTrue(steps.contains("ChangeRoot root=<root>"));
    assertFalse(steps.stream().anyMatch(step -> step.startsWith("SetAttributes")));
  }

  @Test
  void filtersLateWithNoNewPrivilegesAndBeforeTheyAreDroppedWithout() {
    Config config =
        Requests.linux(Requests.config(), linux -> linux.seccomp(Optional.of(filter())));
    List<String> late = steps(plan(Requests.run(config), Machines.hybrid()), Role.INIT);
    assertEquals("FilterCalls flags=4 <filter>", late.get(late.size() - 2));

    Config without = Requests.process(config, process -> process.noNewPrivileges(false));
    List<String> early = steps(plan(Requests.run(without), Machines.hybrid()), Role.INIT);
    assertTrue(early.indexOf("FilterCalls flags=4 <filter>") < early.indexOf("ChangeDirectory /"));
    assertFalse(early.contains("NoNewPrivileges"));
  }

  @Test
  void raisesOnlyAmbientCapabilitiesThatTheKernelTakes() {
    Set<Capability> kill = Set.of(Capability.CAP_KILL);
    Set<Capability> two = Set.of(Capability.CAP_KILL, Capability.CAP_CHOWN);
    Config config =
        Requests.process(
            Requests.config(),
            process ->
                process.capabilities(Optional.of(new Capabilities(two, two, kill, two, two))));
    List<String> steps = steps(plan(Requests.run(config), Machines.hybrid()), Role.INIT);
    assertTrue(steps.contains("RaiseAmbient mask=CAP_KILL"), steps.toString());

    List<String> standard =
        steps(plan(Requests.run(Requests.config()), Machines.hybrid()), Role.INIT);
    assertFalse(standard.stream().anyMatch(step -> step.startsWith("RaiseAmbient")));
  }

  @Test
  void dropsEveryCapabilityWhereNoneAreConfigured() {
    Config config =
        Requests.process(Requests.config(), process -> process.capabilities(Optional.empty()));
    List<String> steps = steps(plan(Requests.run(config), Machines.hybrid()), Role.INIT);

    assertTrue(steps.contains("BoundCapabilities"));
    assertTrue(steps.contains("SetCapabilities"));
  }

  @Test
  void killsTheProcessOfAJavaProgramThatIsGone() {
    ContainerRequest request =
        Requests.request(Requests.config(), StartMode.EMBEDDED, false, false, List.of());
    List<String> steps = steps(plan(request, Machines.hybrid()), Role.LAUNCHER);

    assertEquals("Wait init flags=2", steps.getLast());
  }

  @Test
  void relaysTheTerminalOfARunInTheForeground() {
    ContainerRequest request =
        Requests.request(
            DefaultConfig.rootful(false), StartMode.FOREGROUND, false, false, List.of());

    assertEquals(
        "Wait init flags=1", steps(plan(request, Machines.hybrid()), Role.LAUNCHER).getLast());
    assertTrue(
        steps(plan(request, Machines.hybrid()), Role.INIT)
            .contains("Send descriptor=<terminal> /dev/ptmx"));
  }

  @Test
  void aRootAboveTheGroupsCannotPutOtherFilesInTheirPlace() {
    GroupSteps groups = Machines.groups("/sys/fs/cgroup/memory/web");
    ContainerRequest above =
        Requests.request(
            mountsOf(Mount.bind("/fs/cgroup", "/srv/tasks", List.of("bind"))),
            Path.of("/sys"),
            StartMode.FOREGROUND,
            false,
            false,
            List.of());
    Plan plan = ContainerPlanner.plan(above, Machines.hybrid(), groups, filters);

    assertTrue(
        steps(plan, Role.LAUNCHER).contains("Place /sys/fs/cgroup/memory/web/cgroup.procs init"),
        "the launcher sees the host's groups whatever init has mounted");
    assertTrue(
        steps(plan, Role.INIT).stream().noneMatch(step -> step.startsWith("Enter ")),
        "what is mounted in the root lies where init would look for its groups");
  }

  private static Seccomp filter() {
    return Seccomp.of(
        SeccompAction.SCMP_ACT_ALLOW,
        OptionalInt.empty(),
        Set.of(),
        List.of(
            new Syscall(
                List.of("keyctl"), SeccompAction.SCMP_ACT_ERRNO, OptionalInt.of(1), List.of())));
  }

  private static Config mountsOf(Mount... mounts) {
    return Requests.config().toBuilder().mounts(List.of(mounts)).build();
  }

  private List<String> mounts(Mount... mounts) {
    return steps(plan(Requests.run(mountsOf(mounts)), Machines.hybrid()), Role.INIT);
  }

  private Plan plan(ContainerRequest request, Facts facts) {
    return ContainerPlanner.plan(request, facts, Machines.groups(), filters);
  }

  private static List<String> steps(Plan plan, Role role) {
    return plan.steps(role).stream().map((Step step) -> PlanText.step(step)).toList();
  }

  private static List<String> between(List<String> steps, String first, String end) {
    List<String> from = steps.stream().dropWhile(step -> !step.startsWith(first)).toList();
    return from.stream().takeWhile(step -> !step.startsWith(end)).toList();
  }
}
