package io.belljar.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.OpenFlags;
import io.belljar.linux.proc.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountGuardTest {
  private static final Path OWN = Path.of("/proc/self/mountinfo");
  private static final int PID = 42;

  @TempDir Path proc;

  @BeforeEach
  void theHostHasNothingMounted() throws IOException {
    Files.createDirectories(proc.resolve("42"));
    Files.createDirectories(proc.resolve("self"));
    Files.writeString(proc.resolve("self/mountinfo"), "");
  }

  /** The process has what we have, but of this type. */
  private void mounted(String type) throws IOException {
    String mounts = Files.readString(OWN).replaceAll(" - [^ ]+ ", " - " + type + " ");
    Files.writeString(proc.resolve("42/mountinfo"), mounts);
  }

  private Descriptor guarded() {
    return Descriptor.open(Names.of(proc), OpenFlags.O_PATH)
        .guarded(new MountGuard(new ProcFs(proc), PID));
  }

  @Test
  void refusesWhatOnlyTheProcessHasMountedWhenAProgramMayServeIt() throws IOException {
    for (String type : new String[] {"fuse", "fuse.sshfs", "overlay", "9p", "nfs"}) {
      mounted(type);
      assertThatThrownBy(this::guarded)
          .isInstanceOf(FileException.class)
          .hasMessageContaining("is on a file system (" + type + ") that only processes of the");
    }
  }

  @Test
  void refusesWhatNobodyIsKnownToHaveMounted() {
    assertThatThrownBy(this::guarded).hasMessageContaining("is on a file system that only");
  }

  @Test
  void admitsWhatTheKernelAnswers() throws IOException {
    mounted("tmpfs");
    try (Descriptor place = guarded()) {
      assertThat(place.status().isDirectory()).isTrue();
      try (Descriptor below = place.entry("42", OpenFlags.O_PATH)) {
        assertThat(below.status().isDirectory()).isTrue();
      }
    }
  }

  @Test
  void admitsWhatTheHostHasMountedToo() throws IOException {
    mounted("fuse");
    Files.writeString(proc.resolve("self/mountinfo"), Files.readString(OWN));
    try (Descriptor place = guarded()) {
      assertThat(place.status().isDirectory()).isTrue();
    }
  }
}
