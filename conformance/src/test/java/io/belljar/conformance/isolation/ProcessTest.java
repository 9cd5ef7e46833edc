package io.belljar.conformance.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the process of a container may do and is given: config.md, "Process". */
class ProcessTest extends OciTest {
  private static final String CAPABILITIES = "grep ^Cap /proc/self/status | cut -f2";

  private Bundle withCapabilities(Map<String, List<String>> sets) {
    return bundle(CAPABILITIES).set("process.capabilities", sets);
  }

  @Test
  void hasExactlyTheCapabilitiesOfEachSet() {
    // CAP_CHOWN 0, CAP_KILL 5, CAP_NET_RAW 13; inheritable, permitted, effective, bounding,
    // ambient.
    Bundle bundle =
        withCapabilities(
                Map.of(
                    "bounding", List.of("CAP_CHOWN", "CAP_KILL", "CAP_NET_RAW"),
                    "permitted", List.of("CAP_CHOWN", "CAP_KILL"),
                    "effective", List.of("CAP_KILL"),
                    "inheritable", List.of("CAP_KILL"),
                    "ambient", List.of("CAP_KILL")))
            .set("process.user.uid", 1000);
    assertThat(run(bundle).succeeds().lines())
        .containsExactly(
            "0000000000000020",
            "0000000000000020",
            "0000000000000020",
            "0000000000002021",
            "0000000000000020");
  }

  @Test
  void rootHasNoMoreThanTheBoundingSet() {
    Bundle bundle =
        withCapabilities(
            Map.of(
                "bounding", List.of("CAP_CHOWN"),
                "permitted", List.of("CAP_CHOWN"),
                "effective", List.of("CAP_CHOWN")));
    assertThat(run(bundle).succeeds().lines())
        .containsExactly(
            "0000000000000000",
            "0000000000000001",
            "0000000000000001",
            "0000000000000001",
            "0000000000000000");
  }

  @Test
  void hasNoneWithoutTheProperty() {
    Bundle bundle = bundle(CAPABILITIES).remove("process.capabilities");
    assertThat(run(bundle).succeeds().lines()).containsOnly("0000000000000000");
  }

  @Test
  void anotherUserHasNoEffectiveOnes() {
    Bundle bundle = bundle(CAPABILITIES).set("process.user.uid", 1000);
    assertThat(run(bundle).succeeds().lines().get(2)).isEqualTo("0000000000000000");
  }

  @Test
  void setsNoNewPrivileges() {
    String script = "grep NoNewPrivs /proc/self/status | cut -f2";
    assertThat(run(bundle(script).set("process.noNewPrivileges", true)).text()).isEqualTo("1");
    assertThat(run(bundle(script).set("process.noNewPrivileges", false)).text()).isEqualTo("0");
  }

  private static Map<String, Object> refusing(String call, String... more) {
    return Map.of(
        "defaultAction", "SCMP_ACT_ALLOW",
        "architectures", List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"),
        "syscalls",
            List.of(
                Map.of(
                    "names",
                    List.of(call),
                    "action",
                    "SCMP_ACT_ERRNO",
                    "errnoRet",
                    more.length == 0 ? 1 : Long.parseLong(more[0]))));
  }

  @Test
  void hasNoFilterWithoutOne() {
    assertThat(run(bundle("grep Seccomp: /proc/self/status")).succeeds().text()).endsWith("0");
  }

  @Test
  void filtersSystemCalls() {
    Bundle bundle = bundle("grep Seccomp: /proc/self/status; mkdir /tmp/x").writable();
    bundle.set("linux.seccomp", refusing("mkdir"));
    Ran ran = run(bundle).isRefused("Operation not permitted");
    assertThat(ran.text()).endsWith("2");
  }

  @Test
  void filtersWithAnErrnoOfChoice() {
    Bundle bundle = bundle("mkdir /tmp/x").writable();
    bundle.set("linux.seccomp", refusing("mkdir", "28"));
    run(bundle).isRefused("No space left");
  }

  @Test
  void filtersForAUserWithoutPrivileges() {
    Bundle bundle = bundle("grep Seccomp: /proc/self/status").set("process.user.uid", 1000);
    bundle.set("linux.seccomp", refusing("mkdir")).set("process.noNewPrivileges", true);
    assertThat(run(bundle).succeeds().text()).endsWith("2");
    bundle.set("process.noNewPrivileges", false);
    assertThat(run(bundle).succeeds().text()).endsWith("2");
  }

  @Test
  void filtersInExecAlso() {
    start(bundle("exec sleep 1000").set("linux.seccomp", refusing("mkdir")));
    oci("exec", id(), "mkdir", "/dev/shm/x").isRefused("Operation not permitted");
  }

  @Test
  void refusesAnUnknownActionOfAFilter() {
    Bundle bundle = bundle("exit 0");
    bundle.set("linux.seccomp", Map.of("defaultAction", "SCMP_ACT_SOMETHING"));
    run(bundle).isRefused("SCMP_ACT_SOMETHING");
    assertNothingLeft();
  }

  @Test
  void limitsResources() {
    Bundle bundle = bundle("ulimit -n; ulimit -Hn; ulimit -c");
    bundle.set(
        "process.rlimits",
        List.of(
            Map.of("type", "RLIMIT_NOFILE", "soft", 100, "hard", 200),
            Map.of("type", "RLIMIT_CORE", "soft", 0, "hard", 0)));
    assertThat(run(bundle).succeeds().lines()).containsExactly("100", "200", "0");
  }

  @Test
  void refusesALimitWhoseSoftValueIsAboveItsHardOne() {
    Bundle bundle = bundle("exit 0");
    bundle.set(
        "process.rlimits", List.of(Map.of("type", "RLIMIT_NOFILE", "soft", 200, "hard", 100)));
    run(bundle).isRefused();
    assertNothingLeft();
  }

  @Test
  void raisesTheOomScore() {
    Bundle bundle = bundle("cat /proc/self/oom_score_adj").set("process.oomScoreAdj", 500);
    assertThat(run(bundle).succeeds().text()).isEqualTo("500");
  }

  @Test
  void lowersTheOomScore() {
    Machine.requireCapability(24, "CAP_SYS_RESOURCE");
    Bundle bundle = bundle("cat /proc/self/oom_score_adj").set("process.oomScoreAdj", -500);
    assertThat(run(bundle).succeeds().text()).isEqualTo("-500");
  }

  @Test
  void hasTheUserAndGroups() {
    Bundle bundle = bundle("grep -E '^(Uid|Gid|Groups)' /proc/self/status | tr '\\t' ' '");
    bundle.set("process.user", Map.of("uid", 7, "gid", 8, "additionalGids", List.of(9, 10)));
    List<String> lines = run(bundle).succeeds().lines();
    assertThat(lines.get(0)).isEqualTo("Uid: 7 7 7 7");
    assertThat(lines.get(1)).isEqualTo("Gid: 8 8 8 8");
    assertThat(lines.get(2).strip().split(" ")).contains("9", "10").doesNotContain("0");
  }

  @Test
  void hasNoGroupOfTheCaller() {
    assertThat(run(bundle("grep ^Groups /proc/self/status | tr -d '\\t ' ")).text())
        .matches("Groups:0?");
  }

  @Test
  void hasTheUmask() {
    Bundle bundle = bundle("umask").set("process.user.umask", 027);
    assertThat(run(bundle).succeeds().text()).isEqualTo("0027");
    assertThat(run(bundle("umask")).succeeds().text()).isEqualTo("0022");
  }

  @Test
  void hasTheWorkingDirectory() {
    assertThat(run(bundle("pwd").set("process.cwd", "/tmp")).text()).isEqualTo("/tmp");
  }

  @Test
  void hasTheEnvironmentAndNothingOfTheCallers() {
    Bundle bundle = bundle().runs("env");
    bundle.set("process.env", List.of("PATH=/bin", "A=1", "B=x y=z", "EMPTY="));
    Ran ran = run(bundle).succeeds();
    assertThat(ran.lines()).contains("PATH=/bin", "A=1", "B=x y=z", "EMPTY=");
    assertThat(ran.output()).doesNotContain("BELLJAR").doesNotContain("LC_");
  }

  @Test
  void setsHomeWhereTheConfigurationDoesNot() {
    Bundle bundle = bundle("echo $HOME").set("process.env", List.of("PATH=/bin"));
    assertThat(run(bundle).succeeds().text()).isEqualTo("/root");
    bundle.set("process.env", List.of("PATH=/bin", "HOME=/mine"));
    assertThat(run(bundle).succeeds().text()).isEqualTo("/mine");
  }

  @Test
  void searchesThePathOfTheContainer() throws Exception {
    Bundle bundle = bundle().runs("tool").writable();
    Path directory = Files.createDirectories(bundle.root().resolve("opt/tools"));
    Files.writeString(directory.resolve("tool"), "#!/bin/sh\necho tool\n");
    directory.resolve("tool").toFile().setExecutable(true);
    bundle.set("process.env", List.of("PATH=/nowhere:/opt/tools:/bin"));
    assertThat(run(bundle).succeeds().output()).isEqualTo("tool\n");
  }

  @Test
  void findsPathsRelativeToTheWorkingDirectory() {
    Bundle bundle = bundle().runs("./busybox", "echo", "near").set("process.cwd", "/bin");
    assertThat(run(bundle).succeeds().output()).isEqualTo("near\n");
  }

  @Test
  void setsParametersOfItsNamespaces() {
    Bundle bundle = bundle("cat /proc/sys/net/ipv4/ip_forward /proc/sys/kernel/shmmni");
    bundle.set("linux.sysctl", Map.of("net.ipv4.ip_forward", "1", "kernel.shmmni", "4001"));
    assertThat(run(bundle).succeeds().lines()).containsExactly("1", "4001");
  }

  @Test
  void refusesParametersOfTheHost() throws Exception {
    Bundle bundle = bundle("exit 0").set("linux.sysctl", Map.of("kernel.pid_max", "40000"));
    run(bundle).isRefused("kernel.pid_max");
    Bundle host = bundle("exit 0").withoutNamespace("network");
    host.set("linux.sysctl", Map.of("net.ipv4.ip_forward", "1"));
    run(host).isRefused("net.ipv4.ip_forward");
    assertNothingLeft();
  }

  @Test
  void setsThePersonality() {
    assumeTrue(Oci.isBelljar(), "newer than this runtime");
    Bundle bundle = bundle("uname -m").set("linux.personality.domain", "LINUX32");
    assertThat(run(bundle).succeeds().text()).isEqualTo("i686");
  }

  @Test
  void hasASessionOfItsOwn() {
    assertThat(run(bundle("cut -d' ' -f5,6 /proc/self/stat; echo $$")).lines().getFirst())
        .endsWith(" 1");
  }

  @Test
  void hasEverySignalAtItsDefault() {
    assumeTrue(Oci.isBelljar(), "runc leaves one of its threads' signals ignored");
    Bundle bundle = bundle().runs("grep", "-E", "^Sig(Blk|Ign|Cgt)", "/proc/self/status");
    assertThat(run(bundle).succeeds().lines())
        .allMatch(line -> line.endsWith("\t0000000000000000"));
  }
}
