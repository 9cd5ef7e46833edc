package io.belljar.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.CallFilter;
import io.belljar.Device;
import io.belljar.InvalidIsolationException;
import io.belljar.Isolation;
import io.belljar.Mount;
import io.belljar.Root;
import io.belljar.Sharing;
import io.belljar.Ulimit;
import io.belljar.linux.Capability;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.HostFiles;
import io.belljar.runtime.user.PasswordFile;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.ConfigValidator;
import io.belljar.spec.config.ConfigWriter;
import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.Namespace;
import io.belljar.spec.linux.NamespaceType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssemblyTest {
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final Root ROOT = Root.directory(Path.of("/srv/root"));

  private static final HostDevice FUSE =
      new HostDevice(Path.of("/dev/fuse"), false, 10, 229, 0600, 0, 0);

  private static final HostDevice.Source DEVICES =
      new HostDevice.Source() {
        @Override
        public List<HostDevice> at(Path path) {
          return path.equals(FUSE.path()) ? List.of(FUSE) : List.of();
        }

        @Override
        public List<HostDevice> all() {
          return List.of(FUSE);
        }
      };

  private static Situation situation() {
    return situation(Optional.empty());
  }

  private static Situation situation(Optional<OrdinaryUser> ordinary) {
    String passwd = "root:x:0:0::/root:/bin/sh\nann:x:1000:1001::/home/ann:/bin/sh\n";
    String group = "root:x:0:\nann:x:1001:\naudio:x:29:ann\n";
    return new Situation(
        new ContainerId(ID),
        Path.of("/srv/root"),
        PasswordFile.of(Optional.of(bytes(passwd)), Optional.of(bytes(group))),
        TestFacts.with(HostFiles.Kind.DIRECTORY),
        4,
        true,
        ordinary,
        DEVICES,
        name -> name.equals("web") ? OptionalInt.of(77) : OptionalInt.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Isolation.Builder command() {
    return Isolation.of(ROOT, "sh", "-c", "exit 0");
  }

  private static Config config(Isolation.Builder isolation) {
    Config config = Assembly.config(isolation.build(), situation());
    assertThat(ConfigValidator.validate(config, "config.json")).isEmpty();
    return config;
  }

  private static String problem(Isolation.Builder isolation) {
    try {
      Assembly.config(isolation.build(), situation());
      return "none";
    } catch (InvalidIsolationException e) {
      return e.getMessage();
    }
  }

  /** Without the filter, which has a test of its own and would be nine tenths of it. */
  @Test
  void givesDockersConfiguration() throws IOException {
    var isolation =
        command()
            .privileges(p -> p.calls(CallFilter.UNCONFINED))
            .user("ann")
            .env("A", "b")
            .limits(l -> l.memory(64 << 20).cpus(1.5).cpuset("0-1").processes(100))
            .mount(Mount.readOnly(Path.of("/srv/data"), "/data/deep"))
            .mount(Mount.temporary("/data", "size=1m", "exec"))
            .ulimit(new Ulimit("nofile", 1024, 2048))
            .device(Device.of(Path.of("/dev/fuse")));
    String text = ConfigWriter.write(config(isolation)) + "\n";
    Path expected = Path.of("src/test/resources/io/belljar/assembly/docker-defaults.json");
    if (Boolean.getBoolean("belljar.golden.write")) {
      Files.writeString(expected, text);
    }
    try (InputStream in = Files.newInputStream(expected)) {
      assertThat(text).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void filtersSystemCallsByDefault() {
    assertThat(config(command()).linux().seccomp()).isPresent();
  }

  @Test
  void namesTheHostAfterTheContainerUnlessToldOtherwise() {
    assertThat(config(command()).hostname()).contains("0123456789ab");
    assertThat(config(command().name("web")).hostname()).contains("web");
    assertThat(config(command().name("web").hostname("x")).hostname()).contains("x");
    assertThat(config(command().name("w".repeat(70))).hostname()).contains("w".repeat(63));
  }

  @Test
  void leavesTheHostNameOfOthersAlone() {
    var shared = command().namespaces(n -> n.uts(Sharing.HOST));
    assertThat(config(shared).hostname()).isEmpty();
    assertThat(problem(shared.hostname("x")))
        .isEqualTo("hostname: \"x\" would be that of others too (--uts)");
  }

  @Test
  void joinsTheNamespacesOfAContainerThatRuns() {
    var isolation = command().namespaces(n -> n.network(Sharing.container("web")));
    assertThat(config(isolation).linux().namespaces())
        .contains(Namespace.joined(NamespaceType.NETWORK, "/proc/77/ns/net"));
    assertThat(problem(command().namespaces(n -> n.pid(Sharing.container("db")))))
        .isEqualTo("pid: container:db: no such container runs");
  }

  @Test
  void mapsUsersOnlyInAUserNamespaceOfItsOwn() {
    assertThat(config(command()).linux().uidMappings()).isEmpty();
    var isolated = config(command().namespaces(n -> n.user(Sharing.PRIVATE))).linux();
    assertThat(isolated.namespaces()).contains(Namespace.created(NamespaceType.USER));
    assertThat(isolated.uidMappings()).hasSize(1);
  }

  @Test
  void addsAndDropsCapabilitiesAsDockerDoes() {
    var all = List.of(Capability.values());
    assertThat(bounding(command().privileges(p -> p.drop(all)))).isEmpty();
    assertThat(bounding(command().privileges(p -> p.drop(all).add(List.of(Capability.CAP_KILL)))))
        .containsExactly("CAP_KILL");
    assertThat(bounding(command().privileges(p -> p.add(all).drop(List.of(Capability.CAP_KILL)))))
        .hasSize(40)
        .doesNotContain("CAP_KILL");
    assertThat(bounding(command())).hasSize(14);
  }

  private static List<String> bounding(Isolation.Builder isolation) {
    return config(isolation)
        .process()
        .orElseThrow()
        .capabilities()
        .orElseThrow()
        .bounding()
        .stream()
        .map(Enum::name)
        .toList();
  }

  @Test
  void leavesNothingInheritable() {
    var sets = config(command()).process().orElseThrow().capabilities().orElseThrow();
    assertThat(sets.inheritable()).isEmpty();
    assertThat(sets.ambient()).isEmpty();
  }

  @Test
  void hidesNothingFromWhatIsPrivileged() {
    var linux = config(command().privileges(p -> p.everything())).linux();
    assertThat(linux.maskedPaths()).isEmpty();
    assertThat(linux.seccomp()).isEmpty();
    assertThat(linux.devices()).extracting(device -> device.path()).containsExactly("/dev/fuse");
  }

  @Test
  void limitsSwapToAsMuchAsMemoryWhereItIsCounted() {
    var memory = config(command().limits(l -> l.memory(64 << 20))).linux().resources().memory();
    assertThat(memory.swap()).isEqualTo(OptionalLong.of(128 << 20));
  }

  @Test
  void refusesLimitsThatMakeNoSense() {
    assertThat(problem(command().limits(l -> l.memory(1024))))
        .isEqualTo("memory: the least is 6m, as nothing runs in less");
    assertThat(problem(command().limits(l -> l.memoryAndSwap(1 << 30))))
        .isEqualTo("memory-swap: counts memory and swap together, so it needs --memory, too");
    assertThat(problem(command().limits(l -> l.memory(64 << 20).memoryAndSwap(32 << 20))))
        .isEqualTo(
            "memory-swap: 33554432 bytes are less than --memory alone, 67108864; swap is counted on"
                + " top");
    assertThat(problem(command().limits(l -> l.cpus(4.5))))
        .isEqualTo("cpus: 4.5 is not from 0.01 to 4, the number of processors here");
    assertThat(problem(command().limits(l -> l.cpus(Double.NaN)))).startsWith("cpus: NaN is not");
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThat(problem(command().user("bob")))
        .isEqualTo("user: unable to find user bob: no matching entries in passwd file");
    assertThat(problem(command().device(Device.of(Path.of("/dev/none")))))
        .isEqualTo("device: /dev/none is neither a device nor a directory with devices");
    assertThat(problem(command().ulimit(new Ulimit("files", 1, 1))))
        .isEqualTo("ulimit: \"files\" is not a limit, such as nofile");
    assertThat(problem(command().ulimit(new Ulimit("nofile", -1, 5))))
        .isEqualTo("ulimit: nofile: the soft limit -1 is above the hard one, 5");
  }

  @Test
  void refusesPathsThatAreNotAbsolute() {
    assertThat(problem(command().workingDirectory("x")))
        .isEqualTo("workdir: \"x\" is not an absolute path");
    assertThat(problem(command().mount(Mount.temporary("x"))))
        .isEqualTo("tmpfs: \"x\" is not an absolute path in the container");
    assertThat(problem(command().mount(Mount.bind(Path.of("/srv"), "/x/.."))))
        .isEqualTo("volume: \"/\" is the root itself");
  }

  @Test
  void replacesAMountOfDockersByOneAtTheSamePlace() {
    var mounts = config(command().mount(Mount.temporary("/dev/shm/", "size=1g"))).mounts();
    assertThat(mounts)
        .filteredOn(mount -> mount.destination().equals("/dev/shm"))
        .singleElement()
        .satisfies(mount -> assertThat(mount.options()).contains("size=1g"));
  }

  @Test
  void readsDockersFormOfASeccompProfile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("profile.json");
    Files.writeString(
        file,
        """
        {"defaultAction": "SCMP_ACT_ERRNO",
         "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]},
                     {"architecture": "SCMP_ARCH_AARCH64", "subArchitectures": ["SCMP_ARCH_ARM"]}],
         "syscalls": [
           {"names": ["read"], "action": "SCMP_ACT_ALLOW"},
           {"names": ["mount"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN"]}},
           {"names": ["clone"], "action": "SCMP_ACT_ALLOW", "excludes": {"caps": ["CAP_SYS_ADMIN"]}},
           {"names": ["ptrace"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "4.8"}},
           {"names": ["future"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "99.0"}}]}
        """);
    var filter =
        config(command().privileges(p -> p.calls(CallFilter.profile(file))))
            .linux()
            .seccomp()
            .orElseThrow();
    assertThat(filter.syscalls())
        .extracting(rule -> rule.names().getFirst())
        .containsExactly("read", "clone", "ptrace");
    assertThat(filter.architectures()).hasSize(2);
    assertThat(problem(command().privileges(p -> p.calls(CallFilter.profile(directory)))))
        .isEqualTo("security-opt: seccomp=" + directory + ": there is no such file");
  }

  @Test
  void refusesADescriptionWithoutACommand() {
    assertThatThrownBy(() -> Isolation.of(ROOT).build())
        .isInstanceOf(InvalidIsolationException.class)
        .hasMessage("command: is missing");
  }

  private static Config ordinary(Isolation.Builder isolation) {
    return Assembly.config(
        isolation.build(), situation(Optional.of(OrdinaryUser.alone(1000, 1000))));
  }

  private static io.belljar.spec.config.Mount mount(Config config, String destination) {
    return config.mounts().stream()
        .filter(mount -> mount.destination().equals(destination))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anOrdinaryUserIsRootInAUserNamespaceOfItsOwn() {
    Config config = ordinary(Isolation.of(ROOT, "true"));
    assertThat(config.linux().namespaces()).contains(Namespace.created(NamespaceType.USER));
    assertThat(config.linux().uidMappings()).containsExactly(new IdMapping(0, 1000, 1));
    assertThat(config.linux().gidMappings()).containsExactly(new IdMapping(0, 1000, 1));
    assertThat(config.process().orElseThrow().user().additionalGids()).isEmpty();
    assertThat(mount(config, "/dev/pts").options()).noneMatch(text -> text.startsWith("gid="));
    assertThat(mount(config, "/sys").type()).contains("sysfs");
  }

  @Test
  void anOrdinaryUserSeesTheHostsMountsOfWhatItSharesWithTheHost() {
    Config config =
        ordinary(
            Isolation.of(ROOT, "true")
                .namespaces(all -> all.network(Sharing.HOST).pid(Sharing.HOST).ipc(Sharing.HOST)));
    assertThat(mount(config, "/sys").options()).contains("rbind", "rro", "rnosuid");
    assertThat(mount(config, "/proc").source()).contains("/proc");
    assertThat(mount(config, "/dev/mqueue").options()).contains("rbind");
  }

  @Test
  void anOrdinaryUsersDevicesAreTheHosts() {
    Config config =
        ordinary(Isolation.of(ROOT, "true").device(new Device(FUSE.path(), "/dev/other", "rwm")));
    assertThat(config.linux().devices()).isEmpty();
    assertThat(mount(config, "/dev/other").source()).contains("/dev/fuse");
    assertThatThrownBy(() ->
            ordinary(Isolation.of(ROOT, "true").device(new Device(FUSE.path(), "/dev/x", "r"))))
        .hasMessageContaining("what the device's own permissions allow, only root can take away");
  }

  @Test
  void anOrdinaryUserCanBecomeNobodyWhoIsNotMapped() {
    assertThatThrownBy(
            () -> ordinary(Isolation.of(ROOT, "true").namespaces(n -> n.user(Sharing.HOST))))
        .hasMessageStartingWith("userns: host: only root can start a container without users");
    assertThatThrownBy(() -> ordinary(Isolation.of(ROOT, "true").user("ann")))
        .isInstanceOf(InvalidIsolationException.class)
        .hasMessageStartingWith("user: user 1000 is none that you may use");
  }

  @Test
  void anOrdinaryUserWithRangesHasOtherUsersAndGroups() {
    var maps = List.of(new IdMapping(0, 1000, 1), new IdMapping(1, 100_000, 65_536));
    Config config =
        Assembly.config(
            Isolation.of(ROOT, "true").user("ann").build(),
            situation(Optional.of(new OrdinaryUser(maps, maps))));
    assertThat(config.linux().uidMappings()).isEqualTo(maps);
    assertThat(config.process().orElseThrow().user().additionalGids()).contains(1001L, 29L);
    assertThat(mount(config, "/dev/pts").options()).contains("gid=5");
  }
}
