package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Json;
import io.belljar.conformance.Machine;
import io.belljar.conformance.OciTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The console is bound by its descriptor; a link at /dev/pts/N or /dev/console is not followed
 * (CVE-2025-52565).
 */
class Cve2025_52565Test extends OciTest {
  @Test
  void aLinkAtDevConsoleIsNotFollowed() throws Exception {
    Machine.requireProgram("script", "bsdutils");
    Path outside = Files.createFile(directory().resolve("outside"));
    Path dev = Files.createDirectory(directory().resolve("dev"));
    Files.createSymbolicLink(dev.resolve("console"), outside);
    Files.createDirectory(dev.resolve("pts"));
    Bundle bundle = bundle("echo reached > /dev/console; ls -l /dev/console").writable();
    bundle.set("process.terminal", true);
    Json.asList(bundle.get("mounts"))
        .removeIf(mount -> Json.asObject(mount).get("destination").toString().equals("/dev"));
    Json.asList(bundle.get("mounts"))
        .addFirst(
            Map.of(
                "destination",
                "/dev",
                "type",
                "bind",
                "source",
                dev.toString(),
                "options",
                List.of("bind", "rw")));
    String line = String.join(" ", oci().words("run", "--bundle", bundle.write().toString(), id()));
    Command.of("script", "-qec", line, "/dev/null").env(oci().environment()).run();
    assertThat(outside).isEmptyFile();
    assertThat(Machine.mountsWith(outside.toString())).isEmpty();
    assertNothingLeft();
  }

  @Test
  void aSwapOfPtsWhileContainersStartNeverReachesTheHost() throws Exception {
    Machine.requireProgram("script", "bsdutils");
    Path outside = Files.createDirectory(directory().resolve("outside"));
    Path volume = Files.createDirectory(directory().resolve("volume"));
    Bundle bundle = bundle("echo hello > /dev/console").writable();
    bundle.set("process.terminal", true);
    bundle.mount("bind", volume.toString(), "/dev/pts", "bind", "rw");
    String line = String.join(" ", oci().words("run", "--bundle", bundle.write().toString(), id()));
    try (Command.Running _ =
        Command.shell(
                "cd "
                    + volume
                    + "; while :; do ln -sf "
                    + outside
                    + "/file 0; ln -sf "
                    + outside
                    + "/ptmx ptmx; rm -f 0 ptmx; done 2>/dev/null")
            .start()) {
      for (int i = 0; i < 10; i++) {
        Command.of("script", "-qec", line, "/dev/null").env(oci().environment()).run();
      }
    }
    assertThat(outside).isEmptyDirectory();
    assertNothingLeft();
  }
}
