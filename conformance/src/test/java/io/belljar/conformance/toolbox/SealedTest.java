package io.belljar.conformance.toolbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is inside cannot get hold of the launcher that came in (CVE-2019-5736, CVE-2016-9962). */
@Tag("integration")
class SealedTest {
  private static String run(String program, String script) {
    assumeTrue(Oci.isBelljar(), "only Belljar has these commands");
    Machine.requireProgram("busybox", "busybox-static");
    try (Bench bench = new Bench()) {
      return bench.run(Row.root(script), Bench.belljar(program)).output();
    }
  }

  @Test
  void nsenterWaitsAsASealedCopyThatNobodyMayTrace() {
    String script =
        """
        target -fp
        $T -t $P -p true
        $T -t $P -p sleep 20 &
        for try in $(seq 1 200); do
          [ -z "$(cat /proc/$!/task/$!/children)" ] || break
          sleep 0.01
        done
        readlink /proc/$!/exe
        stat -c %u /proc/$!/environ
        setpriv --reuid 1000 --regid 1000 --clear-groups ls /proc/$!/fd > /dev/null 2>&1 || echo no
        kill $!
        """;
    assertThat(run("nsenter", script)).isEqualTo("/memfd:belljar (deleted)\n0\nno\n");
  }

  @Test
  void aProgramOfTheRootThatNamesTheLauncherGetsTheSealedCopy() {
    String script =
        """
        mount -t proc proc $R/proc
        printf '#!/proc/self/exe\\n' > $R/tmp/again
        chmod +x $R/tmp/again
        sum=$(sha256sum < ${T%% *})
        $T $R /tmp/again > /dev/null 2>&1
        $T $R /bin/sh -c 'echo overwritten > /proc/self/exe' 2> /dev/null
        umount $R/proc
        [ "$sum" = "$(sha256sum < ${T%% *})" ] && echo same
        """;
    assertThat(run("chroot", script)).isEqualTo("same\n");
  }
}
