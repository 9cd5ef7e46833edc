package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.OciTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A process that joins a container must not be traced, or its descriptors read, by one that is
 * there already (CVE-2016-9962).
 */
class Cve2016_9962Test extends OciTest {
  /** Looks at every other process, from before an exec until after it. */
  private static final String POLL =
      "while :; do for p in /proc/[0-9]*; do [ $p = /proc/1 ] && continue;"
          + " l=$(readlink $p/exe 2>/dev/null); f=$(ls -l $p/fd 2>/dev/null);"
          + " case \"$l$f\" in *belljar*) echo \"$l $f\" >> /tmp/seen;; esac; done; done";

  @Test
  void aJoiningProcessIsOutOfReachOfTheContainer() {
    isOutOfReachOf(bundle(POLL));
  }

  @Test
  void aJoiningProcessIsOutOfReachOfOneThatMayTraceInItsUserNamespace() {
    // A container that may trace in the host's user namespace may trace the host: that is no
    // escape.
    List<Object> map = List.of(Map.of("containerID", 0, "hostID", 100_000, "size", 65_536));
    Bundle bundle = bundle(POLL).namespace("user");
    bundle.set("linux.uidMappings", map).set("linux.gidMappings", map);
    for (String set : List.of("bounding", "permitted", "effective")) {
      bundle.add("process.capabilities." + set, "CAP_SYS_PTRACE");
    }
    Command.of("chmod", "-R", "a+rX", directory().toString()).run().succeeds();
    isOutOfReachOf(bundle);
  }

  private void isOutOfReachOf(Bundle bundle) {
    start(bundle.mount("tmpfs", "tmpfs", "/tmp", "mode=1777"));
    for (int i = 0; i < 20; i++) {
      oci("exec", id(), "true").succeeds();
    }
    assertThat(oci("exec", id(), "sh", "-c", "cat /tmp/seen 2>/dev/null; echo end").output())
        .isEqualTo("end\n");
  }

  @Test
  void aContainersFirstProcessIsNotDumpableBeforeItRuns() {
    oci("create", "--bundle", bundle("exit 0").write().toString(), id()).succeeds();
    long pid = pid(id());
    // What is not dumpable belongs to root, whoever the process is.
    Bundle other = bundle("exit 0").set("process.user.uid", 1000);
    oci("create", "--bundle", other.write().toString(), id() + "2").succeeds();
    long second = pid(id() + "2");
    assertThat(Machine.owner(Path.of("/proc/" + pid + "/maps"))).isZero();
    assertThat(Machine.owner(Path.of("/proc/" + second + "/maps"))).isZero();
    assertThat(Machine.status(second, "Uid")).startsWith("1000");
  }
}
