package io.belljar.runtime.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CVE-2021-32760, CVE-2025-47290: unpacking changed the modes of the host's files. */
class Cve2021_32760Test {
  @TempDir Path directory;

  @Test
  void doesNotGiveAHostsFileAModeThroughALink() throws IOException {
    Path host = Files.writeString(directory.resolve("host"), "kept");
    Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("r--------"));
    for (byte type : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
      for (String target : new String[] {host.toString(), "../host"}) {
        Path root = directory.resolve("root");
        Path file = directory.resolve("layer.tar");
        try (var tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
          TarArchiveEntry link = new TarArchiveEntry("x", type);
          link.setLinkName(target);
          link.setMode(0777);
          tar.putArchiveEntry(link);
          tar.closeArchiveEntry();
          TarArchiveEntry through = new TarArchiveEntry("x/", TarConstants.LF_DIR);
          through.setMode(0777);
          tar.putArchiveEntry(through);
          tar.closeArchiveEntry();
        }
        assertThatThrownBy(() -> Tarball.of(file).unpack(root, Progress.NONE))
            .isInstanceOf(RootfsException.class)
            .hasMessageContaining(
                type == TarConstants.LF_LINK ? "leaves the root" : "entry \"x/\"");
        assertThat(Files.getPosixFilePermissions(host))
            .isEqualTo(PosixFilePermissions.fromString("r--------"));
        assertThat(root).doesNotExist();
      }
    }
  }
}
