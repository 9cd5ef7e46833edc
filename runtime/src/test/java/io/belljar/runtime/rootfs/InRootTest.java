package io.belljar.runtime.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class InRootTest {
  @TempDir Path directory;
  private Path root;

  @BeforeEach
  void decoys() throws Exception {
    root = Files.createDirectories(directory.resolve("root"));
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(directory.resolve("secret"), "secret");
  }

  @Test
  void readsAFile() throws Exception {
    Files.writeString(root.resolve("etc/passwd"), "root");
    assertThat(read("/etc/passwd")).contains("root");
    assertThat(read("/etc/../etc//./passwd")).contains("root");
    assertThat(read("/etc/group")).isEmpty();
    assertThat(read("/etc")).isEmpty();
    assertThat(read("/etc/passwd/x")).isEmpty();
  }

  @Test
  void followsLinksInsideTheRootOnly() throws Exception {
    Files.createDirectories(root.resolve("usr/etc"));
    Files.writeString(root.resolve("usr/etc/inside"), "inside");
    Files.createSymbolicLink(root.resolve("etc/absolute"), Path.of("/usr/etc/inside"));
    Files.createSymbolicLink(root.resolve("etc/relative"), Path.of("../usr/etc/inside"));
    Files.createSymbolicLink(root.resolve("etc/above"), Path.of("../../../../usr/etc/inside"));
    Files.createSymbolicLink(root.resolve("etc/out"), Path.of("../../secret"));
    Files.createSymbolicLink(
        root.resolve("etc/outAbsolute"), directory.resolve("secret").toAbsolutePath());
    assertThat(read("/etc/absolute")).contains("inside");
    assertThat(read("/etc/relative")).contains("inside");
    assertThat(read("/etc/above")).contains("inside");
    assertThat(read("/etc/out")).isEmpty();
    assertThat(read("/etc/outAbsolute")).isEmpty();
  }

  @Test
  void givesUpOnLinksInACircle() throws Exception {
    Files.createSymbolicLink(root.resolve("etc/a"), Path.of("b"));
    Files.createSymbolicLink(root.resolve("etc/b"), Path.of("/etc/a"));
    assertThat(read("/etc/a")).isEmpty();
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void doesNotWaitAtAFifo() throws Exception {
    assertThat(
            new ProcessBuilder("mkfifo", root.resolve("etc/passwd").toString()).start().waitFor())
        .isZero();
    assertThat(read("/etc/passwd")).isEmpty();
  }

  @Test
  void refusesAFileOverTheLimit() throws Exception {
    Files.write(root.resolve("etc/passwd"), new byte[101]);
    assertThatThrownBy(() -> read("/etc/passwd"))
        .hasMessage("/etc/passwd in the root: is larger than 100 bytes");
  }

  private Optional<String> read(String path) {
    return InRoot.read(root, path, 100).map(b -> new String(b, StandardCharsets.UTF_8));
  }
}
