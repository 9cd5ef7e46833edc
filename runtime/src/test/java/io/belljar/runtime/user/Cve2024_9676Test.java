package io.belljar.runtime.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CVE-2024-9676: the image's /etc/passwd is a fifo, a device or a link to the host's file. */
class Cve2024_9676Test {
  @TempDir Path root;

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void readsRegularFilesInsideTheRootOnly() throws Exception {
    Path passwd = Files.createDirectory(root.resolve("etc")).resolve("passwd");
    assertThat(new ProcessBuilder("mkfifo", passwd.toString()).start().waitFor()).isZero();
    refusesDaemon();
    Files.delete(passwd);
    Files.createSymbolicLink(passwd, Path.of("/dev/zero"));
    refusesDaemon();
    Files.delete(passwd);
    Files.createSymbolicLink(passwd, Path.of("../../../../../../../etc/passwd"));
    refusesDaemon();
  }

  private void refusesDaemon() {
    PasswordFile accounts = PasswordFile.read(root);
    assertThat(accounts.resolve("7", ContainerUser.ROOT).uid()).isEqualTo(7);
    assertThatThrownBy(() -> accounts.resolve("daemon", ContainerUser.ROOT))
        .hasMessage("unable to find user daemon: no matching entries in passwd file");
  }
}
