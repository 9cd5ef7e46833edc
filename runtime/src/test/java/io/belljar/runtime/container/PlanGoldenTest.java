package io.belljar.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Plan;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.Facts;
import io.belljar.runtime.cgroup.GroupSteps;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.DefaultConfig;
import io.belljar.spec.config.Hook;
import io.belljar.spec.config.Hooks;
import io.belljar.spec.config.Mount;
import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.Namespace;
import io.belljar.spec.linux.NamespaceType;
import io.belljar.spec.linux.TimeOffset;
import io.belljar.spec.process.Capability;
import io.belljar.spec.process.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whole plans, as text that a reviewer reads: {@code src/test/resources/…/plans}. Written anew with
 * {@code -Dbelljar.golden=write}; read the difference before it is committed.
 */
class PlanGoldenTest {
  private static final Path PLANS =
      Path.of("src/test/resources/io/belljar/runtime/container/plans");
  private static final GroupSteps HYBRID_GROUPS =
      Machines.groups(
          "/sys/fs/cgroup/systemd/web",
          "/sys/fs/cgroup/cpu,cpuacct/web",
          "/sys/fs/cgroup/memory/user/web");
  private static final GroupSteps UNIFIED_GROUPS = Machines.groups("/sys/fs/cgroup/web");
  private final SeccompFilters filters = new SeccompFilters(Optional.empty());

  @Test
  void runsTheDefaultConfigurationOfRunc() throws IOException {
    compare("run-default", plan(Requests.run(Requests.config())));
  }

  @Test
  void createsWithATerminalForAConsoleSocket() throws IOException {
    ContainerRequest request =
        Requests.request(DefaultConfig.rootful(false), StartMode.CREATE, true, false, List.of());
    compare("create-terminal", plan(request));
  }

  @Test
  void runsInAUserNamespaceOnUnifiedGroups() throws IOException {
    List<IdMapping> maps = List.of(new IdMapping(0, 100000, 65536));
    Config config =
        Requests.linux(
            Requests.config(),
            linux ->
                linux
                    .namespaces(
                        with(
                            Requests.config(),
                            Namespace.created(NamespaceType.USER),
                            Namespace.created(NamespaceType.CGROUP)))
                    .uidMappings(maps)
                    .gidMappings(maps));
    config = Requests.process(config, process -> process.oomScoreAdj(OptionalInt.of(100)));
    config = withMounts(config, Mount.bind("/data", "data", List.of("rbind", "rprivate", "ro")));
    compare(
        "run-user-namespace",
        ContainerPlanner.plan(Requests.run(config), Machines.unified(), UNIFIED_GROUPS, filters));
  }

  @Test
  void joinsNamespacesByPath() throws IOException {
    Config config =
        Requests.linux(
            Requests.config(),
            linux ->
                linux.namespaces(
                    List.of(
                        Namespace.created(NamespaceType.MOUNT),
                        Namespace.joined(NamespaceType.USER, "/proc/41/ns/user"),
                        Namespace.joined(NamespaceType.NETWORK, "/run/netns/pod"),
                        Namespace.joined(NamespaceType.IPC, "/proc/41/ns/ipc"),
                        Namespace.created(NamespaceType.PID))));
    config = config.toBuilder().hostname(Optional.empty()).build();
    compare("run-joined-namespaces", plan(Requests.run(config)));
  }

  @Test
  void putsAnInitBeforeTheCommand() throws IOException {
    ContainerRequest request =
        Requests.request(
            DefaultConfig.rootful(false),
            StartMode.FOREGROUND,
            false,
            true,
            List.of("finish", "web"));
    compare("run-init", plan(request));
  }

  @Test
  void runsEveryKindOfHookAndKernelSetting() throws IOException {
    Hook hook = new Hook("/usr/bin/hook", List.of(), List.of("A=b"), OptionalInt.of(5));
    List<Hook> one = List.of(hook);
    Config config =
        Requests.linux(
            Requests.config(),
            linux ->
                linux
                    .namespaces(with(Requests.config(), Namespace.created(NamespaceType.TIME)))
                    .timeOffsets(Map.of(TimeOffset.Clock.BOOTTIME, new TimeOffset(86400, 7)))
                    .sysctl(Map.of("net.ipv4.ip_forward", "1")));
    config = config.toBuilder().hooks(new Hooks(one, one, one, one, one, one)).build();
    compare("run-hooks", plan(Requests.run(config)));
  }

  @Test
  void leavesAMonitorBehind() throws IOException {
    ContainerRequest request =
        Requests.request(Requests.config(), StartMode.MONITORED, false, false, List.of());
    compare("run-monitored", plan(request));
  }

  @Test
  void executesInARunningContainer() throws IOException {
    compare("exec", exec(false, Machines.hybrid(), HYBRID_GROUPS));
  }

  @Test
  void executesWithATerminalUnderAppArmor() throws IOException {
    compare("exec-terminal", exec(true, Machines.unified(), UNIFIED_GROUPS));
  }

  private Plan exec(boolean terminal, Facts facts, GroupSteps groups) {
    Config config = Requests.config();
    ExecOptions options =
        new ExecOptions(
            List.of("id"),
            Optional.of("/tmp"),
            List.of("EXTRA=1"),
            Optional.of(User.of(1, 0)),
            List.of(7L),
            List.of(Capability.CAP_CHOWN),
            terminal,
            false,
            terminal ? Optional.of("web-profile") : Optional.empty(),
            Optional.empty());
    Set<NamespaceKind> kinds = EnumSet.allOf(NamespaceKind.class);
    kinds.remove(NamespaceKind.TIME);
    if (!terminal) {
      kinds.remove(NamespaceKind.USER);
    }
    return ExecPlanner.plan(
        new ExecRequest(
            new ContainerId("web"),
            config,
            options.applyTo(config.process().orElseThrow()),
            new ProcessIdentity(4711, 123456),
            kinds,
            Requests.ROOTFS,
            terminal,
            terminal ? Optional.of(Path.of("/run/console.sock")) : Optional.empty(),
            Optional.of(Path.of("/run/exec.pid")),
            true,
            0,
            0,
            true,
            Set.of(),
            0),
        facts,
        groups,
        filters);
  }

  private Plan plan(ContainerRequest request) {
    return ContainerPlanner.plan(request, Machines.hybrid(), HYBRID_GROUPS, filters);
  }

  private static List<Namespace> with(Config config, Namespace... more) {
    List<Namespace> namespaces = new ArrayList<>(config.linux().namespaces());
    namespaces.addAll(List.of(more));
    return namespaces;
  }

  private static Config withMounts(Config config, Mount... more) {
    List<Mount> mounts = new ArrayList<>(config.mounts());
    mounts.addAll(List.of(more));
    return config.toBuilder().mounts(mounts).build();
  }

  private static void compare(String name, Plan plan) throws IOException {
    Path file = PLANS.resolve(name + ".txt");
    String text = PlanText.of(plan);
    if ("write".equals(System.getProperty("belljar.golden"))) {
      Files.createDirectories(PLANS);
      Files.writeString(file, text);
    }
    assertEquals(Files.readString(file), text, file + " differs");
  }
}
