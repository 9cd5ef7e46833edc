package io.belljar.runtime.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DanglingLinksTest {
  @TempDir Path root;

  @BeforeEach
  void makeDirectories() throws Exception {
    Files.createDirectories(root.resolve("etc"));
    Files.createDirectories(root.resolve("run"));
  }

  @Test
  void leavesAPathWithoutLinksAsItIs() {
    assertThat(DanglingLinks.follow(root, "etc/hosts")).isEqualTo("etc/hosts");
    assertThat(DanglingLinks.follow(root, "")).isEmpty();
  }

  @Test
  void leavesALinkThatLeadsSomewhereToTheKernel() throws Exception {
    Files.createSymbolicLink(root.resolve("etc/there"), Path.of("/run"));
    assertThat(DanglingLinks.follow(root, "etc/there")).isEqualTo("etc/there");
  }

  @Test
  void followsALinkToNothingInsideTheRoot() throws Exception {
    Files.createSymbolicLink(
        root.resolve("etc/resolv.conf"), Path.of("../../../run/systemd/stub.conf"));
    Files.createSymbolicLink(root.resolve("link"), Path.of("/absent"));
    assertThat(DanglingLinks.follow(root, "etc/resolv.conf")).isEqualTo("run/systemd/stub.conf");
    assertThat(DanglingLinks.follow(root, "link/x")).isEqualTo("absent/x");
  }

  @Test
  void givesUpOnLinksThatLeadInACircle() throws Exception {
    Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(root.resolve("b"), Path.of("a"));
    assertThat(DanglingLinks.follow(root, "a/x")).isEqualTo("a/x");
  }
}
