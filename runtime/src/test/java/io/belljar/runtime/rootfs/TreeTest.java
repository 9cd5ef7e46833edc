package io.belljar.runtime.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeTest {
  @TempDir Path directory;

  @Test
  void deletesFilesLinksAndDirectoriesWithoutPermissions() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.createFile(outside.resolve("kept"));
    Path tree = Files.createDirectories(directory.resolve("tree/a/b"));
    Files.createFile(tree.resolve("file"));
    Files.createSymbolicLink(tree.resolve("link"), outside);
    Files.createSymbolicLink(tree.resolve("dangling"), Path.of("/nowhere"));
    Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("---------"));
    Tree.delete(directory.resolve("tree"));
    assertThat(directory.resolve("tree")).doesNotExist();
    assertThat(outside.resolve("kept")).exists();
  }

  @Test
  void deletesALinkAndNotWhatItLeadsTo() throws Exception {
    Path kept = Files.createDirectory(directory.resolve("kept"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), kept);
    Tree.delete(link);
    assertThat(link).doesNotExist();
    assertThat(kept).exists();
  }

  @Test
  void takesWhatIsNotThereForDeleted() {
    Tree.delete(directory.resolve("nothing"));
    assertThat(directory.resolve("nothing")).doesNotExist();
  }

  @Test
  void deletesATreeFarDeeperThanAPathIsLong() throws Exception {
    // Grows at the root: as a path, the innermost directory could not even be named.
    Path tree = directory.resolve("tree");
    Path next = directory.resolve("next");
    Files.createDirectory(tree);
    Files.createFile(tree.resolve("innermost"));
    for (int i = 0; i < 2500; i++) {
      Files.createDirectory(next);
      Files.createFile(next.resolve("file"));
      Files.move(tree, next.resolve("d"));
      Files.move(next, tree);
    }
    Tree.delete(tree);
    assertThat(tree).doesNotExist();
    try (var left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void deletesManyFiles() throws Exception {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    for (int i = 0; i < 2000; i++) {
      Files.createFile(tree.resolve("f" + i));
      Files.createDirectories(tree.resolve("d" + i % 10 + "/" + i));
    }
    Tree.delete(tree);
    assertThat(tree).doesNotExist();
  }

  @Test
  @Tag("integration")
  void refusesATreeInWhichSomethingIsMounted() throws Exception {
    Path tree = directory.resolve("tree");
    Path mount = Files.createDirectories(tree.resolve("a/mount"));
    Path kept = Files.createDirectory(directory.resolve("kept"));
    Files.createFile(kept.resolve("file"));
    run("mount", "--bind", kept.toString(), mount.toString());
    try {
      assertThatThrownBy(() -> Tree.delete(tree))
          .hasMessage("cannot remove %s: something is mounted on \"%s\"".formatted(tree, mount));
      assertThat(kept.resolve("file")).exists();
    } finally {
      run("umount", mount.toString());
    }
    Tree.delete(tree);
    assertThat(tree).doesNotExist();
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
