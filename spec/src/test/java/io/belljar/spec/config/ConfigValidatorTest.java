package io.belljar.spec.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.Linux;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigValidatorTest {
  private static final String MOUNT_NAMESPACE = "\"namespaces\": [{\"type\": \"mount\"}]";

  private static List<String> validate(Config config) {
    return ConfigValidator.validate(config, "config.json");
  }

  private static void assertRefused(Config config, String message) {
    assertThatThrownBy(() -> validate(config))
        .isInstanceOf(InvalidDocumentException.class)
        .hasMessage("config.json: " + message);
  }

  private static Config mount(String mount) {
    return Documents.config(
        "\"process\": " + Documents.PROCESS,
        "\"mounts\": [" + mount + "]",
        "\"linux\": {" + MOUNT_NAMESPACE + "}");
  }

  @Test
  void acceptsTheSmallestConfiguration() {
    assertThat(validate(Documents.process())).isEmpty();
  }

  @Test
  void rejectsAConfigurationWithoutProcess() {
    assertRefused(Documents.config(), "process: is required, but missing");
  }

  @Test
  void rejectsHostnameWithoutUtsNamespace() {
    String problem = "\"chen\" needs a namespace of its own: linux.namespaces has no uts";
    String process = "\"process\": " + Documents.PROCESS;
    assertRefused(Documents.config(process, "\"hostname\": \"chen\""), "hostname: " + problem);
    assertRefused(Documents.config(process, "\"domainname\": \"chen\""), "domainname: " + problem);
    assertThat(
            validate(
                Documents.config(
                    process,
                    "\"hostname\": \"chen\"",
                    "\"linux\": {\"namespaces\": [{\"type\": \"uts\", \"path\": \"/a\"}]}")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "maskedPaths": ["/proc/kcore"]        | maskedPaths[0]: "/proc/kcore" needs a namespace of its own: linux.namespaces has no mount
          "readonlyPaths": ["/proc/sys"]        | readonlyPaths[0]: "/proc/sys" needs a namespace of its own: linux.namespaces has no mount
          "rootfsPropagation": "slave"          | rootfsPropagation: "slave" needs a namespace of its own: linux.namespaces has no mount
          "netDevices": {"eth0": {}}            | netDevices.eth0: an interface needs a namespace of its own: linux.namespaces has no network
          "timeOffsets": {"boottime": {}}       | timeOffsets: an offset of a clock needs a namespace of its own: linux.namespaces has no time
          "uidMappings": [{"containerID": 0, "hostID": 0, "size": 1}] | uidMappings: a mapping of users needs a namespace of its own: linux.namespaces has no user
          "gidMappings": [{"containerID": 0, "hostID": 0, "size": 1}] | gidMappings: a mapping of groups needs a namespace of its own: linux.namespaces has no user
          """)
  void rejectsPropertiesWithoutTheirNamespace(String member, String message) {
    assertRefused(Documents.linux(member), "linux." + message);
  }

  @Test
  void rejectsMountsWithoutMountNamespace() {
    assertRefused(
        Documents.config(
            "\"process\": " + Documents.PROCESS,
            "\"mounts\": [{\"destination\": \"/t\", \"type\": \"tmpfs\"}]"),
        "mounts[0]: a mount on \"/t\" needs a namespace of its own: linux.namespaces has no mount");
  }

  @Test
  void rejectsANewUserNamespaceWithoutMappings() {
    String user = "\"namespaces\": [{\"type\": \"user\"}]";
    String mapping = "[{\"containerID\": 0, \"hostID\": 1, \"size\": 1}]";
    assertRefused(Documents.linux(user), "linux.uidMappings: is required for a new user namespace");
    assertRefused(
        Documents.linux(user, "\"uidMappings\": " + mapping),
        "linux.gidMappings: is required for a new user namespace");
    assertThat(
            validate(
                Documents.linux(
                    user, "\"uidMappings\": " + mapping, "\"gidMappings\": " + mapping)))
        .isEmpty();
  }

  @Test
  void acceptsMappingsOfAUserNamespaceThatIsJoined() {
    String joined = "\"namespaces\": [{\"type\": \"user\", \"path\": \"/proc/7/ns/user\"}]";
    String mapping = "[{\"containerID\": 0, \"hostID\": 1, \"size\": 1}]";
    assertThat(validate(Documents.linux(joined))).isEmpty();
    assertThat(
            validate(
                Documents.linux(
                    joined, "\"uidMappings\": " + mapping, "\"gidMappings\": " + mapping)))
        .isEmpty();
  }

  @Test
  void rejectsTimeOffsetsOfANamespaceThatIsJoined() {
    assertRefused(
        Documents.linux(
            "\"namespaces\": [{\"type\": \"time\", \"path\": \"/a\"}]",
            "\"timeOffsets\": {\"boottime\": {\"secs\": 1}}"),
        "linux.timeOffsets: cannot be set for a time namespace that is joined by its path");
  }

  @Test
  void rejectsTwoInterfacesOfOneName() {
    assertRefused(
        Documents.linux(
            "\"namespaces\": [{\"type\": \"network\"}]",
            "\"netDevices\": {\"eth0\": {\"name\": \"net\"}, \"net\": {}}"),
        "linux.netDevices.net: \"net\" is the name of \"eth0\" in the container already");
  }

  @Test
  void rejectsMappingsThatOverlap() {
    String ranges =
        "[{\"containerID\": %d, \"hostID\": %d, \"size\": 10},"
            + " {\"containerID\": 0, \"hostID\": 100, \"size\": 10}]";
    String user = "\"namespaces\": [{\"type\": \"user\"}]";
    String groups = "\"gidMappings\": [{\"containerID\": 0, \"hostID\": 0, \"size\": 1}]";
    assertRefused(
        Documents.linux(user, groups, "\"uidMappings\": " + ranges.formatted(9, 0)),
        "linux.uidMappings: the ranges at containerID 0 (size 10) and 9 overlap");
    assertRefused(
        Documents.linux(user, groups, "\"uidMappings\": " + ranges.formatted(10, 95)),
        "linux.uidMappings: the ranges at hostID 95 (size 10) and 100 overlap");
    assertThat(
            validate(Documents.linux(user, groups, "\"uidMappings\": " + ranges.formatted(10, 90))))
        .isEmpty();
  }

  @Test
  void rejectsMoreRangesThanTheKernelTakes() {
    List<IdMapping> ranges = IntStream.range(0, 341).mapToObj(i -> new IdMapping(i, i, 1)).toList();
    Config config =
        Documents.linux(
            "\"namespaces\": [{\"type\": \"user\"}]",
            "\"uidMappings\": [{\"containerID\": 0, \"hostID\": 0, \"size\": 1}]",
            "\"gidMappings\": [{\"containerID\": 0, \"hostID\": 0, \"size\": 1}]");
    Linux linux = config.linux().toBuilder().uidMappings(ranges).build();
    assertRefused(
        config.toBuilder().linux(linux).build(),
        "linux.uidMappings: has 341 ranges; the kernel takes at most 340");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"uid": 1, "gid": 0}                          | process.user.uid: 1 is not mapped by linux.uidMappings
          {"uid": 0, "gid": 7}                          | process.user.gid: 7 is not mapped by linux.gidMappings
          {"uid": 0, "gid": 0, "additionalGids": [0, 5]} | process.user.additionalGids[1]: 5 is not mapped by linux.gidMappings
          """)
  void rejectsUsersThatAreNotMapped(String user, String message) {
    String mapping = "[{\"containerID\": 0, \"hostID\": 1000, \"size\": 1}]";
    assertRefused(
        Documents.config(
            "\"process\": {\"args\": [\"sh\"], \"cwd\": \"/\", \"user\": " + user + "}",
            "\"linux\": {\"namespaces\": [{\"type\": \"user\"}], \"uidMappings\": "
                + mapping
                + ", \"gidMappings\": "
                + mapping
                + "}"),
        message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "net.ipv4.ip_forward",
        "net/ipv4/conf/eno2.100/rp_filter",
        "kernel.shmmax",
        "kernel/msgmax",
        "fs.mqueue.msg_max",
        "kernel.domainname"
      })
  void acceptsParametersOfOwnNamespaces(String key) {
    assertThat(
            validate(
                Documents.linux(
                    "\"namespaces\": [{\"type\": \"network\"}, {\"type\": \"ipc\"}, {\"type\":"
                        + " \"uts\"}]",
                    "\"sysctl\": {\"" + key + "\": \"1 2\"}")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          net.ipv4.ip_forward  | the parameter needs a namespace of its own: linux.namespaces has no network
          kernel.shmmax        | the parameter needs a namespace of its own: linux.namespaces has no ipc
          fs.mqueue.msg_max    | the parameter needs a namespace of its own: linux.namespaces has no ipc
          kernel.domainname    | the parameter needs a namespace of its own: linux.namespaces has no uts
          kernel.hostname      | is set by the property hostname
          kernel.core_pattern  | belongs to no namespace, so it would change the host
          vm.swappiness        | belongs to no namespace, so it would change the host
          net/../kernel/core_pattern | is not the name of a kernel parameter
          net.a+kernel.core_pattern  | is not the name of a kernel parameter
          a                    | is not the name of a kernel parameter
          """)
  void rejectsParametersOfTheHost(String key, String problem) {
    assertThatThrownBy(() -> validate(Documents.linux("\"sysctl\": {\"" + key + "\": \"1\"}")))
        .isInstanceOfSatisfying(
            InvalidDocumentException.class,
            e -> {
              assertThat(e.path())
                  .isEqualTo(key.equals("a") ? "linux.sysctl.a" : "linux.sysctl[\"" + key + "\"]");
              assertThat(e.problem()).isEqualTo(problem);
            });
  }

  @Test
  void rejectsASecondParameterInAValue() {
    String network = "\"namespaces\": [{\"type\": \"network\"}]";
    assertRefused(
        Documents.linux(network, "\"sysctl\": {\"net.a\": \"1+kernel.core_pattern=|/x\"}"),
        "linux.sysctl[\"net.a\"]: \"1+kernel.core_pattern=|/x\" is not a value of a kernel"
            + " parameter");
    assertRefused(
        Documents.linux(network, "\"sysctl\": {\"net.a\": \"1\\nkernel.core_pattern=x\"}"),
        "linux.sysctl[\"net.a\"]: \"1\\nkernel.core_pattern=x\" is not a value of a kernel"
            + " parameter");
  }

  @Test
  void rejectsNetworkParametersInTheHostsNamespace() {
    Config config =
        Documents.linux(
            "\"namespaces\": [{\"type\": \"network\", \"path\": \"/proc/1/ns/net\"}]",
            "\"sysctl\": {\"net.a\": \"1\"}");
    assertThat(validate(config)).isEmpty();
    assertThatThrownBy(
            () -> ConfigValidator.validate(config, "config.json", "/proc/1/ns/net"::equals))
        .hasMessage(
            "config.json: linux.sysctl[\"net.a\"]: \"/proc/1/ns/net\" is the host's network"
                + " namespace");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"destination": "/a", "options": ["rbind"]}                          | .source: is required for a bind mount
          {"destination": "/a", "source": "/b"}                                | .type: is required, unless the options have bind or rbind
          {"destination": "/a", "source": "/b", "type": "bind"}                | .options: must have bind or rbind, since the type is "bind"
          {"destination": "/proc", "type": "tmpfs"}                            | .type: "tmpfs" cannot be mounted on /proc, only proc
          {"destination": "//x/../proc/", "type": "tmpfs"}                     | .type: "tmpfs" cannot be mounted on /proc, only proc
          {"destination": "/proc/sys", "type": "tmpfs"}                        | .destination: "/proc/sys" is inside /proc, where nothing is mounted
          {"destination": "proc/self", "source": "/x", "options": ["bind"]}    | .destination: "proc/self" is inside /proc, where nothing is mounted
          {"destination": "/t", "type": "tmpfs", "options": ["idmap"]}         | : only a bind mount can be idmapped
          {"destination": "/t", "source": "/x", "options": ["bind", "ridmap"]} | .uidMappings: is required for an idmapped mount without a user namespace
          {"destination": "/t", "source": "/x", "options": ["bind"], "uidMappings": [{"containerID": 0, "hostID": 1, "size": 1}]} | .gidMappings: is required for an idmapped mount with uidMappings
          """)
  void rejectsMountsThatCannotBeMade(String mount, String message) {
    assertRefused(mount(mount), "mounts[0]" + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"destination\": \"/proc\", \"type\": \"proc\", \"source\": \"proc\"}",
        "{\"destination\": \"/proc\", \"type\": \"bind\", \"source\": \"/proc\", \"options\":"
            + " [\"rbind\"]}",
        "{\"destination\": \"/proc/uptime\", \"type\": \"bind\", \"source\": \"/x\", \"options\":"
            + " [\"bind\"]}",
        "{\"destination\": \"/process\", \"type\": \"tmpfs\"}",
        "{\"destination\": \"/a\", \"options\": [\"remount\", \"ro\"]}",
      })
  void acceptsMountsThatCanBeMade(String mount) {
    assertThat(validate(mount(mount))).isEmpty();
  }

  @Test
  void warnsOfARelativeDestination() {
    assertThat(validate(mount("{\"destination\": \"a/b\", \"type\": \"tmpfs\"}")))
        .containsExactly(
            "config.json: mounts[0].destination: \"a/b\" is not an absolute path, which is"
                + " deprecated; \"/a/b\" is used");
  }

  @Test
  void warnsOfPersonalityFlags() {
    assertThat(
            validate(
                Documents.linux("\"personality\": {\"domain\": \"LINUX\", \"flags\": [\"X\"]}")))
        .containsExactly(
            "config.json: linux.personality.flags: is ignored: the specification defines no flag");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/proc/self/fd/7",
        "/proc/self/fd/7/../../..",
        "/proc/self/fd",
        "//proc/./self/fd/7",
        "/proc/thread-self/fd/3",
        "/proc/1/fd/9",
        "/proc/1/task/1/fd/9",
        "/dev/fd/8"
      })
  void rejectsAWorkingDirectoryThroughADescriptor(String cwd) {
    Config config = Documents.config("\"process\": {\"args\": [\"sh\"], \"cwd\": \"" + cwd + "\"}");
    if (cwd.contains("..")) {
      // Its text leads to /proc; where it really leads is checked when the process is there.
      assertThat(validate(config)).isEmpty();
    } else {
      assertRefused(config, "process.cwd: \"" + cwd + "\" leads through a file descriptor");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "capabilities": {"effective": ["CAP_KILL"]} | capabilities.effective: CAP_KILL is not in permitted
          "rlimits": [{"type": "RLIMIT_CPU", "hard": 1, "soft": 1}, {"type": "RLIMIT_CPU", "hard": 1, "soft": 1}] | rlimits[1].type: "RLIMIT_CPU" is there already
          "rlimits": [{"type": "RLIMIT_CPU", "hard": 1, "soft": 18446744073709551615}] | rlimits[0].soft: 18446744073709551615 is above the hard limit, 1
          "scheduler": {"policy": "SCHED_OTHER", "nice": 20} | scheduler.nice: 20 is out of range (-20 to 19)
          "scheduler": {"policy": "SCHED_BATCH", "priority": 5} | scheduler.priority: 5 is only for SCHED_FIFO and SCHED_RR, not SCHED_BATCH
          "scheduler": {"policy": "SCHED_FIFO", "runtime": 5} | scheduler: runtime, deadline and period are only for SCHED_DEADLINE, not SCHED_FIFO
          """)
  void rejectsProcessesThatCannotBeMade(String member, String message) {
    Config config = Documents.process(member);
    assertRefused(config, "process." + message);
    assertThatThrownBy(
            () -> ConfigValidator.validateProcess(config.process().orElseThrow(), "p.json"))
        .hasMessage("p.json: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"defaultAction": "SCMP_ACT_NOTIFY"}                              | defaultAction: "SCMP_ACT_NOTIFY" cannot be the default action
          {"defaultAction": "SCMP_ACT_ALLOW", "listenerMetadata": "x"}      | listenerMetadata: needs a listenerPath
          {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["open"], "action": "SCMP_ACT_NOTIFY"}]} | listenerPath: is required, since a rule has SCMP_ACT_NOTIFY
          {"defaultAction": "SCMP_ACT_ALLOW", "listenerPath": "/a", "syscalls": [{"names": ["open", "write"], "action": "SCMP_ACT_NOTIFY"}]} | syscalls[0]: "SCMP_ACT_NOTIFY" cannot be used for write
          """)
  void rejectsFiltersThatNobodyAnswers(String seccomp, String message) {
    assertRefused(Documents.linux("\"seccomp\": " + seccomp), "linux.seccomp." + message);
  }

  @Test
  void rejectsSwapBelowMemory() {
    assertRefused(
        Documents.linux("\"resources\": {\"memory\": {\"limit\": 100, \"swap\": 50}}"),
        "linux.resources.memory.swap: 50 (memory and swap together) is below the limit of memory"
            + " alone, 100");
    assertThat(
            validate(
                Documents.linux("\"resources\": {\"memory\": {\"limit\": 100, \"swap\": -1}}")))
        .isEmpty();
  }

  @Test
  void rejectsABandwidthSchemaOfSeveralLines() {
    assertRefused(
        Documents.linux("\"intelRdt\": {\"memBwSchema\": \"MB:0=1\\nL3:0=1\"}"),
        "linux.intelRdt.memBwSchema: \"MB:0=1\\nL3:0=1\" is not one line that starts with MB:");
  }

  @Test
  void rejectsUnknownSystemdProperties() {
    String process = "\"process\": " + Documents.PROCESS;
    assertRefused(
        Documents.config(
            process, "\"annotations\": {\"org.systemd.property.ExecStopPost\": \"/x\"}"),
        "annotations[\"org.systemd.property.ExecStopPost\"]: \"ExecStopPost\" is not a systemd"
            + " property that may be set");
    assertRefused(
        Documents.config(
            process,
            "\"annotations\": {\"org.systemd.property.Description\": \"a\\nExecStopPost=/x\"}"),
        "annotations[\"org.systemd.property.Description\"]: \"a\\nExecStopPost=/x\" is not a value"
            + " of a systemd property");
    assertThat(
            validate(
                Documents.config(
                    process,
                    "\"annotations\": {\"org.systemd.property.CollectMode\":"
                        + " \"'inactive-or-failed'\"}")))
        .isEmpty();
  }
}
