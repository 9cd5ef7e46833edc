package io.belljar.runtime.container;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.belljar.plan.Plan;
import io.belljar.runtime.Facts;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.DefaultConfig;
import io.belljar.spec.config.Hook;
import io.belljar.spec.config.Hooks;
import io.belljar.spec.config.Mount;
import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.linux.Namespace;
import io.belljar.spec.linux.NamespaceType;
import io.belljar.spec.linux.NetDevice;
import io.belljar.spec.linux.RootfsPropagation;
import io.belljar.spec.process.Process;
import io.belljar.spec.process.User;
import io.belljar.spec.seccomp.Seccomp;
import io.belljar.spec.seccomp.SeccompAction;
import io.belljar.spec.seccomp.Syscall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What cannot be carried out is refused before anything is done, with one line. */
class RefusalTest {
  private static final List<Namespace> NO_MOUNTS =
      List.of(Namespace.created(NamespaceType.PID), Namespace.created(NamespaceType.UTS));

  @Test
  void refusesABindMountWithoutItsSource() {
    assertMount(
        Mount.bind("/data", "/nowhere", List.of("rbind")),
        "mounts[0].source: /nowhere does not exist");
    assertMount(
        Mount.bind("/data", "/secret/x", List.of("bind")),
        "mounts[0].source: /secret/x cannot be reached");
    assertMount(
        Mount.bind("/data", "../../gone", List.of("bind")),
        "mounts[0].source: /gone does not exist");
    assertMount(
        new Mount(
            "/data", Optional.empty(), Optional.empty(), List.of("bind"), List.of(), List.of()),
        "mounts[0].source: missing: what is to be bound");
  }

  // CVE-2019-16884
  @Test
  void refusesAFalseProc() {
    assertMount(
        Mount.bind("/proc", "/srv/volume", List.of("bind")),
        "mounts[0].destination: /proc can only be a procfs, not a bind mount of /srv/volume");
    assertMount(
        Mount.of("/x/../proc/", "tmpfs", "tmpfs", List.of()),
        "mounts[0].destination: /proc can only be a procfs, not tmpfs");
  }

  @Test
  void refusesAMountInsideProc() {
    assertMount(
        Mount.bind("/proc/sys/kernel", "/srv/volume", List.of("bind")),
        "mounts[0].destination: /proc/sys/kernel is inside /proc, where nothing is mounted");
  }

  @Test
  void refusesToMountOverTheRoot() {
    assertMount(
        Mount.of("/./", "tmpfs", "tmpfs", List.of()),
        "mounts[0].destination: \"/\" is the root itself, which is not mounted over");
  }

  @Test
  void refusesAMountWithoutAType() {
    assertMount(
        new Mount("/x", Optional.empty(), Optional.of("a"), List.of(), List.of(), List.of()),
        "mounts[0].type: missing: a file system, or the option \"bind\" or \"rbind\"");
    assertMount(
        Mount.of("/x", "bind", "/srv", List.of("ro")),
        "mounts[0].type: \"bind\" needs the option \"bind\" or \"rbind\"");
  }

  @Test
  void refusesMountOptionsThatAreNotCarriedOut() {
    assertMount(
        Mount.of("/x", "tmpfs", "tmpfs", List.of("tmpcopyup")),
        "mounts[0].options: \"tmpcopyup\" is not supported yet");
    assertMount(
        Mount.bind("/x", "/srv", List.of("bind", "copy-symlink")),
        "mounts[0].options: \"copy-symlink\" is not supported yet");
    assertMount(
        Mount.of("/x", "ext4", "/dev/a", List.of("iversion")),
        "mounts[0].options: \"iversion\" is not an option of fsconfig(2)");
    assertMount(
        Mount.bind("/x", "/srv", List.of("bind", "size=1k")),
        "mounts[0].options: \"size=1k\" means nothing to a bind mount or a remount");
    assertMount(
        Mount.bind("/x", "/srv", List.of("bind", "idmap")),
        "mounts[0].options: mounts with mapped ids are not supported yet");
    IdMapping map = new IdMapping(0, 1, 1);
    assertMount(
        new Mount(
            "/x",
            Optional.of("bind"),
            Optional.of("/srv"),
            List.of("bind"),
            List.of(map),
            List.of(map)),
        "mounts[0].uidMappings: mounts with mapped ids are not supported yet");
  }

  @Test
  void refusesMountParametersThatTheKernelDoesNotTake() {
    String layers = "/l".repeat(128);
    assertMount(
        Mount.of("/x", "overlay", "overlay", List.of("lowerdir=" + layers)),
        "mounts[0].options: the value of \"lowerdir\" has 256 bytes, the kernel takes at most 255");
    assertMount(
        Mount.of("/x", "ext4", layers, List.of()),
        "mounts[0].source: 256 bytes, the kernel takes at most 255");
  }

  @Test
  void refusesWhatNeedsAMountNamespaceWithoutOne() {
    String problem = ": needs a new mount namespace, which linux.namespaces does not have";
    Config bare = withoutMounts(linux -> linux);
    assertRefused(
        bare.toBuilder().mounts(List.of(Mount.of("/x", "tmpfs", "tmpfs", List.of()))).build(),
        "mounts[0]" + problem);
    assertRefused(
        bare.toBuilder().root(new io.belljar.spec.config.Root("rootfs", true)).build(),
        "root.readonly" + problem);
    assertRefused(
        withoutMounts(linux -> linux.maskedPaths(List.of("/proc/kcore"))),
        "linux.maskedPaths" + problem);
    assertRefused(
        withoutMounts(linux -> linux.readonlyPaths(List.of("/proc/sys"))),
        "linux.readonlyPaths" + problem);
    assertRefused(
        withoutMounts(linux -> linux.rootfsPropagation(Optional.of(RootfsPropagation.PRIVATE))),
        "linux.rootfsPropagation" + problem);
  }

  @Test
  void refusesANamespaceTwice() {
    assertRefused(
        Requests.linux(
            Requests.config(),
            linux ->
                linux.namespaces(
                    List.of(
                        Namespace.created(NamespaceType.MOUNT),
                        Namespace.created(NamespaceType.PID),
                        Namespace.joined(NamespaceType.PID, "/proc/1/ns/pid")))),
        "linux.namespaces[2].type: \"pid\" is already linux.namespaces[1]");
  }

  @Test
  void refusesRangesThatAnOrdinaryUserCannotMap() {
    List<IdMapping> many = List.of(new IdMapping(0, 1000, 1), new IdMapping(1, 100_000, 65_536));
    List<IdMapping> one = List.of(new IdMapping(0, 1000, 1));
    assertThatThrownBy(() -> planAsOrdinaryUser(users(many, one)))
        .hasMessage(
            "config.json: linux.uidMappings: an ordinary user may map nobody but itself without"
                + " newuidmap, which is not installed");
    Config groups =
        Requests.process(
            users(one, one),
            process -> process.user(User.of(0, 0).withAdditionalGids(List.of(7L))));
    assertThatThrownBy(() -> planAsOrdinaryUser(groups))
        .hasMessageContaining(
            "process.user.additionalGids: an ordinary user who maps only its own group cannot set"
                + " any");
  }

  private static Plan planAsOrdinaryUser(Config config) {
    Facts all = Machines.unified();
    Facts facts =
        new Facts(all.cgroups(), all.lastCapability(), 0, all.kernel(), false, true, all.files());
    return ContainerPlanner.plan(
        Requests.run(config), facts, Machines.groups(), new SeccompFilters(Optional.empty()));
  }

  @Test
  void refusesAUserNamespaceWithoutARoot() {
    List<IdMapping> some = List.of(new IdMapping(1, 100000, 10));
    List<IdMapping> root = List.of(new IdMapping(0, 100000, 10));
    assertRefused(
        users(some, root),
        "linux.uidMappings: user 0 of the container is not mapped, which the container is set up"
            + " with");
    assertRefused(
        users(root, some),
        "linux.gidMappings: group 0 of the container is not mapped, which the container is set up"
            + " with");
    List<IdMapping> many =
        IntStream.range(0, 341).mapToObj(i -> new IdMapping(i, 100000 + i, 1)).toList();
    assertRefused(users(many, root), "linux.uidMappings: 341 ranges, the kernel takes at most 340");
  }

  @Test
  void refusesPropertiesThatAreNotCarriedOut() {
    assertUnsupported("linux.mountLabel", linux -> linux.mountLabel(Optional.of("label")));
    assertUnsupported(
        "linux.netDevices",
        linux -> linux.netDevices(Map.of("eth0", new NetDevice(Optional.empty()))));
    assertProcess(
        "process.selinuxLabel: not supported yet",
        process -> process.selinuxLabel(Optional.of("label")));
    assertProcess(
        "process.apparmorProfile: AppArmor is not enabled in this kernel",
        process -> process.apparmorProfile(Optional.of("web")));
  }

  @Test
  void refusesAgentsForSystemCalls() {
    Seccomp agent =
        new Seccomp(
            SeccompAction.SCMP_ACT_ALLOW,
            OptionalInt.empty(),
            Set.of(),
            Set.of(),
            Optional.of("/run/agent.sock"),
            Optional.empty(),
            List.of());
    assertRefused(
        Requests.linux(Requests.config(), linux -> linux.seccomp(Optional.of(agent))),
        "linux.seccomp.listenerPath: agents for system calls are not supported yet");
    Seccomp notify =
        Seccomp.of(
            SeccompAction.SCMP_ACT_ALLOW,
            OptionalInt.empty(),
            Set.of(),
            List.of(Syscall.of(SeccompAction.SCMP_ACT_NOTIFY, List.of("mount"))));
    assertRefused(
        Requests.linux(Requests.config(), linux -> linux.seccomp(Optional.of(notify))),
        "linux.seccomp.syscalls: SCMP_ACT_NOTIFY: agents for system calls are not supported yet");
  }

  @Test
  void refusesATerminalThatNobodyTakes() {
    Config config = DefaultConfig.rootful(false);
    for (StartMode mode : List.of(StartMode.CREATE, StartMode.DETACHED)) {
      assertMessage(
          Requests.request(config, mode, false, false, List.of()),
          "cannot allocate tty if belljar-oci will detach without setting console socket");
    }
  }

  @Test
  void refusesAConsoleSocketWithoutATerminalToSend() {
    String message = "cannot use console socket if belljar-oci will not detach or allocate tty";
    assertMessage(
        Requests.request(Requests.config(), StartMode.CREATE, true, false, List.of()), message);
    assertMessage(
        Requests.request(
            DefaultConfig.rootful(false), StartMode.FOREGROUND, true, false, List.of()),
        message);
  }

  @Test
  void refusesAStartContainerHookBesideAnInit() {
    List<Hook> hook = List.of(new Hook("/bin/h", List.of(), List.of(), OptionalInt.empty()));
    List<Hook> none = List.of();
    Config config =
        Requests.config().toBuilder().hooks(new Hooks(none, none, none, hook, none, none)).build();
    assertMessage(
        Requests.request(config, StartMode.FOREGROUND, false, true, List.of()),
        "config.json: hooks.startContainer: not supported together with --init");
  }

  @Test
  void refusesAConfigurationWithoutAProcess() {
    assertRefused(
        Requests.config().toBuilder().process(Optional.empty()).build(), "process: missing");
  }

  private static Config users(List<IdMapping> uids, List<IdMapping> gids) {
    return Requests.linux(
        Requests.config(),
        linux ->
            linux
                .namespaces(
                    List.of(
                        Namespace.created(NamespaceType.MOUNT),
                        Namespace.created(NamespaceType.USER)))
                .uidMappings(uids)
                .gidMappings(gids));
  }

  private static Config withoutMounts(UnaryOperator<Linux.Builder> change) {
    Config config =
        Requests.linux(
            Requests.config(),
            linux ->
                change.apply(
                    linux.namespaces(NO_MOUNTS).maskedPaths(List.of()).readonlyPaths(List.of())));
    return config.toBuilder()
        .mounts(List.of())
        .root(new io.belljar.spec.config.Root("rootfs", false))
        .build();
  }

  private static void assertUnsupported(String property, UnaryOperator<Linux.Builder> change) {
    assertRefused(Requests.linux(Requests.config(), change), property + ": not supported yet");
  }

  private static void assertProcess(String problem, UnaryOperator<Process.Builder> change) {
    assertRefused(Requests.process(Requests.config(), change), problem);
  }

  private static void assertMount(Mount mount, String problem) {
    assertRefused(Requests.config().toBuilder().mounts(List.of(mount)).build(), problem);
  }

  private static void assertRefused(Config config, String problem) {
    assertMessage(Requests.run(config), "config.json: " + problem);
  }

  private static void assertMessage(ContainerRequest request, String message) {
    InvalidRequestException refused =
        assertThrows(
            InvalidRequestException.class,
            () ->
                ContainerPlanner.plan(
                    request,
                    Machines.hybrid(),
                    Machines.groups(),
                    new SeccompFilters(Optional.empty())));
    assertEquals(message, refused.getMessage());
  }
}
