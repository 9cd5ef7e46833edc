package io.belljar.toolbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.Capability;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.IdMapping;
import io.belljar.linux.text.TerminalText;
import io.belljar.toolbox.page.Page;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Judges facts; the facts are those of {@link Subjects}, changed. */
class ReportTest {
  private static Finding find(Report report, String id) {
    return report.findings().stream()
        .filter(finding -> finding.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " is not in " + report.findings()));
  }

  private static List<String> ids(Report report) {
    return report.findings().stream().map(Finding::id).toList();
  }

  @Test
  void givesAHardenedContainerTheBestGrade() {
    Report report = Subjects.hardened().report();
    assertThat(report.grade().letter()).isEqualTo('A');
    assertThat(ids(report)).containsExactly("lsm.none");
  }

  @Test
  void findsADefaultContainerFair() {
    Report report = Subjects.docker().report();
    assertThat(report.grade()).isEqualTo(Grade.MEDIUM);
    assertThat(ids(report))
        .contains("user.root", "limit.memory", "limit.pids", "capability.CAP_NET_RAW")
        .contains("privileges.new", "mount.root-writable")
        .doesNotContain("capability.CAP_CHOWN", "seccomp.none", "namespace.pid");
    assertThat(find(report, "user.root").cure().option()).isEqualTo("--user 1000:1000");
    assertThat(find(report, "capability.CAP_MKNOD").grade()).isEqualTo(Grade.LOW);
  }

  @Test
  void findsThatAShellOfRootIsNotIsolated() {
    Report report = Subjects.shell().report();
    assertThat(report.grade().letter()).isEqualTo('F');
    assertThat(ids(report)).containsExactly("isolation.none");
    assertThat(find(report, "isolation.none").cure())
        .isEqualTo(new Cure("", "", "start it with belljar run"));
    assertThat(text(report)).contains("cure:   start it with belljar run").doesNotContain("--cap");
    assertThat(ReportJson.of(report)).contains("\"advice\": \"start it with belljar run\"");
  }

  @Test
  void findsWhatAProcessMayDoThatIsIsolatedByAFilterOnly() {
    Subjects subject = Subjects.shell();
    subject.filters = Subjects.hardened().filters;
    Report report = subject.report();
    assertThat(report.grade().letter()).isEqualTo('F');
    assertThat(ids(report))
        .contains("namespace.mount", "namespace.pid", "namespace.network")
        .contains("capability.CAP_SYS_ADMIN", "capability.CAP_CHOWN")
        .doesNotContain("mount.root-writable");
    assertThat(find(report, "namespace.network").allows()).contains("@/tmp/.X11-unix/X0");
  }

  @Test
  void tellsCapabilitiesInAUserNamespaceOfItsOwnFromThoseOnTheHost() {
    Subjects subject = Subjects.docker();
    subject.shared.remove(NamespaceKind.USER);
    subject.capabilities = Subjects.ALL;
    subject.user = 100_000;
    subject.uidMap = List.of(new IdMapping(0, 100_000, 65_536));
    Report report = subject.report();
    assertThat(find(report, "capability.own-user-namespace").grade()).isEqualTo(Grade.LOW);
    assertThat(ids(report)).doesNotContain("capability.CAP_SYS_ADMIN", "user.root-mapped");
  }

  @Test
  void agreesInNumberWithTheCapabilitiesOfAUserNamespace() {
    Subjects subject = Subjects.hardened();
    subject.shared.remove(NamespaceKind.USER);
    subject.capabilities = Subjects.mask(Capability.CAP_NET_RAW);
    assertThat(find(subject.report(), "capability.own-user-namespace").title())
        .isEqualTo("has CAP_NET_RAW, which counts only in its own user namespace");
    subject.capabilities = Subjects.mask(Capability.CAP_NET_RAW, Capability.CAP_SYS_ADMIN);
    assertThat(find(subject.report(), "capability.own-user-namespace").title())
        .isEqualTo("has CAP_SYS_ADMIN, CAP_NET_RAW, which count only in its own user namespace");
  }

  @Test
  void isNotReassuredByNamespacesThatCannotBeRead() {
    Subjects subject = Subjects.shell();
    Grade known = new Report(subject.build(), judged(subject)).grade();
    subject.unknown = EnumSet.allOf(NamespaceKind.class);
    Report report = subject.report();
    assertThat(report.isProvisional()).isTrue();
    assertThat(report.grade()).isEqualTo(known).isEqualTo(Grade.CRITICAL);
    assertThat(ids(report))
        .contains("namespace.unknown", "capability.unknown", "user.root", "seccomp.none")
        .doesNotContain("capability.own-user-namespace", "user.root-mapped", "namespace.pid");
    assertThat(find(report, "namespace.unknown").grade()).isEqualTo(Grade.HIGH);
    assertThat(find(report, "capability.unknown").title())
        .endsWith("; whether on the host cannot be told");
    assertThat(text(report))
        .contains("Grade F  (provisional) none", "Run as root", "count on      cannot be told")
        .contains("cure:   run the report as root")
        .doesNotContain("do not count", "only in its own");
    assertThat(ReportJson.of(report))
        .contains("\"capabilitiesCountOnHost\": null", "\"provisional\": true");
  }

  @Test
  void gradesNoNamespaceBetterForNotBeingKnown() {
    for (NamespaceKind kind : NamespaceKind.values()) {
      Subjects subject = Subjects.docker();
      subject.shared.add(kind);
      Grade known = subject.report().grade();
      subject.unknown.add(kind);
      assertThat(subject.report().grade()).as(kind.toString()).isEqualTo(known);
    }
  }

  /** As if something isolated it. */
  private static List<Finding> judged(Subjects subject) {
    subject.label = Optional.of("confined");
    List<Finding> findings = subject.report().findings();
    subject.label = Optional.empty();
    return findings;
  }

  private static String text(Report report) {
    return ReportText.of(report, new Page(0, false, new TerminalText(false)));
  }

  @Test
  void tellsThatAUserNamespaceMapsRoot() {
    Subjects subject = Subjects.docker();
    subject.shared.remove(NamespaceKind.USER);
    assertThat(find(subject.report(), "user.root-mapped").grade()).isEqualTo(Grade.LOW);
  }

  @Test
  void gradesACapabilityByTheNamespaceThatItNeeds() {
    Subjects subject = Subjects.hardened();
    subject.capabilities = Subjects.mask(Capability.CAP_SYS_PTRACE, Capability.CAP_NET_ADMIN);
    assertThat(find(subject.report(), "capability.CAP_SYS_PTRACE").grade()).isEqualTo(Grade.LOW);
    subject.shared.add(NamespaceKind.PID);
    subject.shared.add(NamespaceKind.NETWORK);
    Report report = subject.report();
    assertThat(find(report, "capability.CAP_SYS_PTRACE").grade()).isEqualTo(Grade.CRITICAL);
    assertThat(find(report, "capability.CAP_NET_ADMIN").grade()).isEqualTo(Grade.HIGH);
    assertThat(find(report, "capability.CAP_NET_ADMIN").cure().option())
        .isEqualTo("--cap-drop NET_ADMIN");
  }

  @Test
  void findsAnEnginesSocket() {
    Subjects subject = Subjects.hardened();
    subject.sockets.add(new SocketFact("/run/docker.sock", "Docker", true, true));
    Finding finding = find(subject.report(), "socket.Docker");
    assertThat(finding.grade()).isEqualTo(Grade.CRITICAL);
    assertThat(finding.title()).isEqualTo("may connect to Docker at /run/docker.sock");
  }

  @Test
  void leavesASocketAloneThatTheProcessMayNotConnectTo() {
    Subjects subject = Subjects.hardened();
    subject.sockets.add(new SocketFact("/run/docker.sock", "Docker", false, true));
    assertThat(subject.report().grade()).isEqualTo(Grade.INFO);
  }

  @Test
  void gradesMountsByWhatTheyShowAndWhoCanWrite() {
    Subjects subject = Subjects.docker();
    subject.mounts.add(new MountFact("/host", "/", "ext4", true));
    subject.mounts.add(new MountFact("/conf", "/etc", "ext4", false));
    subject.mounts.add(new MountFact("/data", "/data/app", "ext4", true));
    Report report = subject.report();
    assertThat(find(report, "mount./host").grade()).isEqualTo(Grade.CRITICAL);
    assertThat(find(report, "mount./conf").grade()).isEqualTo(Grade.MEDIUM);
    assertThat(find(report, "mount./data").grade()).isEqualTo(Grade.INFO);
    subject.user = 1000;
    subject.capabilities = 0;
    assertThat(find(subject.report(), "mount./host").grade()).isEqualTo(Grade.HIGH);
  }

  @Test
  void findsKernelFilesThatRootCanWrite() {
    Subjects subject = Subjects.docker();
    subject.kernelFiles.add(new KernelFileFact("/proc/sys", "/proc/sys", true, true));
    assertThat(find(subject.report(), "kernel./proc/sys").grade()).isEqualTo(Grade.CRITICAL);
    subject.user = 1000;
    subject.capabilities = 0;
    assertThat(ids(subject.report())).doesNotContain("kernel./proc/sys");
  }

  @Test
  void findsDescriptorsThatLeadOut() {
    Subjects subject = Subjects.hardened();
    subject.descriptors.add(new DescriptorFact(7, "/sys/fs/cgroup", true, false));
    subject.descriptors.add(new DescriptorFact(1, "/home/x/log", false, true));
    Report report = subject.report();
    assertThat(find(report, "descriptor.directory").grade()).isEqualTo(Grade.CRITICAL);
    assertThat(find(report, "descriptor.1").grade()).isEqualTo(Grade.INFO);
  }

  @Test
  void findsDisks() {
    Subjects subject = Subjects.docker();
    subject.devices.add(new DeviceFact("/dev/sda", true, 8, 0, true));
    subject.devices.add(new DeviceFact("/dev/mem", false, 1, 1, true));
    Report report = subject.report();
    assertThat(find(report, "device.block").title()).isEqualTo("may open block devices: /dev/sda");
    assertThat(find(report, "device.mem").grade()).isEqualTo(Grade.CRITICAL);
  }

  @Test
  void findsAChangedRootWeakOnlyForWhoCanLeaveIt() {
    Subjects subject = Subjects.hardened();
    subject.shared.add(NamespaceKind.MOUNT);
    subject.root = "/proc/12/fdinfo";
    assertThat(find(subject.report(), "namespace.mount").grade()).isEqualTo(Grade.LOW);
    subject.capabilities = Subjects.mask(Capability.CAP_SYS_CHROOT);
    assertThat(find(subject.report(), "namespace.mount").grade()).isEqualTo(Grade.HIGH);
  }

  @Test
  void asksForALabelWhereTheKernelHasThem() {
    Subjects subject = Subjects.hardened();
    subject.label = Optional.of("unconfined");
    assertThat(find(subject.report(), "lsm.unconfined").grade()).isEqualTo(Grade.LOW);
    subject.label = Optional.of("docker-default (enforce)");
    assertThat(ids(subject.report())).isEmpty();
  }

  @Test
  void judgesWhatAFilterLetsPass() {
    Subjects subject = Subjects.hardened();
    subject.filters =
        Optional.of(
            new Reading.Known<>(new FilterFacts(1, 368, 360, 0, 0, 8, List.of("bpf"), true)));
    Report report = subject.report();
    assertThat(find(report, "seccomp.risky").title()).endsWith("pass: bpf");
    assertThat(ids(report)).contains("seccomp.deny-list");
  }

  @Test
  void saysWhatCouldNotBeRead() {
    Subjects subject = Subjects.hardened();
    subject.filters = Optional.of(new Reading.Hidden<>("it is stopped"));
    String text = ReportText.of(subject.report(), new Page(0, false, new TerminalText(false)));
    assertThat(text)
        .contains("pass          not readable: it is stopped")
        .contains("Grade A  (provisional) strong")
        .containsPattern("system\\s+call\\s+filter");
    assertThat(ReportJson.of(subject.report())).contains("\"notReadable\": \"it is stopped\"");
  }

  @Test
  void beginsWithTheGrade() {
    String text =
        ReportText.of(Subjects.docker().report(), new Page(0, false, new TerminalText(false)));
    assertThat(text)
        .startsWith(
            """
            Isolation of process 4242: sleep 1000
            Grade C  fair: some barriers are missing
            0 critical, 0 high, 3 medium, 5 low, 1 info

            Findings
              medium    runs as root, the same root as the host's
            """);
  }
}
