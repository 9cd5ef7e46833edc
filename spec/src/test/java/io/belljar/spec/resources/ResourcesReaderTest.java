package io.belljar.spec.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonNode;
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

class ResourcesReaderTest {
  private static Resources read(String text) {
    return ResourcesReader.read(text.getBytes(StandardCharsets.UTF_8), "r.json");
  }

  @Test
  void readsNothing() {
    assertThat(read("{}")).isEqualTo(Resources.NONE);
  }

  @Test
  void readsEveryProperty() {
    Resources resources =
        read(
            """
            {"devices": [{"allow": false, "access": "rwm"},
                         {"allow": true, "type": "c", "major": 10, "minor": 229, "access": "rw"}],
             "memory": {"limit": 1, "reservation": 2, "swap": -1, "kernel": 4, "kernelTCP": 5,
                        "swappiness": 100, "disableOOMKiller": true, "useHierarchy": false,
                        "checkBeforeUpdate": true},
             "cpu": {"shares": 1, "quota": -1, "burst": 3, "period": 4, "realtimeRuntime": 5,
                     "realtimePeriod": 6, "cpus": "0-3", "mems": "0", "idle": 1},
             "pids": {"limit": 7},
             "blockIO": {"weight": 10, "leafWeight": 11,
               "weightDevice": [{"major": 8, "minor": 0, "weight": 500, "leafWeight": 300}],
               "throttleReadBpsDevice": [{"major": 8, "minor": 1, "rate": 600}],
               "throttleWriteBpsDevice": [{"major": 8, "minor": 2, "rate": 601}],
               "throttleReadIOPSDevice": [{"major": 8, "minor": 3, "rate": 602}],
               "throttleWriteIOPSDevice": [{"major": 8, "minor": 4, "rate": 603}]},
             "hugepageLimits": [{"pageSize": "2MB", "limit": 18446744073709551615}],
             "network": {"classID": 4294967295, "priorities": [{"name": "eth0", "priority": 5}]},
             "rdma": {"mlx5_1": {"hcaHandles": 3, "hcaObjects": 10000}, "mlx4_0": {}},
             "unified": {"memory.high": "1", "io.max": "8:0 rbps=1"}}\
            """);
    assertThat(resources)
        .isEqualTo(
            new Resources(
                List.of(
                    DeviceRule.all(false, DeviceRule.RWM),
                    new DeviceRule(
                        true,
                        DeviceRule.Type.CHARACTER,
                        OptionalLong.of(10),
                        OptionalLong.of(229),
                        Set.of(DeviceRule.Access.READ, DeviceRule.Access.WRITE))),
                new Memory(
                    OptionalLong.of(1),
                    OptionalLong.of(2),
                    OptionalLong.of(-1),
                    OptionalLong.of(4),
                    OptionalLong.of(5),
                    OptionalLong.of(100),
                    Optional.of(true),
                    Optional.of(false),
                    Optional.of(true)),
                new Cpu(
                    OptionalLong.of(1),
                    OptionalLong.of(-1),
                    OptionalLong.of(3),
                    OptionalLong.of(4),
                    OptionalLong.of(5),
                    OptionalLong.of(6),
                    Optional.of("0-3"),
                    Optional.of("0"),
                    OptionalLong.of(1)),
                Pids.of(7),
                new BlockIo(
                    OptionalInt.of(10),
                    OptionalInt.of(11),
                    List.of(new WeightDevice(8, 0, OptionalInt.of(500), OptionalInt.of(300))),
                    List.of(new ThrottleDevice(8, 1, 600)),
                    List.of(new ThrottleDevice(8, 2, 601)),
                    List.of(new ThrottleDevice(8, 3, 602)),
                    List.of(new ThrottleDevice(8, 4, 603))),
                List.of(new HugepageLimit("2MB", -1)),
                new Network(
                    OptionalLong.of(4294967295L),
                    List.of(new Network.InterfacePriority("eth0", 5))),
                Map.of(
                    "mlx5_1",
                    new Rdma(OptionalLong.of(3), OptionalLong.of(10000)),
                    "mlx4_0",
                    new Rdma(OptionalLong.empty(), OptionalLong.empty())),
                Map.of("memory.high", "1", "io.max", "8:0 rbps=1")));
    assertThat(ResourcesReader.read(JsonNode.root(ResourcesWriter.toJson(resources), "r.json")))
        .isEqualTo(resources);
  }

  @Test
  void readsMinusOneAsEveryDevice() {
    assertThat(
            read("{\"devices\": [{\"allow\": true, \"major\": -1, \"minor\": -1, \"access\":"
                    + " \"r\"}]}")
                .devices())
        .containsExactly(DeviceRule.all(true, List.of(DeviceRule.Access.READ)));
  }

  @Test
  void readsTheLargestSwappinessAsNotSet() {
    assertThat(read("{\"memory\": {\"swappiness\": 18446744073709551615}}").memory())
        .isEqualTo(Memory.NONE);
  }

  @Test
  void distinguishesAbsentLimitsFromZero() {
    assertThat(read("{\"pids\": {\"limit\": 0}}").pids()).isEqualTo(Pids.of(0));
    assertThat(read("{\"pids\": {}}").pids()).isEqualTo(Pids.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"devices": [{"access": "r"}]}                                 | devices[0].allow: is required, but missing
          {"devices": [{"allow": true}]}                                 | devices[0].access: is required, but missing
          {"devices": [{"allow": true, "access": ""}]}                   | devices[0].access: is empty
          {"devices": [{"allow": true, "access": "rx"}]}                 | devices[0].access: "rx" is not made of r (read), w (write) and m (mknod)
          {"devices": [{"allow": true, "access": "r", "type": "p"}]}     | devices[0].type: "p" is not a kind of device (a, c, b)
          {"devices": [{"allow": true, "access": "r", "major": -2}]}     | devices[0].major: -2 is out of range (-1 to 4294967295)
          {"memory": {"limit": -2}}                                      | memory.limit: -2 is out of range (-1 to 9223372036854775807)
          {"memory": {"limit": "100m"}}                                  | memory.limit: "100m" is not a number
          {"memory": {"swappiness": 101}}                                | memory.swappiness: 101 is out of range (0 to 100)
          {"cpu": {"shares": -1}}                                        | cpu.shares: -1 is out of range (0 to 18446744073709551615)
          {"cpu": {"cpus": 3}}                                           | cpu.cpus: 3 is not a string
          {"pids": 5}                                                    | pids: 5 is not an object
          {"blockIO": {"weight": 1001}}                                  | blockIO.weight: 1001 is out of range (0 to 1000)
          {"blockIO": {"weightDevice": [{"minor": 0}]}}                  | blockIO.weightDevice[0].major: is required, but missing
          {"hugepageLimits": [{"pageSize": "../2MB", "limit": 1}]}       | hugepageLimits[0].pageSize: "../2MB" is not a page size, as 2MB or 64KB
          {"hugepageLimits": [{"pageSize": "2MB"}]}                      | hugepageLimits[0].limit: is required, but missing
          {"network": {"priorities": [{"name": "a b", "priority": 1}]}}  | network.priorities[0].name: "a b" has white space
          {"rdma": {"a b": {}}}                                          | rdma["a b"]: the key is not the name of a device
          {"unified": {"../x.max": "1"}}                                 | unified["../x.max"]: the key is not the name of a cgroup file, as memory.max
          {"unified": {"..": "1"}}                                       | unified[".."]: the key is not the name of a cgroup file, as memory.max
          {"unified": {"memory.max": 1}}                                 | unified["memory.max"]: 1 is not a string
          """)
  void refusesWhatIsMalformed(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidDocumentException.class)
        .hasMessage("r.json: " + message);
  }
}
