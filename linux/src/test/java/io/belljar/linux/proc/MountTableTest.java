package io.belljar.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
  @Test
  void readsALineWithAllItsFields() {
    MountInfo mount =
        only(
            "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 propagate_from:2 - ext3 /dev/root"
                + " rw,errors=continue");
    assertThat(mount)
        .isEqualTo(
            new MountInfo(
                36,
                35,
                98,
                0,
                "/mnt1",
                "/mnt2",
                List.of("rw", "noatime"),
                List.of("master:1", "propagate_from:2"),
                "ext3",
                "/dev/root",
                "rw,errors=continue"));
    assertThat(mount.hasOption("noatime")).isTrue();
    assertThat(mount.isShared()).isFalse();
    assertThat(mount.superOptionList()).containsExactly("rw", "errors=continue");
  }

  @Test
  void undoesTheKernelsEscapes() {
    MountInfo mount =
        only("36 35 0:9 / /a\\040b\\011c\\012d\\134e\\134040 rw shared:7 - tmpfs x\\040y rw");
    assertThat(mount.mountPoint()).isEqualTo("/a b\tc\nd\\e\\040");
    assertThat(mount.source()).isEqualTo("x y");
    assertThat(mount.isShared()).isTrue();
  }

  @Test
  void leavesABackslashAloneThatEscapesNothing() {
    assertThat(only("36 35 0:9 / /a\\9b\\4 rw - tmpfs x rw").mountPoint()).isEqualTo("/a\\9b\\4");
  }

  @Test
  void decodesUtf8() {
    // MountTable gets bytes as ISO 8859-1.
    assertThat(only("36 35 0:9 / /\u00c3\u00a9 rw - tmpfs x rw").mountPoint()).isEqualTo("/é");
  }

  @Test
  void acceptsAnEmptySource() {
    assertThat(only("36 35 0:9 / /a rw - tmpfs  rw").source()).isEmpty();
  }

  @Test
  void leavesOutLinesOfAnotherForm() {
    assertThat(
            MountTable.parse(
                    """
                    nonsense
                    36 35 0:9 / /a rw tmpfs x rw
                    36 x 0:9 / /a rw - tmpfs x rw
                    36 35 09 / /a rw - tmpfs x rw
                    36 35 0:9 / /a rw - tmpfs
                    """)
                .all())
        .isEmpty();
  }

  @Test
  void findsTheMountThatHoldsAPath() {
    MountTable table =
        MountTable.parse(
            """
            1 0 8:1 / / rw - ext4 root rw
            2 1 0:4 / /proc rw - proc proc rw
            3 1 0:5 / /a/b rw - tmpfs t rw
            """);
    assertThat(table.containing("/").orElseThrow().id()).isEqualTo(1);
    assertThat(table.containing("/a").orElseThrow().id()).isEqualTo(1);
    assertThat(table.containing("/a/b/c/d").orElseThrow().id()).isEqualTo(3);
    assertThat(table.containing("/a/bc").orElseThrow().id()).isEqualTo(1);
    assertThat(table.at("/a/b").orElseThrow().id()).isEqualTo(3);
    assertThat(table.at("/a")).isEmpty();
  }

  @Test
  void seesTheTopmostOfStackedMounts() {
    MountTable table =
        MountTable.parse(
            """
            1 0 8:1 / / rw - ext4 root rw
            2 1 0:4 / /a rw - tmpfs low rw
            3 2 0:5 / /a/b rw - tmpfs hidden rw
            4 2 0:6 / /a rw - tmpfs high rw
            """);
    assertThat(table.at("/a").orElseThrow().source()).isEqualTo("high");
    assertThat(table.at("/a/b")).isEmpty();
    assertThat(table.containing("/a/b").orElseThrow().source()).isEqualTo("high");
    assertThat(table.visible()).extracting(MountInfo::id).containsExactly(1, 4);
  }

  @Test
  void seesMountsBelowARootThatIsNoMount() {
    MountTable table =
        MountTable.parse(
            """
            30 20 0:4 / /proc rw - proc proc rw
            31 30 0:5 / /proc/sys ro - proc proc rw
            """);
    assertThat(table.containing("/etc")).isEmpty();
    assertThat(table.at("/proc/sys").orElseThrow().id()).isEqualTo(31);
    assertThat(table.visible()).hasSize(2);
  }

  @Test
  void survivesMountsThatAreTheirOwnAncestors() {
    MountTable table =
        MountTable.parse(
            """
            1 1 8:1 / / rw - ext4 root rw
            2 3 0:4 / /a rw - tmpfs x rw
            3 2 0:5 / /a rw - tmpfs y rw
            """);
    assertThat(table.at("/").orElseThrow().id()).isEqualTo(1);
    assertThat(table.at("/a")).isEmpty();
  }

  private static MountInfo only(String line) {
    List<MountInfo> mounts = MountTable.parse(line + "\n").all();
    assertThat(mounts).hasSize(1);
    return mounts.getFirst();
  }
}
