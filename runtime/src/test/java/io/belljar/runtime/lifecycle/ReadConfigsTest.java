package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.spec.json.InvalidDocumentException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReadConfigsTest {
  private final ReadConfigs configs = new ReadConfigs();

  @Test
  void readsTheSameBytesOnce() {
    assertThat(configs.read(document("a"), "config.json").config())
        .isSameAs(configs.read(document("a"), "config.json").config());
  }

  @Test
  void readsADocumentOfTheSameLengthThatDiffersInOneByteAnew() {
    configs.read(document("a"), "config.json");
    assertThat(configs.read(document("b"), "config.json").config().hostname())
        .as("the host name of the second document")
        .contains("b");
    assertThat(configs.read(document("a"), "config.json").config().hostname())
        .as("the host name of the first, read again")
        .contains("a");
  }

  @Test
  void refusesAnInvalidDocumentEachTime() {
    byte[] wrong = "{\"ociVersion\": 1}".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> configs.read(wrong, "config.json"))
          .isInstanceOf(InvalidDocumentException.class)
          .hasMessageContaining("ociVersion");
    }
  }

  private static byte[] document(String hostname) {
    return """
    {"ociVersion": "1.2.0", "hostname": "%s", "root": {"path": "rootfs"}, "linux": {},
     "process": {"args": ["/bin/true"], "cwd": "/", "user": {"uid": 0, "gid": 0}}}
    """
        .formatted(hostname)
        .getBytes(StandardCharsets.UTF_8);
  }
}
