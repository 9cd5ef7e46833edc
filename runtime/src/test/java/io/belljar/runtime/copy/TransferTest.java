package io.belljar.runtime.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.linux.OpenFlags;
import io.belljar.linux.file.Descriptor;
import io.belljar.linux.file.Names;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {
  @TempDir Path temporary;
  private final List<String> warnings = new ArrayList<>();
  private final Transfer transfer = new Transfer((_, _) -> {}, false, warnings::add, () -> {});
  private Path from;
  private Path to;
  private TestRoot source;
  private TestRoot target;

  @BeforeEach
  void makeRoots() throws IOException {
    from = Files.createDirectory(temporary.resolve("from"));
    to = Files.createDirectory(temporary.resolve("to"));
    source = new TestRoot(from);
    target = new TestRoot(to);
  }

  @AfterEach
  void closeRoots() {
    source.close();
    target.close();
  }

  private void copy(String path) {
    transfer.run(source.side(path), target.side("/"));
  }

  @Test
  void keepsModesTimesAndHardLinks() throws IOException {
    Files.createDirectory(from.resolve("d"));
    Files.writeString(from.resolve("d/file"), "content");
    Files.setAttribute(from.resolve("d/file"), "unix:mode", 04751);
    Files.createLink(from.resolve("d/second"), from.resolve("d/file"));
    FileTime time = FileTime.fromMillis(1_234_567_890_123L);
    Files.setLastModifiedTime(from.resolve("d/file"), time);
    Files.setAttribute(from.resolve("d"), "unix:mode", 01711);
    Files.setLastModifiedTime(from.resolve("d"), time);
    copy("/d");
    assertEquals(04751, mode(to.resolve("d/file")));
    assertEquals(01711, mode(to.resolve("d")));
    assertEquals(time, Files.getLastModifiedTime(to.resolve("d/file")));
    assertEquals(time, Files.getLastModifiedTime(to.resolve("d")));
    assertTrue(Files.isSameFile(to.resolve("d/file"), to.resolve("d/second")));
    copy("/d"); // again, over what is there
    assertTrue(Files.isSameFile(to.resolve("d/file"), to.resolve("d/second")));
    assertEquals(List.of("file", "second"), names(to.resolve("d")));
  }

  private static int mode(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:mode") & 07777;
  }

  private static List<String> names(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void replacesALinkInTheDestinationInsteadOfFollowingIt() throws IOException {
    Path decoy = Files.writeString(temporary.resolve("decoy"), "untouched");
    Files.writeString(from.resolve("file"), "new");
    Files.createDirectory(to.resolve("d"));
    Files.createSymbolicLink(to.resolve("d/file"), decoy);
    transfer.run(source.side("/file"), target.side("/d"));
    assertEquals("untouched", Files.readString(decoy));
    assertEquals("new", Files.readString(to.resolve("d/file")));
    assertFalse(Files.isSymbolicLink(to.resolve("d/file")));
  }

  @Test
  void goesThroughNoLinkBelowTheDestination() throws IOException {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.createDirectories(from.resolve("d/sub"));
    Files.writeString(from.resolve("d/sub/file"), "x");
    Files.createDirectory(to.resolve("d"));
    Files.createSymbolicLink(to.resolve("d/sub"), outside);
    assertEquals(
        "sub: cannot overwrite what is no directory with a directory",
        assertThrows(CopyException.class, () -> copy("/d")).getMessage());
    assertEquals(List.of(), names(outside));
  }

  @Test
  void neverOpensFifosAndLeavesNothingOfAFailedFile() throws IOException {
    try (Descriptor directory = source.open("/", 0)) {
      directory.makeFifo("fifo", 0640);
    }
    Path fifo = from.resolve("fifo");
    assertTrue(Files.exists(fifo));
    copy("/fifo"); // would wait for a writer
    assertEquals(0640, mode(to.resolve("fifo")));
    Files.writeString(from.resolve("file"), "x");
    Transfer failing =
        new Transfer(
            (_, _) -> {
              throw new CopyException("owner", "refused");
            },
            false,
            warnings::add,
            () -> {});
    assertThrows(CopyException.class, () -> failing.run(source.side("/file"), target.side("/")));
    assertEquals(List.of("fifo"), names(to));
  }

  @Test
  void refusesToWriteToTheKernelsFilesAndToReadThem() throws IOException {
    Files.writeString(from.resolve("file"), "x");
    assertEquals(
        "/proc/self: is a directory of the kernel (/proc, /sys and the like): nothing is copied"
            + " there",
        assertThrows(
                CopyException.class,
                () ->
                    transfer.run(
                        source.side("/file"),
                        new Transfer.Side(Space.HOST, "/proc/self", "/proc/self", Identities.HOST)))
            .getMessage());
    assertEquals(
        "/proc/version: is a file of the kernel (/proc, /sys and the like), which is not copied",
        assertThrows(
                CopyException.class,
                () ->
                    transfer.run(
                        new Transfer.Side(
                            Space.HOST, "/proc/version", "/proc/version", Identities.HOST),
                        target.side("/")))
            .getMessage());
    assertEquals(List.of(), names(to));
  }

  @Test
  void replacesNoDeviceThatIsNamed() throws IOException {
    Files.writeString(from.resolve("file"), "x");
    assertEquals(
        "/dev/null: is a device, a fifo or a socket: it is not replaced",
        assertThrows(
                CopyException.class,
                () ->
                    transfer.run(
                        source.side("/file"),
                        new Transfer.Side(Space.HOST, "/dev/null", "/dev/null", Identities.HOST)))
            .getMessage());
  }

  @Test
  void keepsOwnersAndModesOfDirectoriesThatWereThere() throws IOException {
    Files.createDirectories(from.resolve("d/new"));
    Files.setAttribute(from.resolve("d"), "unix:mode", 0777);
    Files.setAttribute(from.resolve("d/new"), "unix:mode", 01750);
    Files.createDirectory(to.resolve("d"));
    Files.setAttribute(to.resolve("d"), "unix:mode", 0711);
    copy("/d");
    assertEquals(0711, mode(to.resolve("d")));
    assertEquals(01750, mode(to.resolve("d/new")));
  }

  @Test
  void givesADirectoryItsModeAlsoWhenItsEntryComesAfterWhatIsInIt() throws IOException {
    Files.createDirectory(to.resolve("in"));
    TarArchiveEntry late = entry("late/", TarConstants.LF_DIR, "");
    late.setMode(0700);
    unpack(archive(entry("late/file", TarConstants.LF_NORMAL, ""), late));
    assertEquals(0700, mode(to.resolve("in/late")));
  }

  @Test
  void takesNoOthersDirectoryForTheOneThatItMade() throws IOException {
    Files.createDirectories(to.resolve("full/file"));
    Files.createDirectory(to.resolve("empty"));
    int flags = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
    try (Descriptor above = target.open("/", flags);
        Descriptor full = above.entry("full", flags);
        Descriptor empty = above.entry("empty", flags);
        Descriptor mounted = Descriptor.open("/proc", flags)) {
      TreeSink.requireNew(above, empty, "empty");
      String message = "full: was replaced while it was made";
      for (Descriptor other : List.of(full, mounted)) {
        assertEquals(
            message,
            assertThrows(CopyException.class, () -> TreeSink.requireNew(above, other, "full"))
                .getMessage());
      }
      if (Descriptor.user() == 0) {
        empty.own(4711, 0);
        assertThrows(CopyException.class, () -> TreeSink.requireNew(above, empty, "empty"));
      }
    }
  }

  @Test
  void holesStayHoles() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(from.resolve("sparse").toFile(), "rw")) {
      sparse.setLength(300L << 20);
      sparse.seek(100 << 20);
      sparse.write('x');
    }
    copy("/sparse");
    assertEquals(-1, Files.mismatch(from.resolve("sparse"), to.resolve("sparse")));
    try (Descriptor copied = target.open("/sparse", 0)) {
      assertEquals(300L << 20, copied.status().size());
    }
    assertTrue(kilobytes(to.resolve("sparse")) < 1024);
  }

  private static long kilobytes(Path file) throws IOException {
    Process du = new ProcessBuilder("du", "-k", file.toString()).start();
    return Long.parseLong(
        new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\t")[0]);
  }

  @Test
  void readsNothingOfTheKernelsWhoseDeviceNumberWasAnotherFileSystems() throws Exception {
    Path tree = Files.createDirectory(from.resolve("d"));
    for (String name : List.of("a", "b", "c")) {
      Files.createDirectory(tree.resolve(name));
    }
    List<Path> order; // as it is read
    try (var entries = Files.list(tree)) {
      order = entries.toList();
    }
    Path first = order.getFirst();
    Path last = order.getLast();
    assumeTrue(run("mount", "-t", "tmpfs", "none", first.toString()), "needs mount(8) as root");
    boolean[] swapped = {false};
    try {
      Object device = Files.getAttribute(first, "unix:dev");
      int[] asked = {0};
      Transfer changed =
          new Transfer(
              (_, _) -> {},
              false,
              warnings::add,
              () -> {
                // the top, the first, the second
                if (++asked[0] == 3) {
                  swapped[0] = true;
                  run("umount", first.toString());
                  run("mount", "-t", "devpts", "none", last.toString());
                }
              });
      changed.run(source.side("/d"), target.side("/"));
      assertTrue(swapped[0]);
      assumeTrue(device.equals(Files.getAttribute(last, "unix:dev")), "the number was not reused");
    } finally {
      run("umount", first.toString());
      run("umount", last.toString());
    }
    assertEquals(List.of(), warnings); // ptmx would be a device that is left out
    assertEquals(List.of(), names(to.resolve("d").resolve(last.getFileName())));
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  @Test
  void stopsAtATreeThatIsTooDeepOrItself() throws IOException {
    Path deep = from.resolve("deep");
    Files.createDirectories(Path.of(deep + "/d".repeat(300)));
    assertEquals(
        "deep: has directories more than 256 deep",
        assertThrows(CopyException.class, () -> copy("/deep")).getMessage());
    Files.createDirectories(from.resolve("self/into"));
    assertEquals(
        "self/into/self: cannot be copied into itself",
        assertThrows(
                CopyException.class,
                () -> transfer.run(source.side("/self"), source.side("/self/into")))
            .getMessage());
  }

  @Test
  void stopsWhenNobodyWaitsAnyMore() throws IOException {
    try (RandomAccessFile huge = new RandomAccessFile(from.resolve("huge").toFile(), "rw")) {
      huge.setLength(1L << 40); // a hole
    }
    int[] asked = {0};
    Transfer interrupted =
        new Transfer(
            (_, _) -> {},
            false,
            warnings::add,
            () -> {
              if (++asked[0] > 10) {
                throw new CopyException("the caller", "has gone");
              }
            });
    assertEquals(
        "the caller: has gone",
        assertThrows(
                CopyException.class, () -> interrupted.run(source.side("/huge"), target.side("/")))
            .getMessage());
    assertEquals(List.of(), names(to));
  }

  @Test
  void writesAnArchiveThatHoldsWhatTheTreeHolds() throws IOException {
    Files.createDirectories(from.resolve("d/" + "long".repeat(60)));
    Files.writeString(from.resolve("d/" + "long".repeat(60) + "/" + "name".repeat(40)), "x");
    Files.createSymbolicLink(from.resolve("d/link"), Path.of("/etc/passwd"));
    try (Descriptor directory = source.open("/d", 0)) {
      directory.create(Names.of(new byte[] {(byte) 0xff}), 0600).close();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(1, transfer.run(source.side("/d"), out));
    List<String> names = new ArrayList<>();
    try (var tar =
        new TarArchiveInputStream(new ByteArrayInputStream(out.toByteArray()), "ISO-8859-1")) {
      for (TarArchiveEntry e; (e = tar.getNextEntry()) != null; ) {
        names.add(e.getName() + (e.isSymbolicLink() ? " -> " + e.getLinkName() : ""));
      }
    }
    names.sort(null);
    String deep = "d/" + "long".repeat(60) + "/";
    assertEquals(
        List.of("d/", "d/link -> /etc/passwd", deep, deep + "name".repeat(40), "d/\u00ff"), names);
    assertEquals(1, transfer.run(new ByteArrayInputStream(out.toByteArray()), target.side("/")));
    assertEquals("x", Files.readString(to.resolve(deep + "name".repeat(40))));
    try (Descriptor directory = source.open("/d", 0)) {
      directory.remove(Names.of(new byte[] {(byte) 0xff})); // the JDK cannot
    }
  }

  private static byte[] archive(TarArchiveEntry... entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(out, "UTF-8")) {
      for (TarArchiveEntry entry : entries) {
        if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink()) {
          entry.setSize(4);
        }
        tar.putArchiveEntry(entry);
        if (entry.getSize() == 4) {
          tar.write("evil".getBytes(StandardCharsets.UTF_8));
        }
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static TarArchiveEntry entry(String name, byte type, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setLinkName(target);
    return entry;
  }

  private void unpack(byte[] archive) {
    transfer.run(new ByteArrayInputStream(archive), target.side("/in"));
  }

  @Test
  void unpacksNothingOutsideOfTheDestination() throws IOException {
    Files.createDirectory(to.resolve("in"));
    Path outside = Files.writeString(to.resolve("outside"), "untouched");
    byte file = TarConstants.LF_NORMAL;
    byte link = TarConstants.LF_SYMLINK;
    byte hard = TarConstants.LF_LINK;
    assertEquals(
        "the archive: ../x: has \"..\" in its name",
        assertThrows(CopyException.class, () -> unpack(archive(entry("../x", file, ""))))
            .getMessage());
    unpack(archive(entry("/absolute", file, "")));
    assertEquals("evil", Files.readString(to.resolve("in/absolute")));
    assertThrows(
        CopyException.class,
        () -> unpack(archive(entry("l", link, ".."), entry("l/outside", file, ""))));
    unpack(archive(entry("l2", link, "../outside"), entry("l2", file, "")));
    assertThrows(CopyException.class, () -> unpack(archive(entry("h", hard, "../outside"))));
    assertThrows(
        CopyException.class,
        () -> unpack(archive(entry("up", link, ".."), entry("h", hard, "up/outside"))));
    assertEquals("untouched", Files.readString(outside));
    assertEquals(List.of("in", "outside"), names(to));
  }

  @Test
  void leavesDevicesOutAndSaysSo() throws IOException {
    Files.createDirectory(to.resolve("in"));
    unpack(archive(entry("sda", TarConstants.LF_BLK, "")));
    assertEquals(List.of("sda is a device: left out"), warnings);
    assertEquals(List.of(), names(to.resolve("in")));
  }

  @Test
  void saysWhatIsNoArchive() throws IOException {
    Files.createDirectory(to.resolve("in"));
    Files.writeString(to.resolve("file"), "");
    assertThrows(
        CopyException.class,
        () -> unpack("no archive".repeat(1000).getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        "/file: is no directory: an archive needs one",
        assertThrows(
                CopyException.class,
                () -> transfer.run(new ByteArrayInputStream(new byte[0]), target.side("/file")))
            .getMessage());
  }

  @Test
  void leavesNoDescriptorOpenWhateverFails() throws IOException {
    Files.createDirectories(from.resolve("d/sub"));
    Files.writeString(from.resolve("d/sub/file"), "x");
    Files.writeString(to.resolve("file"), "x");
    byte[] bad = archive(entry("a/b/c", TarConstants.LF_DIR, ""), entry("../x", (byte) '0', ""));
    Files.createDirectory(to.resolve("in"));
    long before = descriptors();
    for (int i = 0; i < 500; i++) {
      copy("/d");
      assertThrows(CopyException.class, () -> copy("/missing"));
      assertThrows(
          CopyException.class, () -> transfer.run(source.side("/d"), target.side("/file")));
      assertThrows(
          CopyException.class, () -> transfer.run(source.side("/d"), target.side("/no/where")));
      assertThrows(CopyException.class, () -> unpack(bad));
      Transfer failing =
          new Transfer(
              (_, _) -> {
                throw new CopyException("owner", "refused");
              },
              false,
              warnings::add,
              () -> {});
      assertThrows(CopyException.class, () -> failing.run(source.side("/d"), target.side("/in")));
    }
    assertEquals(before, descriptors());
  }

  private static long descriptors() throws IOException {
    try (var entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.count();
    }
  }
}
