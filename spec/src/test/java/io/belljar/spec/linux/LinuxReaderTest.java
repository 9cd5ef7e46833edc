package io.belljar.spec.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonReader;
import io.belljar.spec.resources.Pids;
import io.belljar.spec.resources.Resources;
import io.belljar.spec.seccomp.Seccomp;
import io.belljar.spec.seccomp.SeccompAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxReaderTest {
  private static Linux read(String text) {
    return LinuxReader.read(JsonReader.readNode(text.getBytes(StandardCharsets.UTF_8), "l.json"));
  }

  @Test
  void readsEveryProperty() {
    Linux linux =
        read(
            """
            {"namespaces": [{"type": "pid"}, {"type": "network", "path": "/run/netns/a"},
                            {"type": "mount"}, {"type": "ipc"}, {"type": "uts"}, {"type": "user"},
                            {"type": "cgroup"}, {"type": "time", "path": ""}],
             "uidMappings": [{"containerID": 0, "hostID": 1000, "size": 4294966295}],
             "gidMappings": [{"containerID": 1, "hostID": 2, "size": 3}],
             "timeOffsets": {"monotonic": {"secs": -5, "nanosecs": 999999999}, "boottime": {}},
             "devices": [{"path": "/dev/fuse", "type": "c", "major": 10, "minor": 229,
                          "fileMode": 8576, "uid": 1, "gid": 2},
                         {"path": "/dev/pipe", "type": "p"}],
             "cgroupsPath": "/a/b",
             "resources": {"pids": {"limit": 3}},
             "rootfsPropagation": "rslave",
             "seccomp": {"defaultAction": "SCMP_ACT_ALLOW"},
             "sysctl": {"net.ipv4.ip_forward": "1"},
             "maskedPaths": ["/proc/kcore"], "readonlyPaths": ["/proc/sys"],
             "mountLabel": "m",
             "personality": {"domain": "LINUX32"},
             "intelRdt": {"closID": "c", "schemata": ["L3:0=f"], "l3CacheSchema": "L3:0=1",
                          "memBwSchema": "MB:0=20", "enableMonitoring": true, "enableCMT": true},
             "memoryPolicy": {"mode": "MPOL_BIND", "nodes": "0-1",
                              "flags": ["MPOL_F_STATIC_NODES"]},
             "netDevices": {"eth0": {"name": "net0"}, "eth1": {}}}\
            """);
    assertThat(linux)
        .isEqualTo(
            Linux.builder()
                .namespaces(
                    List.of(
                        Namespace.created(NamespaceType.PID),
                        Namespace.joined(NamespaceType.NETWORK, "/run/netns/a"),
                        Namespace.created(NamespaceType.MOUNT),
                        Namespace.created(NamespaceType.IPC),
                        Namespace.created(NamespaceType.UTS),
                        Namespace.created(NamespaceType.USER),
                        Namespace.created(NamespaceType.CGROUP),
                        Namespace.created(NamespaceType.TIME)))
                .uidMappings(List.of(new IdMapping(0, 1000, 4294966295L)))
                .gidMappings(List.of(new IdMapping(1, 2, 3)))
                .timeOffsets(
                    Map.of(
                        TimeOffset.Clock.MONOTONIC,
                        new TimeOffset(-5, 999999999),
                        TimeOffset.Clock.BOOTTIME,
                        new TimeOffset(0, 0)))
                .devices(
                    List.of(
                        new Device(
                            "/dev/fuse",
                            Device.Type.CHARACTER,
                            10,
                            229,
                            OptionalLong.of(8576),
                            OptionalLong.of(1),
                            OptionalLong.of(2)),
                        new Device(
                            "/dev/pipe",
                            Device.Type.FIFO,
                            0,
                            0,
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            OptionalLong.empty())))
                .cgroupsPath(Optional.of("/a/b"))
                .resources(Resources.builder().pids(Pids.of(3)).build())
                .rootfsPropagation(Optional.of(RootfsPropagation.RSLAVE))
                .seccomp(
                    Optional.of(
                        Seccomp.of(
                            SeccompAction.SCMP_ACT_ALLOW,
                            OptionalInt.empty(),
                            Set.of(),
                            List.of())))
                .sysctl(Map.of("net.ipv4.ip_forward", "1"))
                .maskedPaths(List.of("/proc/kcore"))
                .readonlyPaths(List.of("/proc/sys"))
                .mountLabel(Optional.of("m"))
                .personality(Optional.of(new Personality(Personality.Domain.LINUX32, List.of())))
                .intelRdt(
                    Optional.of(
                        new IntelRdt(
                            Optional.of("c"),
                            List.of("L3:0=f"),
                            Optional.of("L3:0=1"),
                            Optional.of("MB:0=20"),
                            true,
                            true,
                            false)))
                .memoryPolicy(
                    Optional.of(
                        new MemoryPolicy(
                            MemoryPolicy.Mode.MPOL_BIND,
                            Optional.of("0-1"),
                            Set.of(MemoryPolicy.Flag.MPOL_F_STATIC_NODES))))
                .netDevices(
                    Map.of(
                        "eth0",
                        new NetDevice(Optional.of("net0")),
                        "eth1",
                        new NetDevice(Optional.empty())))
                .build());
    assertThat(LinuxReader.read(JsonNode.root(LinuxWriter.toJson(linux), "l.json")))
        .isEqualTo(linux);
    assertThat(linux.creates(NamespaceType.NETWORK)).isFalse();
    assertThat(linux.has(NamespaceType.NETWORK)).isTrue();
    assertThat(linux.creates(NamespaceType.TIME)).isTrue();
  }

  @Test
  void takesPermissionsOutOfAFileModeWithItsType() {
    Device device =
        read("{\"devices\": [{\"path\": \"/d\", \"type\": \"c\", \"major\": 1, \"minor\": 3,"
                + " \"fileMode\": 8630}]}")
            .devices()
            .getFirst();
    assertThat(device.permissions()).isEqualTo(0666);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"namespaces": [{"type": "pid"}, {"type": "pid"}]}     | namespaces[1].type: "pid" is there already; a container has one namespace of each type
          {"namespaces": [{}]}                                   | namespaces[0].type: is required, but missing
          {"namespaces": [{"type": ""}]}                         | namespaces[0].type: "" is not a namespace type (pid, network, mount, ipc, uts, user, cgroup, time)
          {"namespaces": [{"type": "pid", "path": "ns"}]}        | namespaces[0].path: "ns" is not an absolute path
          {"namespaces": ["pid"]}                                | namespaces[0]: "pid" is not an object
          {"uidMappings": [{"containerID": 0, "hostID": 0, "size": 0}]} | uidMappings[0].size: 0 is out of range (1 to 4294967295)
          {"uidMappings": [{"containerID": 0, "hostID": 4294967295, "size": 2}]} | uidMappings[0].size: 2 reaches beyond the last identifier, 4294967295
          {"gidMappings": [{"containerID": 0, "size": 1}]}       | gidMappings[0].hostID: is required, but missing
          {"timeOffsets": {"realtime": {}}}                      | timeOffsets.realtime: is not a clock with an offset (monotonic, boottime)
          {"timeOffsets": {"boottime": {"nanosecs": 1000000000}}} | timeOffsets.boottime.nanosecs: 1000000000 is out of range (0 to 999999999)
          {"devices": [{"path": "d", "type": "p"}]}              | devices[0].path: "d" is not an absolute path
          {"devices": [{"path": "/d", "type": "x"}]}             | devices[0].type: "x" is not a device type (c, b, u, p)
          {"devices": [{"path": "/d", "type": "c", "major": 1}]} | devices[0].minor: is required, but missing
          {"rootfsPropagation": "sharedd"}                       | rootfsPropagation: "sharedd" is not a mount propagation (shared, slave, private, unbindable, rshared, rslave, rprivate, runbindable)
          {"maskedPaths": ["/a", "b"]}                           | maskedPaths[1]: "b" is not an absolute path
          {"readonlyPaths": [""]}                                | readonlyPaths[0]: is empty
          {"sysctl": {"net.a": 1}}                               | sysctl["net.a"]: 1 is not a string
          {"personality": {}}                                    | personality.domain: is required, but missing
          {"personality": {"domain": "BSD"}}                     | personality.domain: "BSD" is not a personality domain (LINUX, LINUX32)
          {"intelRdt": {"closID": "../x"}}                       | intelRdt.closID: "../x" is not the name of a directory
          {"memoryPolicy": {"mode": "MPOL_X"}}                   | memoryPolicy.mode: "MPOL_X" is not a memory policy (MPOL_DEFAULT, MPOL_PREFERRED, MPOL_BIND, MPOL_INTERLEAVE, MPOL_LOCAL, MPOL_PREFERRED_MANY, MPOL_WEIGHTED_INTERLEAVE)
          {"netDevices": {"an/interface": {}}}                   | netDevices["an/interface"]: is not the name of an interface
          {"netDevices": {"eth0": {"name": "0123456789abcdef"}}} | netDevices.eth0.name: "0123456789abcdef" is not the name of an interface
          {"netDevices": {"..": {}}}                             | netDevices[".."]: is not the name of an interface
          {"cgroupsPath": 7}                                     | cgroupsPath: 7 is not a string
          """)
  void refusesWhatIsMalformed(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidDocumentException.class)
        .hasMessage("l.json: " + message);
  }
}
