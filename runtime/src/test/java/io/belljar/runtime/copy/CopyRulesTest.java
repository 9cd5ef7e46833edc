package io.belljar.runtime.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules of docker cp, case by case: what its reference says, and where that is silent, what
 * Docker does. The tree that is copied from, and the one that is copied to:
 *
 * <pre>
 * from/file            "F"          to/file    "old"
 * from/dir/a           "A"          to/dir/b   "B"
 * from/dir/sub/c       "C"          to/dir/a   "old"
 * from/filelink     -> file         to/filelink -> file
 * from/dirlink      -> dir          to/dirlink  -> dir
 * from/dangling     -> nowhere      to/dangling -> created
 * from/empty/                       to/empty/
 * from/out          -> /dir         to/out      -> /dir   (the root's own dir)
 * </pre>
 */
class CopyRulesTest {
  @TempDir Path temporary;
  private Path from;
  private Path to;

  @BeforeEach
  void makeTrees() throws IOException {
    from = tree("from", "F", "A", "nowhere");
    Files.createDirectory(from.resolve("dir/sub"));
    Files.writeString(from.resolve("dir/sub/c"), "C");
    to = tree("to", "old", "old", "created");
    Files.writeString(to.resolve("dir/b"), "B");
  }

  private Path tree(String name, String file, String a, String nowhere) throws IOException {
    Path tree = Files.createDirectory(temporary.resolve(name));
    Files.writeString(tree.resolve("file"), file);
    Files.createDirectories(tree.resolve("dir"));
    Files.createDirectories(tree.resolve("empty"));
    Files.writeString(tree.resolve("dir/a"), a);
    Files.createSymbolicLink(tree.resolve("filelink"), Path.of("file"));
    Files.createSymbolicLink(tree.resolve("dirlink"), Path.of("dir"));
    Files.createSymbolicLink(tree.resolve("dangling"), Path.of(nowhere));
    Files.createSymbolicLink(tree.resolve("out"), Path.of("/dir"));
    return tree;
  }

  @ParameterizedTest(name = "cp {0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        // A file.
        "/file        | /new        | new=F",
        "/file        | /new/       | !/new/: no such directory",
        "/file        | /file       | file=F",
        "/file        | /file/      | !/file/: Not a directory",
        "/file        | /dir        | dir/file=F",
        "/file        | /dir/       | dir/file=F",
        "/file        | /dir/.      | dir/file=F",
        "/file        | /dir/a      | dir/a=F",
        "/file        | /           | file=F",
        "/file        | /no/new     | !/no/new: the directory that it is to be in does not exist",
        "/file        | /file/x     | !/file/x: Not a directory",
        "/file        | /filelink   | file=F",
        "/file        | /dirlink    | dir/file=F",
        "/file        | /dangling   | created=F",
        "/file        | /out        | dir/file=F",
        "/file        | /out/x      | dir/x=F",
        "/file/       | /new        | !/file/: Not a directory",
        "/file/.      | /new        | !/file/.: Not a directory",
        "/missing     | /new        | !/missing: No such file or directory",
        "/file        | /../../new  | new=F",
        // A directory.
        "/dir         | /new        | new/ new/a=A new/sub/ new/sub/c=C",
        "/dir         | /new/       | new/ new/a=A new/sub/ new/sub/c=C",
        "/dir         | /file       | !/file: is a file: a directory cannot be copied to it",
        "/dir         | /empty      | empty/dir/ empty/dir/a=A empty/dir/sub/ empty/dir/sub/c=C",
        "/dir/        | /empty      | empty/dir/ empty/dir/a=A empty/dir/sub/ empty/dir/sub/c=C",
        "/dir         | /           | dir/a=A dir/sub/ dir/sub/c=C",
        "/dir/.       | /new        | new/ new/a=A new/sub/ new/sub/c=C",
        "/dir/.       | /empty      | empty/a=A empty/sub/ empty/sub/c=C",
        "/dir/.       | /dir        | dir/a=A dir/sub/ dir/sub/c=C",
        "/dir/.       | /file       | !/file: is a file: a directory cannot be copied to it",
        "/dir/.       | /dirlink    | dir/a=A dir/sub/ dir/sub/c=C",
        "/dir/sub/..  | /empty      | empty/a=A empty/sub/ empty/sub/c=C",
        "/dir         | /no/new     | !/no/new: the directory that it is to be in does not exist",
        "/dir         | /dangling   | created/ created/a=A created/sub/ created/sub/c=C",
        "/empty       | /new        | new/",
        "/empty       | /dir        | dir/empty/",
        // Links: copied as they are, followed with a slash.
        "/filelink    | /new        | new>file",
        "/dirlink     | /new        | new>dir",
        "/dirlink     | /empty      | empty/dirlink>dir",
        "/dirlink/    | /empty | empty/dirlink/ empty/dirlink/a=A empty/dirlink/sub/"
            + " empty/dirlink/sub/c=C",
        "/dirlink/.   | /empty      | empty/a=A empty/sub/ empty/sub/c=C",
        "/dangling    | /new        | new>nowhere",
        "/filelink    | /file       | file>file",
        "/out/a       | /new        | new=A",
      })
  void copiesAsDockerDoes(String source, String destination, String expected) {
    assertCopies(false, source, destination, expected);
  }

  @ParameterizedTest(name = "cp -L {0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/filelink    | /new        | new=F",
        "/filelink    | /dir        | dir/filelink=F",
        "/dirlink     | /new        | new/ new/a=A new/sub/ new/sub/c=C",
        "/dirlink     | /empty      | empty/dirlink/ empty/dirlink/a=A empty/dirlink/sub/"
            + " empty/dirlink/sub/c=C",
        "/dangling    | /new        | !/dangling: No such file or directory",
        "/file        | /new        | new=F",
      })
  void followsALinkThatIsNamedWhenAskedTo(String source, String destination, String expected) {
    assertCopies(true, source, destination, expected);
  }

  @Test
  void replacesNeitherADirectoryByAFileNorAFileByADirectory() throws IOException {
    Files.createDirectory(to.resolve("dir/file"));
    assertCopies(
        false, "/file", "/dir", "!file: cannot overwrite a directory with what is no directory");
    Files.createDirectory(to.resolve("empty/dir"));
    Files.writeString(to.resolve("empty/dir/sub"), "file");
    assertCopies(
        false, "/dir", "/empty", "!sub: cannot overwrite what is no directory with a directory");
  }

  private void assertCopies(boolean follow, String source, String destination, String expected) {
    Map<String, String> wanted = listing(to);
    if (expected.startsWith("!")) {
      CopyException failure =
          assertThrows(CopyException.class, () -> copy(follow, source, destination));
      assertEquals(expected.substring(1), failure.getMessage());
      return;
    }
    copy(follow, source, destination);
    for (String change : expected.split(" ")) {
      int at = change.split("[=>]|/$")[0].length();
      wanted.put(change.substring(0, at), change.substring(at));
    }
    assertEquals(wanted, listing(to));
  }

  private void copy(boolean follow, String source, String destination) {
    Transfer transfer = new Transfer((_, _) -> {}, follow, line -> {}, () -> {});
    try (TestRoot origin = new TestRoot(from);
        TestRoot target = new TestRoot(to)) {
      transfer.run(origin.side(source), target.side(destination));
    }
  }

  /** Every file: =content, >target, or / for a directory. */
  private static Map<String, String> listing(Path tree) {
    Map<String, String> files = new TreeMap<>();
    try (var all = Files.walk(tree)) {
      for (Path file : all.skip(1).toList()) {
        files.put(tree.relativize(file).toString(), describe(file));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return ">" + Files.readSymbolicLink(file);
    }
    return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "/" : "=" + Files.readString(file);
  }
}
