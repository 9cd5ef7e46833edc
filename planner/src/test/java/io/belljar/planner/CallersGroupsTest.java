package io.belljar.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.cgroup.CgroupPlace;
import io.belljar.linux.cgroup.V1Hierarchy;
import io.belljar.linux.cgroup.V2Hierarchy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallersGroupsTest {
  @TempDir private Path directory;

  private CgroupPlace place(String name, String group) throws IOException {
    Path mount = Files.createDirectory(directory.resolve(name));
    Files.createFile(mount.resolve("cgroup.procs"));
    return new CgroupPlace(mount.toString(), "/", group, false);
  }

  private Path processes(String name) {
    return directory.resolve(name).resolve("cgroup.procs");
  }

  @Test
  void movesToTheRootOfEveryHierarchyInWhichItIsElsewhere() throws IOException {
    CgroupLayout layout =
        new CgroupLayout(
            List.of(
                new V1Hierarchy(Set.of("pids"), Optional.empty(), place("pids", "/user/1")),
                new V1Hierarchy(Set.of("cpu"), Optional.empty(), place("cpu", "/"))),
            Optional.of(new V2Hierarchy(Set.of(), place("unified", "/unit.service"))));
    assertThat(CallersGroups.leave(layout, 77)).isEmpty();
    assertThat(processes("pids")).hasContent("77");
    assertThat(processes("unified")).hasContent("77");
    assertThat(processes("cpu")).isEmptyFile();
  }

  @Test
  void saysWhichHierarchyItCouldNotLeaveAndLeavesTheOthers() throws IOException {
    CgroupPlace refused = place("pids", "/user/1");
    Files.delete(processes("pids"));
    CgroupLayout layout =
        new CgroupLayout(
            List.of(new V1Hierarchy(Set.of("pids"), Optional.empty(), refused)),
            Optional.of(new V2Hierarchy(Set.of(), place("unified", "/unit.service"))));
    assertThat(CallersGroups.leave(layout, 77))
        .containsExactly(
            "the caller's cgroup can't be left: %s: %s"
                .formatted(processes("pids"), processes("pids")));
    assertThat(processes("unified")).hasContent("77");
  }
}
