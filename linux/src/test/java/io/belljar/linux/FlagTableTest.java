package io.belljar.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.mount.MountAttributes;
import org.junit.jupiter.api.Test;

class FlagTableTest {
  @Test
  void joinsTheNamesOfAllBits() {
    assertThat(OpenFlags.TABLE.format(OpenFlags.O_PATH | OpenFlags.O_CLOEXEC))
        .isEqualTo("O_PATH|O_CLOEXEC");
    assertThat(CloneFlags.TABLE.format(CloneFlags.CLONE_NEWPID | CloneFlags.CLONE_NEWNS))
        .isEqualTo("CLONE_NEWNS|CLONE_NEWPID");
  }

  @Test
  void namesTheAccessModeAlsoWhenItIsZero() {
    assertThat(OpenFlags.TABLE.format(0)).isEqualTo("O_RDONLY");
    assertThat(OpenFlags.TABLE.format(OpenFlags.O_RDWR | OpenFlags.O_CREAT))
        .isEqualTo("O_RDWR|O_CREAT");
  }

  @Test
  void prefersNamesOfSeveralBits() {
    assertThat(OpenFlags.TABLE.format(OpenFlags.O_TMPFILE | OpenFlags.O_SYNC))
        .isEqualTo("O_RDONLY|O_SYNC|O_TMPFILE");
    assertThat(OpenFlags.TABLE.format(OpenFlags.O_DIRECTORY | OpenFlags.O_DSYNC))
        .isEqualTo("O_RDONLY|O_DSYNC|O_DIRECTORY");
    assertThat(MountAttributes.TABLE.format(MountAttributes.MOUNT_ATTR__ATIME))
        .isEqualTo("MOUNT_ATTR__ATIME");
  }

  @Test
  void showsUnknownBitsAsOneNumber() {
    assertThat(MountAttributes.TABLE.format(MountAttributes.MOUNT_ATTR_NOSUID | 0x3000_0000L))
        .isEqualTo("MOUNT_ATTR_NOSUID|0x30000000");
  }

  @Test
  void showsNothingAsZero() {
    assertThat(MountAttributes.TABLE.format(0)).isEqualTo("0");
  }

  @Test
  void namesTheKindOfAFile() {
    assertThat(FileMode.TABLE.format(FileMode.S_IFCHR | FileMode.S_ISVTX))
        .isEqualTo("S_IFCHR|S_ISVTX");
    assertThat(FileMode.TABLE.format(FileMode.S_IFSOCK)).isEqualTo("S_IFSOCK");
  }

  @Test
  void findsTheValueOfAName() {
    assertThat(CloneFlags.TABLE.value("CLONE_NEWNS")).hasValue(0x00020000L);
    assertThat(CloneFlags.TABLE.value("CLONE_NEWTHING")).isEmpty();
  }
}
