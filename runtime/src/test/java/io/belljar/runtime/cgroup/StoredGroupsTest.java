package io.belljar.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.plan.Plan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredGroupsTest {
  private static final String V1 = "/sys/fs/cgroup/freezer/web";
  private static final String PIDS = "/sys/fs/cgroup/pids/web";
  private static final String V2 = "/sys/fs/cgroup/unified/web";

  @TempDir Path root;

  private String kill(CgroupFixture fixture, String... directories) {
    Plan.Builder plan = Plan.builder();
    new StoredGroups(List.of(directories), fixture.files()).kill(plan);
    return CgroupFixture.text(plan.build());
  }

  @Test
  void thawsWhatV1HasFrozenBeforeItKills() {
    CgroupFixture fixture = CgroupFixture.none(root);
    fixture.absolute(V1 + "/freezer.state", "FROZEN");
    fixture.absolute(PIDS + "/pids.current", "1");
    assertThat(kill(fixture, V1, PIDS))
        .isEqualTo(
            """
            LAUNCHER Write[/sys/fs/cgroup/freezer/web/freezer.state THAWED] tolerating 2
            LAUNCHER Kill[path=/sys/fs/cgroup/pids/web]
            """);
  }

  @Test
  void killsInV2AsItIsFrozen() {
    CgroupFixture fixture = CgroupFixture.none(root);
    fixture.absolute(V1 + "/freezer.state", "THAWED");
    fixture.absolute(V2 + "/cgroup.controllers", "");
    fixture.absolute(V2 + "/cgroup.freeze", "1");
    assertThat(kill(fixture, V1, V2)).isEqualTo("LAUNCHER Kill[path=" + V2 + "]\n");
    assertThat(new Freezer(List.of(V1, V2), fixture.files()).isFrozen()).isTrue();
  }

  @Test
  void followsTheFirstProcessToAGroupBelow() {
    CgroupFixture fixture = CgroupFixture.none(root);
    fixture.absolute(V2 + "/cgroup.controllers", "");
    StoredGroups groups = new StoredGroups(List.of(PIDS, V2), fixture.files());
    assertThat(groups.following(V2 + "/init.scope").directories())
        .containsExactly(PIDS, V2 + "/init.scope");
    assertThat(groups.following("/sys/fs/cgroup/unified/webmail")).isEqualTo(groups);
  }

  @Test
  void countsWhatTheMemoryLimitKilled() {
    CgroupFixture fixture = CgroupFixture.none(root);
    fixture.absolute("/v1/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2");
    fixture.absolute("/v2/memory.events", "low 0\noom 3\noom_kill 1\noom_group_kill 0");
    assertThat(new StoredGroups(List.of("/v1"), fixture.files()).memoryKills()).hasValue(2);
    assertThat(new StoredGroups(List.of("/v2"), fixture.files()).memoryKills()).hasValue(1);
    assertThat(new StoredGroups(List.of("/v3"), fixture.files()).memoryKills())
        .isEqualTo(OptionalLong.empty());
  }

  @Test
  void settlesWhenEachProcessHasStopped() {
    CgroupFixture fixture = CgroupFixture.none(root);
    fixture.absolute(V1 + "/freezer.state", "FREEZING");
    Freezer v1 = new Freezer(List.of(V1), fixture.files());
    assertThat(v1.isFrozen()).isTrue();
    assertThat(v1.hasSettled()).isFalse();
    fixture.absolute(V2 + "/cgroup.freeze", "1");
    fixture.absolute(V2 + "/cgroup.events", "populated 1\nfrozen 1");
    assertThat(new Freezer(List.of(V2), fixture.files()).hasSettled()).isTrue();
    assertThat(new Freezer(List.of("/none"), fixture.files()).isAvailable()).isFalse();
  }

  @Test
  void seesWhichContainerIsFrozenWhereItKnowsTheHierarchies() {
    CgroupFixture fixture = CgroupFixture.none(root);
    fixture.absolute("/sys/fs/cgroup/freezer/cgroup.procs", "");
    fixture.absolute("/sys/fs/cgroup/pids/cgroup.procs", "");
    fixture.absolute("/sys/fs/cgroup/unified/cgroup.procs", "");
    fixture.absolute(PIDS + "/pids.max", "max");
    fixture.absolute(V1 + "/freezer.state", "THAWED");
    fixture.absolute(V2 + "/cgroup.freeze", "0");
    fixture.absolute("/sys/fs/cgroup/freezer/db/freezer.state", "FROZEN");
    fixture.absolute("/sys/fs/cgroup/unified/app/cgroup.freeze", "1");
    Map<String, Boolean> places = new HashMap<>();
    assertThat(isFrozen(fixture, places, "gone")).isFalse();
    for (int i = 0; i < 2; i++) {
      assertThat(isFrozen(fixture, places, "web")).isFalse();
      assertThat(isFrozen(fixture, places, "db")).isTrue();
      assertThat(isFrozen(fixture, places, "app")).isTrue();
      assertThat(isFrozen(fixture, places, "gone")).isFalse();
    }
    assertThat(places)
        .containsEntry("/sys/fs/cgroup/pids/cgroup.freeze", false)
        .containsEntry("/sys/fs/cgroup/freezer/freezer.state", true)
        .containsEntry("/sys/fs/cgroup/unified/cgroup.freeze", true);
  }

  private static boolean isFrozen(
      CgroupFixture fixture, Map<String, Boolean> places, String container) {
    List<String> groups =
        List.of(
            "/sys/fs/cgroup/pids/" + container,
            "/sys/fs/cgroup/freezer/" + container,
            "/sys/fs/cgroup/unified/" + container);
    return new Freezer(groups, fixture.files(), places).isFrozen();
  }
}
