package io.belljar.runtime.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostRootTest {
  @TempDir Path host;
  @TempDir Path parent;
  private Path root;

  @BeforeEach
  void program() throws IOException {
    root = parent.resolve("root");
    ElfFixture.elf().at(host, "/usr/bin/tool");
    ElfFixture.link(host, "/bin", "usr/bin");
    Files.setAttribute(host.resolve("usr/bin/tool"), "unix:mode", 04755);
  }

  @Test
  void writesACopyWithoutSetuidAndNoHardLink() throws IOException {
    resolve().writeTo(root);
    Path copy = root.resolve("usr/bin/tool");
    assertThat(mode(copy)).isEqualTo(0755);
    assertThat(Files.readAllBytes(copy)).isEqualTo(ElfFixture.elf().bytes());
    assertThat(Files.getAttribute(copy, "unix:nlink")).isEqualTo(1);
    assertThat(Files.readSymbolicLink(root.resolve("bin/tool"))).hasToString("../usr/bin/tool");
    assertThat(Files.isSameFile(root.resolve("bin/tool"), copy)).isTrue();
    assertThat(mode(root.resolve("tmp"))).isEqualTo(01777);
    assertThat(mode(root.resolve("root"))).isEqualTo(0700);
    assertThat(mode(root)).isEqualTo(0755);
    assertThat(root.resolve("etc/passwd")).content().startsWith("root:x:0:0:root:/root:/bin/sh\n");
    assertThat(root.resolve("etc/group")).content().contains("tty:x:5:\n");
  }

  @Test
  void leavesNothingWhenASourceIsGone() throws IOException {
    HostRoot found = resolve();
    Files.delete(host.resolve("usr/bin/tool"));
    assertThatThrownBy(() -> found.writeTo(root))
        .hasMessage("--from-host: /usr/bin/tool: No such file or directory");
    assertThat(root).doesNotExist();
  }

  @Test
  void refusesAParentThatOthersMayLookInto() throws IOException {
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> resolve().writeTo(root))
        .hasMessage(
            parent + ": has mode 0755: a root file system is made in a directory of mode 0700");
    assertThat(root).doesNotExist();
  }

  @Test
  void refusesARootThatExists() throws IOException {
    Files.createDirectory(root);
    Files.createFile(root.resolve("kept"));
    assertThatThrownBy(() -> resolve().writeTo(root)).hasMessage(root + ": File exists");
    assertThat(root.resolve("kept")).exists();
  }

  @Test
  @Tag("integration")
  void runsTheHostsProgramsInTheRoot() throws Exception {
    HostPrograms.of(List.of("bash", "ls", "id", "grep"), System.getenv("PATH"), Optional.empty())
        .resolve()
        .writeTo(root);
    Process shell =
        new ProcessBuilder(
                "chroot", root.toString(), "/bin/bash", "-c", "ls /bin; id nobody; echo a | grep a")
            .redirectErrorStream(true)
            .start();
    String text = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(text)
        .isEqualTo(
            "bash\ngrep\nid\nls\nuid=65534(nobody) gid=65534(nogroup) groups=65534(nogroup)\na\n");
    assertThat(shell.waitFor()).isZero();
  }

  private HostRoot resolve() {
    return new HostPrograms(List.of("/bin/tool"), List.of(), Optional.empty(), host).resolve();
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
  }
}
