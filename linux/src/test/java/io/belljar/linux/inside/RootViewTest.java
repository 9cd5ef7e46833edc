package io.belljar.linux.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.FileMode;
import io.belljar.linux.file.MountGuard;
import io.belljar.linux.proc.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootViewTest {
  private static final MountGuard OWN =
      new MountGuard(ProcFs.host(), (int) ProcessHandle.current().pid());

  @TempDir Path directory;

  @Test
  void resolvesLinksInsideTheRoot() throws IOException {
    Files.createDirectories(directory.resolve("run"));
    Files.writeString(directory.resolve("run/file"), "x");
    Files.createSymbolicLink(directory.resolve("var"), Path.of("/"));
    Files.createSymbolicLink(directory.resolve("out"), Path.of("../../../../../etc"));
    try (RootView root = RootView.open(directory.toString(), OWN)) {
      assertThat(root.look("/var/run/file").orElseThrow().is(FileMode.S_IFREG)).isTrue();
      assertThat(root.look("/out/passwd")).isEmpty();
      assertThat(root.look("/var").orElseThrow().is(FileMode.S_IFLNK)).isTrue();
      assertThat(root.names("/run", 10)).containsExactly("file");
      assertThat(root.names("/out", 10)).isEmpty();
    }
  }

  @Test
  void readsTheNumbersOfADevice() throws IOException {
    try (RootView root = RootView.open("/", OWN)) {
      FileFacts facts = root.look("/dev/null").orElseThrow();
      assertThat(facts.is(FileMode.S_IFCHR)).isTrue();
      assertThat(List.of(facts.major(), facts.minor())).containsExactly(1, 3);
      assertThat(facts.permits(4711, List.of(), 6)).isTrue();
    }
  }

  @Test
  void saysWhyARootCannotBeOpened() {
    assertThatThrownBy(() -> RootView.open("/no-such-directory", OWN))
        .isInstanceOf(IOException.class)
        .hasMessage("/no-such-directory: No such file or directory");
  }
}
