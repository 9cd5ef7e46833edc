package io.belljar.runtime.cgroup;

import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.cgroup.CgroupPlace;
import io.belljar.linux.cgroup.V1Hierarchy;
import io.belljar.linux.cgroup.V2Hierarchy;
import io.belljar.plan.Plan;
import io.belljar.plan.PlannedStep;
import io.belljar.plan.step.FileStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Files as a machine's cgroup file systems show them, below a directory. */
public final class CgroupFixture {
  private static final String TOP = "/sys/fs/cgroup";

  private final Path root;
  private final List<V1Hierarchy> v1 = new ArrayList<>();
  private Optional<V2Hierarchy> v2 = Optional.empty();

  private CgroupFixture(Path root) {
    this.root = root;
  }

  /** Five v1 hierarchies, two controllers of which are mounted together. */
  public static CgroupFixture v1(Path root) {
    CgroupFixture fixture = new CgroupFixture(root);
    fixture.hierarchy("cpu,cpuacct", Set.of("cpu", "cpuacct"));
    fixture.files("cpu,cpuacct", "cpu.shares", "cpu.cfs_quota_us", "cpu.cfs_period_us");
    fixture.files("cpu,cpuacct", "cpu.cfs_burst_us", "cpu.idle");
    fixture.hierarchy("cpuset", Set.of("cpuset"));
    fixture.file("cpuset/cpuset.cpus", "0-3");
    fixture.file("cpuset/cpuset.mems", "0");
    fixture.hierarchy("memory", Set.of("memory"));
    fixture.files("memory", "memory.limit_in_bytes", "memory.memsw.limit_in_bytes");
    fixture.files("memory", "memory.soft_limit_in_bytes", "memory.swappiness");
    fixture.files("memory", "memory.oom_control", "memory.kmem.limit_in_bytes");
    fixture.files("memory", "memory.kmem.tcp.limit_in_bytes");
    fixture.hierarchy("devices", Set.of("devices"));
    fixture.hierarchy("pids", Set.of("pids"));
    fixture.file("systemd/cgroup.procs", "1");
    fixture.v1.add(
        new V1Hierarchy(
            Set.of(), Optional.of("systemd"), new CgroupPlace(TOP + "/systemd", "/", "/", false)));
    return fixture;
  }

  /** Only v2; the root hands down memory and pids already. */
  public static CgroupFixture v2(Path root) {
    CgroupFixture fixture = new CgroupFixture(root);
    Set<String> controllers = Set.of("cpu", "cpuset", "io", "memory", "pids");
    fixture.file("cgroup.controllers", "cpuset cpu io memory pids");
    fixture.file("cgroup.subtree_control", "memory pids");
    fixture.file("cpuset.cpus.effective", "0-3");
    fixture.file("cpuset.mems.effective", "0");
    fixture.v2 = Optional.of(new V2Hierarchy(controllers, new CgroupPlace(TOP, "/", "/", false)));
    return fixture;
  }

  /** v1 as above, and a v2 tree that has hugetlb alone. */
  public static CgroupFixture hybrid(Path root) {
    CgroupFixture fixture = v1(root);
    fixture.file("unified/cgroup.controllers", "hugetlb");
    fixture.file("unified/cgroup.subtree_control", "");
    fixture.absolute("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "0");
    fixture.v2 =
        Optional.of(
            new V2Hierarchy(Set.of("hugetlb"), new CgroupPlace(TOP + "/unified", "/", "/", false)));
    return fixture;
  }

  /** No cgroup file system at all. */
  public static CgroupFixture none(Path root) {
    return new CgroupFixture(root);
  }

  private void hierarchy(String name, Set<String> controllers) {
    v1.add(
        new V1Hierarchy(
            controllers, Optional.empty(), new CgroupPlace(TOP + "/" + name, "/", "/x", false)));
    file(name + "/cgroup.procs", "1");
  }

  private void files(String hierarchy, String... names) {
    Arrays.stream(names).forEach(name -> file(hierarchy + "/" + name, "0"));
  }

  /** Writes a file below /sys/fs/cgroup. */
  public void file(String name, String text) {
    absolute(TOP + "/" + name, text);
  }

  /** Writes a file by its absolute path in the fixture. */
  public void absolute(String name, String text) {
    Path file = root.resolve("." + name).normalize();
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public CgroupLayout layout() {
    return new CgroupLayout(v1, v2);
  }

  public GroupFiles files() {
    return new GroupFiles(root);
  }

  /** A hierarchy as limits see it. */
  Hierarchy hierarchyFor(String name) {
    String top = name.isEmpty() ? TOP : TOP + "/" + name;
    return new Hierarchy(files(), top, top + "/c");
  }

  /** A plan's steps, a line each. */
  public static String text(Plan plan) {
    return plan.steps().stream()
        .map(CgroupFixture::line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(PlannedStep planned) {
    String step =
        planned.step() instanceof FileStep.Write write
            ? "Write[" + write.path() + " " + write.data().text() + "]"
            : planned.step().toString();
    String tolerated = planned.tolerated() == 0 ? "" : " tolerating " + planned.tolerated();
    return planned.role() + " " + step + tolerated;
  }

  /** The values that are written, a line each. */
  static String text(List<GroupWrite> writes) {
    return writes.stream()
        .map(write -> write.file() + "=" + write.value() + " (" + write.path() + ")")
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
