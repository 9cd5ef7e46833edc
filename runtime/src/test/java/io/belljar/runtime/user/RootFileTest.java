package io.belljar.runtime.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.OpenFlags;
import io.belljar.linux.file.Descriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RootFileTest {
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

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void neitherWaitsNorFailsWhileAFifoTakesTheFilesPlaceAgainAndAgain() throws Exception {
    Path passwd = Files.writeString(root.resolve("etc/passwd"), "root");
    Process swapper =
        new ProcessBuilder(
                "sh",
                "-c",
                "cd \"$0\" && while :; do mkfifo f; mv f passwd; echo -n root > g; mv g passwd; done",
                passwd.getParent().toString())
            .start();
    try {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
      int files = 0;
      int fifos = 0;
      while (System.nanoTime() < until) {
        if (read("/etc/passwd").isPresent()) {
          files++;
        } else {
          fifos++;
        }
      }
      assertThat(files).isPositive();
      assertThat(fifos).isPositive();
    } finally {
      swapper.destroyForcibly().waitFor();
    }
  }

  private Optional<String> read(String path) {
    int flags = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
    try (Descriptor open = Descriptor.open(root.toString(), flags)) {
      return RootFile.read(open, path, 100).map(b -> new String(b, StandardCharsets.UTF_8));
    }
  }
}
