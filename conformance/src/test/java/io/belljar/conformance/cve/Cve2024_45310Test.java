package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.OciTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Mount points must not be created on the host by a race in a shared volume (CVE-2024-45310). */
class Cve2024_45310Test extends OciTest {
  /**
   * Something swaps a directory and a symbolic link to the host in a shared volume, without end.
   */
  private Command.Running swapper(Path volume, Path outside) {
    return Command.shell(
            "cd '"
                + volume
                + "'; mkdir -p real; while :; do mv real x && ln -s '"
                + outside
                + "' real && rm real && mv x real; done 2>/dev/null")
        .start();
  }

  @Test
  void noFileIsMadeOutsideTheRoot() throws Exception {
    Path volume = Files.createDirectory(directory().resolve("volume"));
    Path outside = Files.createDirectory(directory().resolve("outside"));
    Path source = Files.createFile(directory().resolve("source"));
    Bundle bundle =
        bundle("exit 0")
            .writable()
            .mount("bind", volume.toString(), "/volume", "bind", "rw")
            .mount("bind", source.toString(), "/volume/real/deep/file", "bind");
    try (Command.Running _ = swapper(volume, outside)) {
      for (int i = 0; i < 30; i++) {
        run(bundle);
        assertThat(outside).isEmptyDirectory();
      }
    }
    assertThat(outside).isEmptyDirectory();
    assertNothingLeft();
  }
}
