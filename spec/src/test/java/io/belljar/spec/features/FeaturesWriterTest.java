package io.belljar.spec.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonReader;
import io.belljar.spec.process.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeaturesWriterTest {
  private static final Features FEATURES =
      new Features(
          "1.0.0",
          "1.3.0",
          List.of("prestart"),
          List.of("ro"),
          new LinuxFeatures(
              List.of("pid"),
              List.of("CAP_KILL"),
              new LinuxFeatures.Cgroup(true, true, false, false, true),
              new LinuxFeatures.Seccomp(
                  true,
                  List.of("SCMP_ACT_ALLOW"),
                  List.of("SCMP_CMP_EQ"),
                  List.of("SCMP_ARCH_X86_64"),
                  List.of("SECCOMP_FILTER_FLAG_LOG"),
                  List.of()),
              true,
              false,
              false,
              true,
              false),
          Map.of("a", "b"),
          List.of("org.systemd.property."));

  @Test
  void writesTheLayoutOfRunc() {
    assertThat(FeaturesWriter.write(FEATURES))
        .isEqualTo(
            """
            {
                "ociVersionMin": "1.0.0",
                "ociVersionMax": "1.3.0",
                "hooks": [
                    "prestart"
                ],
                "mountOptions": [
                    "ro"
                ],
                "linux": {
                    "namespaces": [
                        "pid"
                    ],
                    "capabilities": [
                        "CAP_KILL"
                    ],
                    "cgroup": {
                        "v1": true,
                        "v2": true,
                        "systemd": false,
                        "systemdUser": false,
                        "rdma": true
                    },
                    "seccomp": {
                        "enabled": true,
                        "actions": [
                            "SCMP_ACT_ALLOW"
                        ],
                        "operators": [
                            "SCMP_CMP_EQ"
                        ],
                        "archs": [
                            "SCMP_ARCH_X86_64"
                        ],
                        "knownFlags": [
                            "SECCOMP_FILTER_FLAG_LOG"
                        ]
                    },
                    "apparmor": {
                        "enabled": true
                    },
                    "selinux": {
                        "enabled": false
                    },
                    "intelRdt": {
                        "enabled": false
                    },
                    "mountExtensions": {
                        "idmap": {
                            "enabled": true
                        }
                    },
                    "netDevices": {
                        "enabled": false
                    }
                },
                "annotations": {
                    "a": "b"
                },
                "potentiallyUnsafeConfigAnnotations": [
                    "org.systemd.property."
                ]
            }
            """);
  }

  @Test
  void hasEveryPropertyThatRuncWrites() throws IOException {
    try (InputStream in = FeaturesWriterTest.class.getResourceAsStream("runc.json")) {
      JsonNode runc = JsonReader.readNode(in.readAllBytes(), "runc.json");
      JsonNode own = JsonNode.root(FeaturesWriter.toJson(FEATURES), "features");
      assertThat(own.members().keySet()).containsAll(runc.members().keySet());
      for (String part : List.of("cgroup", "seccomp", "apparmor", "selinux")) {
        assertThat(own.require("linux").require(part).members().keySet())
            .containsAll(runc.require("linux").require(part).members().keySet());
      }
    }
  }

  @Test
  void knowsEveryCapabilityThatRuncKnows() throws IOException {
    try (InputStream in = FeaturesWriterTest.class.getResourceAsStream("runc.json")) {
      JsonNode runc = JsonReader.readNode(in.readAllBytes(), "runc.json");
      assertThat(runc.require("linux").require("capabilities").value())
          .isInstanceOf(JsonArray.class);
      assertThat(Capability.VOCABULARY.words())
          .containsAll(runc.require("linux").texts("capabilities"));
    }
  }
}
