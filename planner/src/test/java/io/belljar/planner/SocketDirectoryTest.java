package io.belljar.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketDirectoryTest {
  private static final long NO_PROCESS = 4_194_305;

  @TempDir private Path place;

  private Path leave(long pid, Duration age) throws IOException {
    Path left = Files.createDirectory(place.resolve("l" + pid + "-1"));
    Files.createFile(left.resolve("s"));
    return Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(age)));
  }

  @Test
  void isPrivateAndRemovedWhenClosed() throws IOException {
    Path path;
    try (SocketDirectory directory = SocketDirectory.create(List.of(place))) {
      path = directory.path();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
      assertThat(directory.address().getPath()).isEqualTo(path.resolve("s"));
      Files.createFile(path.resolve("s"));
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void takesTheNextPlaceWhenOneCannotBeUsed() throws IOException {
    Path file = Files.createFile(place.resolve("file"));
    Path tooLong = place.resolve("x".repeat(100));
    try (SocketDirectory directory = SocketDirectory.create(List.of(file, tooLong, place))) {
      assertThat(directory.path().getParent()).isEqualTo(place);
    }
  }

  @Test
  void namesEveryPlaceThatCannotBeUsed() throws IOException {
    Path shared = Files.createDirectory(place.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path tooLong = place.resolve("x".repeat(100));
    assertThatThrownBy(() -> SocketDirectory.create(List.of(shared, tooLong)))
        .isInstanceOf(LauncherUnavailable.class)
        .hasMessage(
            "no directory can hold the socket to the launcher: other users can write %s, so nothing"
                    .formatted(shared)
                + " private can be in it; %s: the path is too long for a socket"
                    .formatted(tooLong));
  }

  @Test
  void removesWhatKilledProgramsLeft() throws IOException {
    Path old = leave(NO_PROCESS, Duration.ofMinutes(2));
    Path recent = leave(NO_PROCESS + 1, Duration.ofSeconds(5));
    Path living = leave(ProcessHandle.current().pid(), Duration.ofMinutes(2));
    try (SocketDirectory directory = SocketDirectory.create(List.of(place))) {
      directory.removeStale();
    }
    assertThat(old).doesNotExist();
    assertThat(recent).exists();
    assertThat(living).exists();
  }
}
