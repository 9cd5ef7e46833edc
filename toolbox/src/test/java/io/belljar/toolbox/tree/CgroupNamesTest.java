package io.belljar.toolbox.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CgroupNamesTest {
  private static final String ID = "0123456789abcdef".repeat(4);

  private static void assertContainer(String engine, String name, String cgroup) {
    assertEquals(Optional.of(new ContainerRef(engine, name)), CgroupNames.container(cgroup));
  }

  @Test
  void enginesAreKnownByTheirPaths() {
    assertContainer("docker", ID, "/docker/" + ID);
    assertContainer("docker", ID, "/system.slice/docker-" + ID + ".scope");
    assertContainer("podman", ID, "/machine.slice/libpod-" + ID + ".scope/container");
    assertContainer("podman", ID, "/libpod_parent/libpod-" + ID);
    assertContainer("containerd", ID, "/kubepods.slice/x.slice/cri-containerd-" + ID + ".scope");
    assertContainer("cri-o", ID, "/kubepods.slice/crio-" + ID + ".scope");
    assertContainer("kubernetes", ID, "/kubepods/besteffort/pod12-34/" + ID);
    assertContainer("lxc", "web", "/lxc.payload.web/init.scope");
    assertContainer("systemd-nspawn", "web", "/machine.slice/systemd-nspawn@web.service/payload");
  }

  @Test
  void theInnermostContainerCounts() {
    String inner = "f".repeat(64);
    assertContainer("podman", inner, "/docker/" + ID + "/libpod_parent/libpod-" + inner);
  }

  @Test
  void whatOnlyLooksLikeOneIsNone() {
    assertEquals(Optional.empty(), CgroupNames.container("/docker/" + ID + "0"));
    assertEquals(Optional.empty(), CgroupNames.container("/libpod-conmon-" + ID + ".scope"));
    assertEquals(Optional.empty(), CgroupNames.container("/system.slice/docker.service"));
  }

  @Test
  void aLongIdIsShownInShort() {
    assertEquals("0123456789ab", new ContainerRef("docker", ID).shortName());
    assertEquals("web", new ContainerRef("docker", "web").shortName());
  }
}
