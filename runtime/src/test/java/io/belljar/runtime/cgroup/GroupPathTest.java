package io.belljar.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.InvalidRequestException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupPathTest {
  private static final ContainerId ID = new ContainerId("web");

  private static String path(String cgroupsPath) {
    return GroupPath.of(Optional.of(cgroupsPath), ID).value();
  }

  @Test
  void isNamedAfterTheContainerWithoutCgroupsPath() {
    assertThat(GroupPath.of(Optional.empty(), ID).value()).isEqualTo("/web");
  }

  @Test
  void countsRelativePathsFromTheRootOfTheHierarchy() {
    assertThat(path("pods/a")).isEqualTo("/pods/a");
    assertThat(path("/pods/a")).isEqualTo("/pods/a");
    assertThat(path("system.slice:runc:web")).isEqualTo("/system.slice:runc:web");
  }

  @Test
  void neverLeadsAboveTheRoot() {
    assertThat(path("../../../pods//./a/")).isEqualTo("/pods/a");
    assertThat(path("/a/../../b")).isEqualTo("/b");
  }

  @Test
  void refusesTheRootOfTheHierarchy() {
    assertThatThrownBy(() -> path("/a/.."))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "config.json: linux.cgroupsPath: \"/a/..\" is the root of the hierarchy; name a group"
                + " of the container's own");
  }

  @Test
  void refusesControlCharacters() {
    assertThatThrownBy(() -> path("/a\nb"))
        .hasMessage("config.json: linux.cgroupsPath: has a control character");
  }

  @Test
  void listsParentsFromTheOutside() {
    assertThat(new GroupPath("/a/b/c").parents()).containsExactly("/a", "/a/b");
    assertThat(new GroupPath("/a").parents()).isEmpty();
  }
}
