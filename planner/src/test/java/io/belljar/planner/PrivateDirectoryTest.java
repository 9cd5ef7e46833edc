package io.belljar.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateDirectoryTest {
  @TempDir private Path place;

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  void makesIt() throws IOException {
    Path directory = place.resolve("a/b");
    assertThat(PrivateDirectory.prepare(directory)).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(PrivateDirectory.prepare(directory)).isEmpty();
  }

  @Test
  void rejectsLinkToADirectory() throws IOException {
    Path link = Files.createSymbolicLink(place.resolve("link"), place);
    assertThat(PrivateDirectory.prepare(link)).contains(link + " is not a directory");
  }

  @Test
  void rejectsDirectoryThatItsGroupCanEnter() throws IOException {
    Path directory = Files.createDirectory(place.resolve("a"));
    mode(directory, "rwxr-x---");
    assertThat(PrivateDirectory.prepare(directory))
        .contains(directory + " has mode 0750, and must have 0700: chmod 700 " + directory);
  }

  @Test
  void rejectsDirectoryOfAnotherUser() throws IOException {
    assumeTrue(Self.PROCESS.isRoot(), "root is needed to give a directory away");
    Path directory = Files.createDirectory(place.resolve("a"), PrivateDirectory.PRIVATE);
    Files.setAttribute(directory, "unix:uid", 12345);
    assertThat(PrivateDirectory.prepare(directory))
        .contains(directory + " belongs to user 12345, and must belong to user 0");
  }

  @Test
  void rejectsDirectoryThatOthersCanReplace() throws IOException {
    Path shared = Files.createDirectory(place.resolve("shared"));
    mode(shared, "rwxrwxrwx");
    assertThat(PrivateDirectory.prepare(shared.resolve("a")))
        .contains("other users can write " + shared + ", so nothing private can be in it");
  }

  @Test
  void acceptsStickyDirectoryAbove() throws IOException {
    Path shared = Files.createDirectory(place.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 01777);
    assertThat(PrivateDirectory.prepare(shared.resolve("a"))).isEmpty();
  }

  @Test
  void namesAFileThatIsInTheWay() throws IOException {
    Path file = Files.createFile(place.resolve("file"));
    assertThat(PrivateDirectory.prepare(file)).contains(file + " is not a directory");
    assertThat(PrivateDirectory.prepare(file.resolve("a")).orElseThrow())
        .startsWith(file.resolve("a") + " can't be used: ");
  }
}
