package io.belljar.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Ran;
import org.junit.jupiter.api.Test;

/** Scenarios 13 to 16: where a root comes from, and that nothing else is seen. */
class RootFileSystemsTest extends Scenario {
  @Test
  void scenario13ARootOfTheHostsProgramsHasJustThose() {
    Ran ran = sh("belljar run --rm --from-host bash,ls ls -l /bin").succeeds();
    assertThat(ran.lines().stream().skip(1).map(line -> line.replaceAll(" -> .*|.* ", "")))
        .allMatch(line -> !line.isEmpty());
    assertThat(sh("belljar run --rm --from-host bash,ls ls /bin").text().split("\\s+"))
        .containsExactly("bash", "ls");
    // Nothing is missing of what the dynamic linker wants, and no more than the host has of it.
    assertThat(sh("belljar run --rm --from-host bash,ls bash -c 'echo works; ls /bin/nothing'"))
        .satisfies(
            works -> assertThat(works.output()).isEqualTo("works\n"),
            works -> works.isRefused("No such file or directory"));
  }

  @Test
  void scenario14TheDirectoryIsTheRoot() {
    sh("mkdir -p r/bin; cp /bin/busybox r/bin/; touch r/here").succeeds();
    assertThat(sameAsWithout("chroot r /bin/busybox ls /").succeeds().text().split("\\s+"))
        .containsExactly("bin", "here");
    sameAsWithout("chroot --userspec=7:8 r /bin/busybox id -u").succeeds();
  }

  @Test
  void scenario14AnEmptyDirectoryHasNoShell() {
    sh("mkdir empty").succeeds();
    sameAsWithout("chroot empty /bin/bash").exitsWith(127);
    assertThat(sh("belljar chroot empty /bin/bash").error())
        .isEqualTo("chroot: failed to run command '/bin/bash': No such file or directory\n");
  }

  @Test
  void scenario15ATarballOfARootIsUnpackedAndRunIn() {
    sh("""
    mkdir -p r/bin r/etc; cp /bin/busybox r/bin/; ln -s busybox r/bin/cat
    echo alpine > r/etc/hostname; tar -C r -czf minirootfs.tar.gz .
    """)
        .succeeds();
    assertThat(
            sh("belljar run --rm --rootfs minirootfs.tar.gz cat /etc/hostname").succeeds().text())
        .isEqualTo("alpine");
    assertThat(asNobody("belljar run --rm --rootfs ../minirootfs.tar.gz cat /etc/hostname").text())
        .isEqualTo("alpine");
  }

  @Test
  void scenario15ATarballThatLeadsElsewhereIsRefused() {
    sh("mkdir r; echo x > r/file; tar -C r -cf evil.tar --transform 's,^,../../escape/,' -P file")
        .succeeds();
    sh("belljar run --rm --rootfs evil.tar true").isRefused("escape").inOneLine();
  }

  @Test
  void scenario16NothingOfTheHostsMountsIsSeenInside() {
    Ran inside =
        sh("belljar run --rm --from-host cat,sh sh -c 'cat /proc/self/mountinfo'").succeeds();
    // Every mount point lies in the container's own root, and the old root is none of them.
    assertThat(inside.lines().stream().map(line -> line.split(" ")[4]))
        .allMatch(point -> point.matches("/|/(proc|dev|sys)(/.*)?"));
    assertThat(inside.output()).doesNotContain("pivot", directory().toString());
    assertThat(sh("belljar run --rm --from-host ls,sh sh -c 'ls /; ls /..'").succeeds().output())
        .doesNotContain("work", "boot");
  }

  @Test
  void scenario16ARootOnATmpfsOfAGivenSize() {
    Ran ran =
        sh(
            "mkdir r; exec unshare -m bash -c 'mount -t tmpfs -o size=20m none r; mkdir r/bin;"
                + " cp /bin/busybox r/bin; belljar run --rm --name $NAME --rootfs r /bin/busybox df -k /'");
    assertThat(ran.succeeds().lines().getLast()).matches(".* 20480 .* /");
    Ran full =
        sh(
            "exec unshare -m bash -c 'mount -t tmpfs -o size=20m none r; mkdir r/bin;"
                + " cp /bin/busybox r/bin; belljar run --rm --name $NAME --rootfs r /bin/busybox"
                + " dd if=/dev/zero of=/big bs=1M count=30'");
    assertThat(full.code()).isNotZero();
    assertThat(full.error()).contains("No space left on device");
  }
}
