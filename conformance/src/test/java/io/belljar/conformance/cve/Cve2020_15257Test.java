package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The planner's socket can't be reached from a container on the host's network (CVE-2020-15257).
 */
class Cve2020_15257Test extends OciTest {
  @Test
  void thereIsNoAbstractSocket() {
    assumeTrue(Oci.isBelljar(), "it is about planners");
    start(bundle("exec sleep 1000"));
    String sockets = Machine.content(Path.of("/proc/net/unix"));
    assertThat(sockets.lines().filter(line -> line.contains("belljar")))
        .isNotEmpty()
        .allMatch(line -> !line.contains("@"));
  }

  @Test
  void itIsOutOfReachOfAContainerOnTheHostsNetwork() {
    assumeTrue(Oci.isBelljar(), "it is about planners");
    String socket =
        Machine.content(Path.of("/proc/net/unix"))
            .lines()
            .filter(line -> line.contains(oci().runtimeDirectory().toString()))
            .map(line -> line.substring(line.indexOf('/')))
            .findFirst()
            .orElseThrow();
    Bundle bundle =
        bundle(
                "grep -c belljar /proc/net/unix; ls "
                    + socket
                    + "; nc local:"
                    + socket
                    + " </dev/null")
            .withoutNamespace("network");
    Ran ran = run(bundle).isRefused("No such file or directory");
    assertThat(Integer.parseInt(ran.lines().getFirst())).isPositive();
  }

  @Test
  void itsDirectoryIsClosedToOthers() {
    assumeTrue(Oci.isBelljar(), "it is about planners");
    Ran ran = Command.of("stat", "-c", "%a %u", oci().runtimeDirectory() + "/belljar").run();
    assertThat(ran.succeeds().text()).isEqualTo("700 0");
  }
}
