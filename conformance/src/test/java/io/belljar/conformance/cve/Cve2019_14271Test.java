package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.containers.FilesTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Libraries and programs of the container are trojans, for whoever loads them while he works with
 * its files (CVE-2019-14271, CVE-2022-1227).
 */
class Cve2019_14271Test extends FilesTest {
  @Test
  void nothingOfTheContainerIsLoadedOrExecuted() throws IOException {
    Machine.requireProgram("gcc", "gcc");
    Path marker = directory().resolve("trojan-ran");
    file(
        "trojan.c",
        "#include <fcntl.h>\n#include <unistd.h>\n"
            + "__attribute__((constructor)) static void run(void) { close(open(\""
            + marker
            + "\", O_CREAT | O_WRONLY, 0600)); }\nint main(void) { return 0; }\n");
    Command.of("gcc", "-shared", "-fPIC", "-o", "trojan.so", "trojan.c")
        .in(directory())
        .run()
        .succeeds();
    Command.of("gcc", "-static", "-o", "trojan", "trojan.c").in(directory()).run().succeeds();
    String box = box("", "mkdir -p /d; echo x > /d/f");
    for (String directory : new String[] {"/lib", "/usr/lib", "/lib64", "/lib/x86_64-linux-gnu"}) {
      for (String library : new String[] {"files", "compat", "dns", "systemd"}) {
        belljar("cp", "trojan.so", box + ":" + directory + "/libnss_" + library + ".so.2");
      }
    }
    for (String program : new String[] {"tar", "xz", "gzip", "unpigz", "ps", "nsenter", "cp"}) {
      belljar("cp", "trojan", box + ":/usr/bin/" + program);
    }
    assertThat(Files.exists(marker)).isFalse();
    shell("$B cp -a " + box + ":/d out; tar cJf - out | $B cp - " + box + ":/d").succeeds();
    shell("tar czf - out | $B cp -a - " + box + ":/d; $B export " + box + " > /dev/null")
        .succeeds();
    belljar("cp", "-a", "out", box + ":/d").succeeds();
    belljar("ps", "-a").succeeds();
    assertThat(Files.exists(marker)).as("the trojan ran").isFalse();
  }
}
