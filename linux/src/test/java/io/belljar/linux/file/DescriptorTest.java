package io.belljar.linux.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belljar.linux.Errno;
import io.belljar.linux.FileMode;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.ResolveFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class DescriptorTest {
  private static final int PLACE = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;

  @TempDir Path directory;
  private Descriptor open;

  @BeforeEach
  void open() {
    open = Descriptor.open(directory.toString(), PLACE);
  }

  @AfterEach
  void close() {
    open.close();
  }

  private static void assertFails(Errno errno, String message, Executable call) {
    FileException failure = assertThrows(FileException.class, call);
    assertEquals(message, failure.getMessage());
    assertTrue(failure.is(errno));
  }

  @Test
  void writesAndReadsAFile() throws IOException {
    try (Descriptor file = open.create("new", 0600)) {
      file.write("content".getBytes(UTF_8), 7);
    }
    assertEquals("content", Files.readString(directory.resolve("new")));
    byte[] bytes = new byte[4];
    try (Descriptor file = open.entry("new", OpenFlags.O_RDONLY)) {
      assertEquals(4, file.read(bytes, 10));
      assertArrayEquals("cont".getBytes(UTF_8), bytes);
      assertEquals(3, file.read(bytes, 10));
      assertEquals(0, file.read(bytes, 10));
    }
  }

  @Test
  void tellsWhichCallFailedAndWhy() throws IOException {
    Files.createFile(directory.resolve("there"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("there"));
    assertFails(
        Errno.ENOENT,
        "openat2 missing: ENOENT (No such file or directory)",
        () -> open.entry("missing", OpenFlags.O_RDONLY));
    assertFails(
        Errno.EEXIST, "openat2 there: EEXIST (File exists)", () -> open.create("there", 0600));
    assertFails(
        Errno.EEXIST, "mkdirat there: EEXIST (File exists)", () -> open.makeDirectory("there", 0));
    assertFails(
        Errno.ELOOP,
        "openat2 link: ELOOP (Too many levels of symbolic links)",
        () -> open.entry("link", OpenFlags.O_RDONLY));
    assertFails(
        Errno.ENOTDIR,
        "openat2 there: ENOTDIR (Not a directory)",
        () -> open.entry("there", PLACE));
    assertFails(Errno.EBADF, "fchmod : EBADF (Bad file descriptor)", () -> open.permit(0700));
    assertFails(
        Errno.EISDIR,
        "unlinkat x: EISDIR (Is a directory)",
        () -> {
          open.makeDirectory("x", 0700);
          open.remove("x");
        });
    try (Descriptor file = open.entry("there", OpenFlags.O_PATH)) {
      assertFails(Errno.ENOENT, "readlinkat : ENOENT (No such file or directory)", file::target);
    }
  }

  @Test
  void takesOneNameAndNoPath() {
    for (String name : List.of("", ".", "..", "a/b", "/etc", "a\0b")) {
      FileException failure =
          assertThrows(FileException.class, () -> open.entry(name, OpenFlags.O_PATH), name);
      assertTrue(failure.is(Errno.EINVAL), failure.getMessage());
      assertThrows(FileException.class, () -> open.makeDirectory(name, 0700), name);
      assertThrows(FileException.class, () -> open.remove(name), name);
      assertThrows(FileException.class, () -> open.makeLink(name, "x"), name);
    }
    assertThrows(IllegalArgumentException.class, () -> Descriptor.open("etc", PLACE));
  }

  @Test
  void resolvesInsideARoot() throws IOException {
    Files.createDirectory(directory.resolve("etc"));
    Files.writeString(directory.resolve("etc/passwd"), "inside");
    Files.createSymbolicLink(directory.resolve("up"), Path.of("../../../../etc/passwd"));
    Files.createSymbolicLink(directory.resolve("absolute"), Path.of("/etc/passwd"));
    for (String path : List.of("/etc/passwd", "up", "absolute", "../../etc/passwd")) {
      byte[] bytes = new byte[100];
      try (Descriptor file = open.resolve(path, OpenFlags.O_RDONLY, ResolveFlags.RESOLVE_IN_ROOT)) {
        assertEquals("inside", new String(bytes, 0, file.read(bytes, 100), UTF_8), path);
      }
    }
    assertFails(
        Errno.EXDEV,
        "openat2 absolute: EXDEV (Invalid cross-device link)",
        () -> open.resolve("absolute", OpenFlags.O_PATH, ResolveFlags.RESOLVE_BENEATH));
    assertFails(
        Errno.EINVAL,
        "open a\0b: EINVAL (Invalid argument)",
        () -> open.resolve("a\0b", OpenFlags.O_PATH, 0));
  }

  @Test
  void makesAndDescribesEveryKindOfFile() throws IOException {
    open.makeDirectory("directory", 0750);
    open.makeFifo("fifo", 0600);
    open.makeLink("link", "to/nothing");
    open.create("file", 0640).close();
    open.makeName("second", open, "file");
    assertEquals(FileMode.S_IFDIR, open.status("directory").kind());
    assertEquals(0750, open.status("directory").permissions());
    assertEquals(FileMode.S_IFIFO, open.status("fifo").kind());
    assertTrue(open.status("link").isLink());
    assertEquals(2, open.status("second").links());
    assertEquals(open.status("file").inode(), open.status("second").inode());
    assertTrue(open.status("file").isSame(open.status("second")));
    assertFalse(open.status("file").isSame(open.status("fifo")));
    try (Descriptor link = open.entry("link", OpenFlags.O_PATH)) {
      assertEquals("to/nothing", link.target());
      link.modified(new FileStatus.Time(1_000_000_000L, 123));
      assertEquals(new FileStatus.Time(1_000_000_000L, 123), link.status().modified());
    }
    try (Descriptor fifo = open.entry("fifo", OpenFlags.O_PATH)) {
      fifo.permitPlace(0604);
      assertEquals(0604, fifo.status().permissions());
      fifo.own(fifo.status().uid(), fifo.status().gid());
    }
    try (Descriptor file = open.entry("file", OpenFlags.O_WRONLY)) {
      file.permit(04711);
      file.modified(new FileStatus.Time(5, 6));
      assertEquals(04711, file.status().permissions());
    }
    assertEquals(
        FileTime.from(new FileStatus.Time(5, 6).instant()),
        Files.getLastModifiedTime(directory.resolve("file")));
    open.rename("file", "renamed");
    open.remove("renamed");
    open.removeDirectory("directory");
    assertFalse(Files.exists(directory.resolve("renamed")));
  }

  @Test
  void reopensThePlaceAndNotTheName() throws IOException {
    Files.writeString(directory.resolve("file"), "first");
    byte[] bytes = new byte[10];
    try (Descriptor place = open.entry("file", OpenFlags.O_PATH)) {
      Files.delete(directory.resolve("file"));
      Files.createSymbolicLink(directory.resolve("file"), Path.of("/etc/passwd"));
      try (Descriptor file = place.reopen(OpenFlags.O_RDONLY)) {
        assertEquals("first", new String(bytes, 0, file.read(bytes, 10), UTF_8));
      }
    }
  }

  @Test
  void listsALargeDirectoryWithNamesThatAreNoText() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      expected.add("file-with-a-longer-name-" + i);
      Files.createFile(directory.resolve(expected.getLast()));
    }
    String odd = Names.of(new byte[] {(byte) 0xff, '\n', (byte) 0x80});
    open.create(odd, 0600).close();
    expected.add(odd);
    List<String> found = new ArrayList<>();
    try (Descriptor listed = open.resolve(".", OpenFlags.O_RDONLY, 0)) {
      Listing names = listed.list();
      for (Optional<String> name = names.next(); name.isPresent(); name = names.next()) {
        found.add(name.get());
      }
    }
    expected.sort(null);
    found.sort(null);
    assertEquals(expected, found);
    assertEquals("\ufffd\n\ufffd", Names.readable(odd));
    open.remove(odd); // the JDK could not clean up after this test
  }

  @Test
  void leavesNoDescriptorOpen() throws IOException {
    Files.createFile(directory.resolve("file"));
    long before = count();
    for (int i = 0; i < 1000; i++) {
      open.entry("file", OpenFlags.O_RDONLY).close();
      assertThrows(FileException.class, () -> open.entry("missing", OpenFlags.O_PATH));
      assertThrows(FileException.class, () -> open.entry("file", PLACE));
      assertThrows(FileException.class, () -> open.create("file", 0600));
    }
    assertEquals(before, count());
  }

  @Test
  void refusesToUseAClosedDescriptor() {
    Descriptor closed = open.resolve(".", PLACE, 0);
    closed.close();
    closed.close();
    assertEquals(
        "the descriptor is closed",
        assertThrows(IllegalStateException.class, closed::status).getMessage());
  }

  private static long count() throws IOException {
    try (var entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.count();
    }
  }
}
