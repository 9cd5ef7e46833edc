package io.belljar.planner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherCacheTest {
  private static final byte[] CONTENT = "#!/bin/sh\nexit 0\n".getBytes(UTF_8);

  @TempDir private Path directory;

  private Path place() {
    return directory.resolve("cache");
  }

  private Path unpack() {
    return new LauncherCache(CONTENT, List.of(place())).path();
  }

  @Test
  void unpacksAFileThatOnlyItsOwnerCanExecute() throws IOException {
    Path file = unpack();
    assertThat(file).hasBinaryContent(CONTENT).hasFileName("belljar-launcher");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("r-x------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void usesWhatIsThereAlready() throws IOException {
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(unpack(), old);
    assertThat(Files.getLastModifiedTime(unpack())).isEqualTo(old);
  }

  @Test
  void replacesWhatIsNotItsOwn() throws IOException {
    Path file = unpack();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    byte[] changed = CONTENT.clone();
    changed[changed.length - 2] = '1';
    Files.write(file, changed);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-x------"));
    assertThat(unpack()).isEqualTo(file).hasBinaryContent(CONTENT);
  }

  @Test
  void replacesALink() throws IOException {
    Path file = unpack();
    Path copy = Files.copy(file, directory.resolve("copy"));
    Files.delete(file);
    Files.createSymbolicLink(file, copy);
    assertThat(unpack()).isEqualTo(file);
    assertThat(Files.isSymbolicLink(file)).isFalse();
  }

  @Test
  void unpacksAgainWhatWasRemoved() throws IOException {
    LauncherCache cache = new LauncherCache(CONTENT, List.of(place()));
    Files.delete(cache.path());
    assertThat(cache.path()).exists();
  }

  @Test
  void keepsVersionsApart() {
    Path other = new LauncherCache(new byte[] {1}, List.of(place())).path();
    assertThat(unpack()).isNotEqualTo(other);
  }

  @Test
  void takesTheNextPlaceWhenOneIsNotPrivate() throws IOException {
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(new LauncherCache(CONTENT, List.of(open, place())).path()).startsWith(place());
  }

  @Test
  void namesEveryPlaceThatCannotBeUsed() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> new LauncherCache(CONTENT, List.of(file)).path())
        .isInstanceOf(LauncherUnavailable.class)
        .hasMessage(
            "the launcher can't be unpacked; name a directory of your own with"
                + " -Dbelljar.cache=DIR: %s is not a directory".formatted(file));
  }

  @Test
  @Tag("integration")
  void saysThatAPlaceIsMountedNoexec() throws Exception {
    Path mount = Files.createDirectory(place());
    run("mount", "-t", "tmpfs", "-o", "noexec,mode=700", "belljar-test", mount.toString());
    try {
      assertThatThrownBy(this::unpack)
          .hasMessageEndingWith(mount + " is on a file system that is mounted noexec");
    } finally {
      run("umount", mount.toString());
    }
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
