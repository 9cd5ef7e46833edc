package io.belljar.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Scenario 19: a container run as an unprivileged service user has no more rights than it, whether
 * root runs it so ({@code --user}), or that user.
 */
class ServiceUserTest extends Scenario {
  private static final String PROGRAMS = "--from-host sh,id,cat,grep,touch,kill,stat,busybox,chmod";

  private static String asRoot(String script) {
    return "belljar run --rm --user 65534:65534 --security-opt no-new-privileges -v \"$PWD:/host\" "
        + PROGRAMS
        + " sh -c '"
        + script
        + "'";
  }

  private static String asUser(String script) {
    return "belljar run --rm -v \"" + "$PWD/..:/host\" " + PROGRAMS + " sh -c '" + script + "'";
  }

  @Test
  void scenario19ItHasNoCapabilities() {
    Ran ran = sh(asRoot("id -u; grep -E \"Cap(Eff|Prm|Amb)\" /proc/self/status"));
    assertThat(ran.succeeds().lines())
        .containsExactly(
            "65534",
            "CapPrm:\t0000000000000000",
            "CapEff:\t0000000000000000",
            "CapAmb:\t0000000000000000");
  }

  @Test
  void scenario19AnOrdinaryUsersCapabilitiesReachNothingOfTheHosts() {
    Ran ran =
        asNobody(
            asUser(
                "cat /proc/self/uid_map; echo x > /proc/sys/kernel/hostname;"
                    + " busybox mknod /tmp/null c 1 3; busybox mount -t tmpfs x /mnt"));
    assertThat(ran.output().strip().split(" +")).containsExactly("0", "65534", "1");
    assertThat(ran.error())
        .contains("Read-only file system")
        .contains("Operation not permitted")
        .contains("mount");
    assertThat(ran.code()).isNotZero();
  }

  @Test
  void scenario19FilesOfOthersStayTheirs() {
    sh("echo secret > secret; chmod 600 secret; mkdir closed; chmod 700 closed").succeeds();
    String script =
        "id -u; cat /host/secret; touch /host/new /host/closed/x; chmod 777 /host/secret";
    for (Ran ran : new Ran[] {sh(asRoot(script)), asNobody(asUser(script))}) {
      assertThat(ran.code()).isNotZero();
      assertThat(ran.output()).doesNotContain("secret");
      assertThat(ran.error())
          .contains("/host/secret: Permission denied")
          .contains("'/host/new': Permission denied")
          .contains("'/host/closed/x': Permission denied")
          .contains("Operation not permitted");
    }
    assertThat(directory().resolve("secret")).hasContent("secret");
  }

  @Test
  void scenario19WhatRootInsideWritesIsTheUsersOutside() {
    asNobody(
            "mkdir shared; belljar run --rm -v \"$PWD/shared:/shared\" "
                + PROGRAMS
                + " sh -c 'id -u; echo x > /shared/file; stat -c %u /shared/file'")
        .succeeds();
    Path file = directory().resolve("home/shared/file");
    assertThat(sh("stat -c %u:%g " + file).text()).isEqualTo("65534:65534");
  }

  @Test
  void scenario19OthersCannotBeSignalled() {
    long pid = ProcessHandle.current().pid(); // root's
    Ran byRoot =
        sh(
            "belljar run --rm --pid host --user 65534:65534 "
                + PROGRAMS
                + " sh -c 'kill -0 "
                + pid
                + "'");
    Ran byUser =
        asNobody("belljar run --rm --pid host " + PROGRAMS + " sh -c 'kill -0 " + pid + "'");
    for (Ran ran : new Ran[] {byRoot, byUser}) {
      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.error()).containsIgnoringCase("not permitted");
    }
  }

  @Test
  void scenario19ASetUserIdProgramInsideGivesNothing() {
    sh("""
    mkdir -p r/bin; cp /bin/busybox r/bin/; cp /usr/bin/id r/bin/setid 2>/dev/null
    cp /bin/busybox r/bin/id; chmod 4755 r/bin/id; ln -s busybox r/bin/sh
    """)
        .succeeds();
    String words = " --rootfs %s/r /bin/id -u".formatted(directory());
    assertThat(
            sh("belljar run --rm --user 65534:65534 --security-opt no-new-privileges" + words)
                .succeeds()
                .text())
        .isEqualTo("65534");
    // There is no root but the user itself for one whose container it is: to write as it is nothing
    // new.
    Ran user =
        asNobody(
            "cp -r ../r . && belljar run --rm -v \"$PWD/..:/host\" --rootfs r /bin/sh -c"
                + " '/bin/busybox touch /host/gained'");
    assertThat(user.error()).contains("Permission denied");
    assertThat(directory().resolve("gained")).doesNotExist();
  }
}
