package io.belljar.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.proc.ProcFixture;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupLayoutTest {
  private static final String ROOT = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n";
  private static final String SYS = "23 27 0:22 / /sys rw,relatime - sysfs sysfs rw\n";

  /** Every v1 controller in a hierarchy of its own, and v2 with what is left over. */
  private static final String HYBRID =
      ROOT
          + SYS
          + """
          31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
          32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
          33 31 0:30 / /sys/fs/cgroup/cpuacct rw,relatime - cgroup cgroup rw,cpuacct
          35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
          40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
          41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
          """;

  private static final String HYBRID_CGROUP =
      """
      9:name=systemd:/
      4:memory:/process/8a54
      2:cpuacct:/
      1:cpu:/
      0::/
      """;

  @TempDir private Path directory;

  @Test
  void detectsHybrid() {
    CgroupLayout layout =
        controllers("sys/fs/cgroup/unified", "hugetlb\n").detect(HYBRID, HYBRID_CGROUP);
    assertThat(layout.mode()).isEqualTo(CgroupLayout.Mode.HYBRID);
    assertThat(layout.v1())
        .extracting(V1Hierarchy::label)
        .containsExactly("name=systemd", "memory", "cpuacct", "cpu");
    assertThat(layout.v1("memory").orElseThrow().place().ownDirectory())
        .contains("/sys/fs/cgroup/memory/process/8a54");
    assertThat(layout.v1("cpu").orElseThrow().place().ownDirectory())
        .contains("/sys/fs/cgroup/cpu");
    assertThat(layout.v1("pids")).isEmpty();
    assertThat(layout.v1Named("systemd").orElseThrow().directoryName()).isEqualTo("systemd");
    assertThat(layout.hasV2("hugetlb")).isTrue();
    assertThat(layout.hasV2("memory")).isFalse();
    assertThat(layout.v2().orElseThrow().place().ownDirectory()).contains("/sys/fs/cgroup/unified");
  }

  @Test
  void detectsTheV2OfASystemdMachine() {
    String mounts =
        ROOT
            + SYS
            + "26 23 0:23 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2"
            + " cgroup2 rw,nsdelegate,memory_recursiveprot\n";
    CgroupLayout layout =
        controllers("sys/fs/cgroup", "cpuset cpu io memory hugetlb pids rdma misc\n")
            .detect(mounts, "0::/user.slice/user-1000.slice/session-2.scope\n");
    assertThat(layout.mode()).isEqualTo(CgroupLayout.Mode.V2);
    V2Hierarchy v2 = layout.v2().orElseThrow();
    assertThat(v2.controllers())
        .isEqualTo(Set.of("cpuset", "cpu", "io", "memory", "hugetlb", "pids", "rdma", "misc"));
    assertThat(v2.place().ownDirectory())
        .contains("/sys/fs/cgroup/user.slice/user-1000.slice/session-2.scope");
    assertThat(v2.place().readOnly()).isFalse();
  }

  @Test
  void detectsTheHybridOfAnOldUbuntuWithControllersMountedTogether() {
    String mounts =
        ROOT
            + SYS
            + """
            25 23 0:23 / /sys/fs/cgroup ro,nosuid - tmpfs tmpfs ro,mode=755
            26 25 0:24 / /sys/fs/cgroup/unified rw shared:10 - cgroup2 cgroup rw,nsdelegate
            28 25 0:25 / /sys/fs/cgroup/systemd rw shared:11 - cgroup cgroup rw,xattr,name=systemd
            29 25 0:27 / /sys/fs/cgroup/net_cls,net_prio rw - cgroup cgroup rw,net_cls,net_prio
            30 25 0:28 / /sys/fs/cgroup/cpu,cpuacct rw shared:16 - cgroup cgroup rw,cpu,cpuacct
            31 25 0:29 / /sys/fs/cgroup/pids rw shared:17 - cgroup cgroup rw,pids
            """;
    CgroupLayout layout =
        controllers("sys/fs/cgroup/unified", "\n")
            .detect(
                mounts,
                """
                12:pids:/user.slice/user-1000.slice
                9:cpu,cpuacct:/user.slice
                5:net_cls,net_prio:/
                1:name=systemd:/user.slice/user-1000.slice/session-1.scope
                0::/user.slice/user-1000.slice/session-1.scope
                """);
    assertThat(layout.mode()).isEqualTo(CgroupLayout.Mode.HYBRID);
    V1Hierarchy cpu = layout.v1("cpu").orElseThrow();
    assertThat(layout.v1("cpuacct")).contains(cpu);
    assertThat(cpu.directoryName()).isEqualTo("cpu,cpuacct");
    assertThat(cpu.links()).containsExactly("cpu", "cpuacct");
    assertThat(cpu.label()).isEqualTo("cpu,cpuacct");
    assertThat(cpu.place().ownDirectory()).contains("/sys/fs/cgroup/cpu,cpuacct/user.slice");
    assertThat(layout.v1("pids").orElseThrow().links()).isEmpty();
    assertThat(layout.v2().orElseThrow().controllers()).isEmpty();
  }

  @Test
  void detectsV1Only() {
    String mounts = HYBRID.replaceAll(".*cgroup2.*\n", "");
    CgroupLayout layout = detect(mounts, HYBRID_CGROUP.replace("0::/\n", ""));
    assertThat(layout.mode()).isEqualTo(CgroupLayout.Mode.V1);
    assertThat(layout.v2()).isEmpty();
  }

  @Test
  void detectsNothingWhereNoCgroupFileSystemIsMounted() {
    CgroupLayout layout = detect(ROOT + SYS, HYBRID_CGROUP);
    assertThat(layout.mode()).isEqualTo(CgroupLayout.Mode.NONE);
  }

  @Test
  void doesNotSeeHierarchiesUnderAnotherMount() {
    // cgroup2 mounted over /sys/fs/cgroup in a mount namespace of one's own.
    String mounts = HYBRID + "50 31 0:38 / /sys/fs/cgroup rw,relatime - cgroup2 none rw\n";
    CgroupLayout layout = controllers("sys/fs/cgroup", "hugetlb").detect(mounts, HYBRID_CGROUP);
    assertThat(layout.mode()).isEqualTo(CgroupLayout.Mode.V2);
    assertThat(layout.v2().orElseThrow().place().mountPoint()).isEqualTo("/sys/fs/cgroup");
  }

  @Test
  void findsTheOwnCgroupBelowTheMountedPartOfAHierarchy() {
    // A v1 container without a cgroup namespace: its cgroup is bind-mounted.
    String mounts =
        ROOT + "60 27 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n";
    CgroupPlace place =
        detect(mounts, "4:memory:/docker/abc/sub\n").v1("memory").orElseThrow().place();
    assertThat(place.ownDirectory()).contains("/sys/fs/cgroup/memory/sub");
    assertThat(place.directoryOf("/docker/abc")).contains("/sys/fs/cgroup/memory");
    assertThat(place.directoryOf("/docker/abcd")).isEmpty();
    assertThat(place.directoryOf("/")).isEmpty();
    assertThat(place.readOnly()).isTrue();
  }

  @Test
  void doesNotGuessWhereACgroupNamespaceHidesTheWay() {
    // The mount was made outside of the namespace: its root is two levels above the process.
    String mounts = ROOT + "60 27 0:32 /../.. /sys/fs/cgroup rw - cgroup2 cgroup rw\n";
    CgroupPlace place =
        controllers("sys/fs/cgroup", "pids").detect(mounts, "0::/\n").v2().orElseThrow().place();
    assertThat(place.ownDirectory()).isEmpty();
    assertThat(place.directoryOf("/../../other")).contains("/sys/fs/cgroup/other");
    assertThat(place.directoryOf("/../..")).contains("/sys/fs/cgroup");
    assertThat(place.directoryOf("/../x")).isEmpty();
  }

  @Test
  void seesThatAProcessIsOutsideOfTheMountedHierarchy() {
    String mounts = ROOT + "60 27 0:32 / /sys/fs/cgroup rw - cgroup2 cgroup rw\n";
    CgroupPlace place =
        controllers("sys/fs/cgroup", "").detect(mounts, "0::/../host\n").v2().orElseThrow().place();
    assertThat(place.ownDirectory()).isEmpty();
  }

  @Test
  void prefersTheUsualPlaceAmongSeveralMounts() {
    String mounts =
        ROOT
            + """
            59 27 0:32 / /mnt/cgroup rw - cgroup2 cgroup rw
            60 27 0:32 / /sys/fs/cgroup rw - cgroup2 cgroup rw
            61 27 0:32 / /srv/cgroup rw - cgroup2 cgroup rw
            """;
    CgroupLayout layout = controllers("sys/fs/cgroup", "").detect(mounts, "0::/\n");
    assertThat(layout.v2().orElseThrow().place().mountPoint()).isEqualTo("/sys/fs/cgroup");
  }

  @Test
  void isEmptyForAProcessThatIsNotThere() {
    assertThat(CgroupLayout.detect(new ProcFixture(directory.resolve("proc")).proc(), 9, directory))
        .isEmpty();
  }

  private CgroupLayout detect(String mountInfo, String cgroup) {
    ProcFixture fixture = new ProcFixture(directory.resolve("proc"));
    fixture.file("42/mountinfo", mountInfo).file("42/cgroup", cgroup);
    return CgroupLayout.detect(fixture.proc(), 42, directory).orElseThrow();
  }

  private Controllers controllers(String directoryOfMount, String text) {
    new ProcFixture(directory).file(directoryOfMount + "/cgroup.controllers", text);
    return this::detect;
  }

  private interface Controllers {
    CgroupLayout detect(String mountInfo, String cgroup);
  }
}
