package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The target of a mount is swapped for a symbolic link while containers start (CVE-2021-30465). */
class Cve2021_30465Test extends OciTest {
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
  void noMountEverLandsOutsideTheRoot() throws Exception {
    Path volume = Files.createDirectory(directory().resolve("volume"));
    Path outside = Files.createDirectories(directory().resolve("outside"));
    Files.createFile(outside.resolve("untouched"));
    Path source = Files.createDirectory(directory().resolve("source"));
    Bundle bundle =
        bundle("cat /proc/self/mountinfo")
            .writable()
            .mount("bind", volume.toString(), "/volume", "bind", "rw")
            .mount("bind", source.toString(), "/volume/real", "bind", "rw");
    try (Command.Running _ = swapper(volume, outside)) {
      for (int i = 0; i < 30; i++) {
        // It may fail, as the target comes and goes; it may not mount elsewhere.
        Ran ran = run(bundle);
        assertThat(ran.output()).doesNotContain(outside.toString());
        assertThat(Machine.mountsWith(outside.toString())).isEmpty();
      }
    }
    assertThat(outside.toFile().list()).containsExactly("untouched");
    assertNothingLeft();
  }
}
