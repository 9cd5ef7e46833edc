package io.belljar.spec.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonReader;
import io.belljar.spec.json.JsonValue;
import io.belljar.spec.linux.NamespaceType;
import io.belljar.spec.seccomp.Seccomp;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that engines wrote for a real runc, as they wrote them. */
class RealConfigsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker.json",
        "podman.json",
        "containerd.json",
        "runc-default.json",
        "runc-rootless.json"
      })
  void readsValidatesAndWritesThem(String name) {
    Config config = ConfigReader.read(Documents.resource(name), name);
    assertThat(ConfigValidator.validate(config, name)).isEmpty();
    byte[] written = ConfigWriter.write(config).getBytes(StandardCharsets.UTF_8);
    assertThat(ConfigReader.read(written, name)).isEqualTo(config);
  }

  @ParameterizedTest
  @ValueSource(strings = {"runc-default.json", "runc-rootless.json"})
  void writesThemAsRuncDoesByteForByte(String name) {
    byte[] original = Documents.resource(name);
    assertThat(ConfigWriter.write(ConfigReader.read(original, name)))
        .isEqualTo(new String(original, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker.json", "podman.json", "containerd.json"})
  void losesNothingThatTheyHold(String name) {
    JsonValue original = JsonReader.read(Documents.resource(name), name);
    Config config = ConfigReader.read(JsonNode.root(original, name));
    assertThat(ConfigWriter.toJson(config)).isEqualTo(original);
  }

  @Test
  void readsWhatPodmanAskedFor() {
    Config config = ConfigReader.read(Documents.resource("podman.json"), "podman.json");
    assertThat(config.hostname()).hasValue("chen");
    assertThat(config.linux().resources().memory().limit()).isEqualTo(OptionalLong.of(104857600));
    assertThat(config.linux().creates(NamespaceType.USER)).isTrue();
    assertThat(config.linux().devices().getFirst().permissions()).isEqualTo(0600);
    Seccomp seccomp = config.linux().seccomp().orElseThrow();
    assertThat(seccomp.defaultErrnoRet()).hasValue(38);
    assertThat(seccomp.syscalls()).hasSize(22);
  }
}
