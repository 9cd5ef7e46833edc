package io.belljar.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Scenarios 1 to 11: one namespace after the other, by hand, and which of them there are. */
class NamespacesByHandTest extends Scenario {
  @Test
  void scenario01InANewPidNamespacePidOneIsTheShellAndNothingOfTheHostIsListed() {
    List<String> lines =
        sh("belljar unshare -f -p --mount-proc -- sh -c 'ps -ef'").succeeds().lines();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).matches("root +1 +0 .* sh -c ps -ef");
    sameAsWithout("unshare -f -p --mount-proc -- sh -c 'ps -e -o pid,args'");
  }

  @Test
  void scenario01WithoutACommandItIsTheUsersShell() {
    Ran ran = sh("echo 'echo $$; ps -e | wc -l' | SHELL=/bin/sh belljar unshare -ipf --mount-proc");
    assertThat(ran.succeeds().lines()).containsExactly("1", "4");
  }

  @Test
  void scenario02ANewHostNameStaysInside() {
    String before = sh("hostname").text();
    Ran ran = sameAsWithout("unshare --uts sh -c 'hostname chen; hostname'");
    assertThat(ran.succeeds().text()).isEqualTo("chen");
    assertThat(sh("hostname").text()).isEqualTo(before);
  }

  @Test
  void scenario03ANewNetworkHasNothingButLoAndThatIsDown() {
    Ran ran = sameAsWithout("unshare --net ip a");
    assertThat(ran.succeeds().output()).contains("lo: <LOOPBACK>", "state DOWN");
    assertThat(ran.lines()).hasSize(2);
  }

  @Test
  void scenario04SegmentsOfTheHostAreNotSeenAndThoseInsideGoWithTheLastProcess() {
    String id = sh("ipcmk -M 1000").succeeds().text().replaceAll(".*: ", "");
    try {
      assertThat(sh("ipcs -m -i " + id).output()).contains("bytes=1000");
      assertThat(sameAsWithout("unshare --ipc ipcs").output()).doesNotContain("0x");
      Ran inside =
          sh(
              "belljar unshare --ipc sh -c 'ipcmk -M 77 >/dev/null; ipcs -m | grep -c 0x;"
                  + " readlink /proc/self/ns/ipc'");
      assertThat(inside.succeeds().lines().getFirst()).isEqualTo("1");
      String namespace = inside.lines().getLast().replaceAll("[^0-9]", "");
      assertThat(sh("lsns -n -t ipc -o NS").output()).doesNotContain(namespace);
    } finally {
      sh("ipcrm -m " + id);
    }
  }

  @Test
  void scenario05AMountInsideIsNotTheHosts() {
    String before = Machine.content(Path.of("/proc/self/mountinfo"));
    Ran ran =
        sh(
            "mkdir m; belljar unshare --mount sh -c"
                + " 'mount -t tmpfs inside m; grep -c \" - tmpfs inside \" /proc/self/mountinfo'");
    assertThat(ran.succeeds().text()).isEqualTo("1");
    assertThat(Machine.content(Path.of("/proc/self/mountinfo"))).isEqualTo(before);
  }

  @Test
  void scenario06WithoutANewProcTheHostsProcessesAreStillListed() {
    assertThat(
            sh("belljar unshare --pid --fork sh -c 'echo $$; ps -e -o args'").succeeds().output())
        .startsWith("1\n")
        .contains(ProcessHandle.current().info().command().orElseThrow());
  }

  @Test
  void scenario06WithANewRootAndProcOnlyTheNewOnesAre() {
    sh("mkdir -p r/bin r/proc; cp /bin/busybox r/bin/; ln -s busybox r/bin/sh").succeeds();
    Ran ran =
        sh(
            "belljar unshare --pid --fork --mount --root=r /bin/sh -c"
                + " '/bin/busybox mount -t proc proc /proc; /bin/busybox ps -o pid,comm'");
    // The shell, which executes ps in its place, and nothing of the host.
    assertThat(ran.succeeds().lines()).hasSize(2);
    assertThat(ran.lines().get(1).strip()).startsWith("1 ");
  }

  @Test
  void scenario07TheBootTimeIsShifted() {
    long shifted = uptime(sh("belljar unshare --time --boottime 1000000 cat /proc/uptime"));
    long theirs = uptime(sh("unshare --time --boottime 1000000 cat /proc/uptime"));
    long host = uptime(sh("cat /proc/uptime"));
    assertThat(shifted - host).isBetween(999_980L, 1_000_000L);
    assertThat(theirs - shifted).isBetween(0L, 20L);
  }

  private static long uptime(Ran ran) {
    return (long) Double.parseDouble(ran.succeeds().output().split(" ")[0]);
  }

  @Test
  void scenario07OnesOwnCgroupIsTheRoot() {
    Ran ran = sameAsWithout("unshare --cgroup cat /proc/self/cgroup");
    assertThat(ran.succeeds().lines()).isNotEmpty().allMatch(line -> line.endsWith(":/"));
  }

  @Test
  void scenario07AnOrdinaryUserIsRootInside() {
    Ran ours =
        asNobody("belljar unshare --user --map-root-user sh -c 'id; cat /proc/self/uid_map'");
    Ran theirs = asNobody("unshare --user --map-root-user sh -c 'id; cat /proc/self/uid_map'");
    assertThat(ours.succeeds().output()).startsWith("uid=0(root)").isEqualTo(theirs.output());
  }

  @Test
  void scenario08CommandsRunInsideAllOrSomeNamespacesOfAProcess() {
    try (Command.Running target =
        start(
            "unshare -f --kill-child -p -u -n -i -m -C --mount-proc"
                + " sh -c 'hostname inside; exec sleep 1000'")) {
      eventually("it runs", () -> !sh(pidOf(target)).text().isEmpty());
      String pid = sh(pidOf(target)).text();
      eventually(
          "it is ready", () -> sh("nsenter -t " + pid + " -u hostname").text().equals("inside"));
      String links = "sh -c 'readlink /proc/self/ns/*; hostname; ps -e | wc -l'";
      assertThat(sameAsWithout("nsenter -t " + pid + " -a -- " + links).succeeds().output())
          .contains("inside");
      for (String kind : List.of("-m", "-u", "-i", "-n", "-p", "-C")) {
        // /proc/self is of the reader's pid namespace, so the process is asked for by its number.
        sameAsWithout("nsenter -t " + pid + " " + kind + " sh -c 'readlink /proc/self/ns/*'");
      }
      assertThat(sameAsWithout("nsenter -t " + pid + " -a -S 7 -G 8 id -u").text()).isEqualTo("7");
    }
  }

  private static String pidOf(Command.Running unshare) {
    return "cat /proc/%d/task/*/children | cut -d' ' -f1".formatted(unshare.process().pid());
  }

  @Test
  void scenario08ACommandThatIsNotThereExitsWith127() {
    sameAsWithout("nsenter -t $$ -a no-such-command")
        .exitsWith(127)
        .isRefused("no-such-command: No such file or directory");
  }

  @Test
  void scenario09ListsNamespacesAsUtilLinuxPrintsThem() {
    try (Command.Running target = start("unshare -u -n sleep 1000")) {
      long pid = target.process().pid();
      eventually(
          "it sleeps",
          () -> Machine.content(Path.of("/proc/" + pid + "/comm")).startsWith("sleep"));
      Ran ours = sameAsWithout("lsns -p " + pid + " -o NS,TYPE,PID,USER,COMMAND");
      for (String kind : List.of("net", "uts", "mnt", "pid")) {
        String inode = sh("readlink /proc/" + pid + "/ns/" + kind).text().replaceAll("[^0-9]", "");
        assertThat(ours.output()).containsPattern(inode + " +" + kind + " ");
      }
      sameAsWithout("lsns -J -t uts -o NS,TYPE,PID -p " + pid);
      assertThat(sh("belljar lsns").succeeds().lines().getFirst().strip().split(" +"))
          .containsExactly("NS", "TYPE", "NPROCS", "PID", "USER", "COMMAND");
    }
  }

  @Test
  void scenario10TheTreeShowsBothPidsOfEachProcessAndTheBordersOfNamespaces() {
    try (Command.Running target =
        start("unshare -f --kill-child -p -u --mount-proc sh -c 'sleep 4712; true'")) {
      eventually("it runs", () -> sleeper().matches("[0-9]+"));
      String pid = sleeper();
      Ran tree = sh("belljar tree " + target.process().pid());
      assertThat(tree.succeeds().output()).containsPattern(" new .*(mnt|pid|uts)");
      // Outside and inside, as the kernel says it.
      String[] both = sh("grep NSpid /proc/" + pid + "/status").text().split("\\s+");
      assertThat(both).containsExactly("NSpid:", pid, "2");
      assertThat(tree.output()).containsPattern(pid + " +2 root .*sleep 4712");
      assertThat(sh("belljar tree --json " + target.process().pid()).succeeds().output())
          .containsPattern("\"pids\": \\[\\s*" + pid + ",\\s*2\\s*]");
    }
  }

  @Test
  void scenario11CheckNamesTheNamespacesThatUnshareCanMake() {
    Ran check = sh("belljar check");
    for (String kind : List.of("mount", "pid", "network", "ipc", "uts", "cgroup", "user", "time")) {
      String option = kind.equals("network") ? "net" : kind;
      int made = sh("unshare --fork --" + option + " true").code();
      String standing = made == 0 ? "yes" : "no";
      assertThat(check.output()).as(kind).containsPattern("(?m)^  " + standing + " +" + kind + " ");
    }
    assertThat(check.code()).isZero();
  }

  @Test
  void scenario11CheckNamesControllersAndFileSystemsAsTheKernelDoes() {
    String output = sh("belljar check").output();
    for (String type : List.of("proc", "tmpfs", "overlay", "squashfs", "erofs", "fuse")) {
      if (sh("grep -qw " + type + " /proc/filesystems").code() == 0) {
        assertThat(output).as(type).containsPattern("(?m)^  (yes|partly) .*\\b" + type + "\\b");
      }
    }
    for (String controller : List.of("memory", "cpu", "cpuset", "pids")) {
      if (sh("grep -Eq '^" + controller + "\\s.*1$' /proc/cgroups").code() == 0) {
        assertThat(output).containsPattern("(?m)^  (yes|partly) +" + controller + " ");
      }
    }
  }

  @Test
  void scenario11CheckQuotesTheKernelsConfiguration() {
    Path config = Path.of("/proc/config.gz");
    assumeTrue(Files.exists(config), "needs " + config);
    List<String> set = sh("zcat " + config + " | sed -n 's/=[ym]$//p'").succeeds().lines();
    String output = sh("belljar check").output();
    List<String> named =
        Pattern.compile("CONFIG_\\w+")
            .matcher(inSection(output, "built in"))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(named).contains("CONFIG_PID_NS").isSubsetOf(set);
    List<String> missing =
        Pattern.compile("CONFIG_\\w+")
            .matcher(inSection(output, "not set"))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(set).doesNotContainAnyElementsOf(missing);
  }

  /** An item of {@code check} and the lines that it continues on. */
  private static String inSection(String output, String item) {
    Matcher matcher =
        Pattern.compile("(?m)^  \\w+ +" + item + "( .*\\n(?: {10,}.*\\n)*)").matcher(output);
    return matcher.find() ? matcher.group(1) : "";
  }

  private String sleeper() {
    return sh("pgrep -f -x 'sleep 4712'").text();
  }
}
