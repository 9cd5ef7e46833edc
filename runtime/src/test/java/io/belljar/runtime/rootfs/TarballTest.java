package io.belljar.runtime.rootfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TarballTest {
  @TempDir Path directory;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");
  private Path file;
  private Path root;
  private Path victim;

  @BeforeEach
  void victim() throws IOException {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    file = directory.resolve("rootfs.tar");
    root = directory.resolve("root");
    victim = Files.createDirectory(directory.resolve("victim"));
    Files.writeString(victim.resolve("file"), "untouched");
    Files.setPosixFilePermissions(
        victim.resolve("file"), PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void nothingHappenedOutside() throws IOException {
    assertThat(victim.resolve("file")).hasContent("untouched");
    assertThat(mode(victim.resolve("file"))).isEqualTo(0600);
    try (var inside = Files.list(victim)) {
      assertThat(inside).containsExactly(victim.resolve("file"));
    }
    try (var beside = Files.list(directory)) {
      assertThat(beside).isSubsetOf(file, root, victim);
    }
  }

  @Test
  void unpacksFilesDirectoriesAndLinksWithTheirMetadata() throws IOException {
    directory("./", 0755);
    directory("./bin/", 0711);
    file("./bin/busybox", 04755, "elf");
    link("./bin/sh", TarConstants.LF_SYMLINK, "/bin/busybox");
    link("./bin/ls", TarConstants.LF_LINK, "./bin/busybox");
    directory("./tmp/", 01777);
    file("./var/empty-parents/are/made", 0640, "x");
    Unpacked unpacked = unpack();
    assertThat(unpacked).isEqualTo(new Unpacked(7, 4, 0, List.of()));
    assertThat(root.resolve("bin/busybox")).hasContent("elf");
    assertThat(Files.readSymbolicLink(root.resolve("bin/sh"))).hasToString("/bin/busybox");
    assertThat(Files.isSameFile(root.resolve("bin/ls"), root.resolve("bin/busybox"))).isTrue();
    assertThat(mode(root.resolve("tmp"))).isEqualTo(01777);
    assertThat(mode(root.resolve("bin"))).isEqualTo(0711);
    assertThat(mode(root.resolve("var/empty-parents"))).isEqualTo(0755);
    assertThat(mode(root)).isEqualTo(0755);
    assertThat(Files.getLastModifiedTime(root.resolve("bin")))
        .isEqualTo(FileTime.fromMillis(1_000_000_000_000L));
    assertThat(Files.getLastModifiedTime(root.resolve("bin/busybox")))
        .isEqualTo(FileTime.fromMillis(1_000_000_000_000L));
  }

  @Test
  void keepsOwnersAndSetuidForRoot() throws IOException {
    assumeTrue(isRoot(), "root unpacks");
    TarArchiveEntry entry = entry("su", TarConstants.LF_NORMAL, 06755, 3);
    entry.setIds(1000, 50);
    put(entry, "elf");
    TarArchiveEntry high = entry("high/", TarConstants.LF_DIR, 02775, 0);
    high.setUserId(4_294_967_294L);
    high.setGroupId(2_147_483_648L);
    put(high, "");
    file("high/inside", 0644, "x");
    unpack();
    assertThat(mode(root.resolve("su"))).isEqualTo(06755);
    assertThat(Files.getAttribute(root.resolve("su"), "unix:uid")).isEqualTo(1000);
    assertThat(Files.getAttribute(root.resolve("su"), "unix:gid")).isEqualTo(50);
    assertThat(Files.getAttribute(root.resolve("high"), "unix:uid")).isEqualTo(-2);
    assertThat(mode(root.resolve("high"))).isEqualTo(02775);
    assertThat(Files.getAttribute(root.resolve("high/inside"), "unix:gid")).isEqualTo(0);
  }

  @Test
  void refusesAnOwnerThatMeansNobodyAtAll() throws IOException {
    TarArchiveEntry entry = entry("x", TarConstants.LF_NORMAL, 0644, 0);
    entry.setUserId(4_294_967_295L);
    put(entry, "");
    refuses("entry \"x\": its owner 4294967295:0 is not between 0 and 4294967294");
  }

  @Test
  void refusesNamesThatLeaveTheRoot() throws IOException {
    for (String name : List.of("../victim/file", "x/../../victim/file", "..", "./../x")) {
      bytes.reset();
      raw(name);
      refuses("entry \"" + name + "\": leaves the root");
    }
    bytes.reset();
    raw("/etc/passwd");
    refuses("entry \"/etc/passwd\": an absolute name: leaves the root");
    bytes.reset();
    raw("a/../b");
    refuses("entry \"a/../b\": has \"..\" in its name");
  }

  @Test
  void refusesNamesThatAreNone() throws IOException {
    raw("");
    refuses("entry \"\": an empty name");
    bytes.reset();
    raw("x".repeat(10) + "/" + "y".repeat(256));
    refuses("a part of its name is longer than 255 bytes");
    bytes.reset();
    raw("x/".repeat(2000) + "y");
    refuses("its name is longer than 3072 bytes");
    bytes.reset();
    raw("x/".repeat(300) + "y");
    refuses("lies deeper than 256 directories");
  }

  @Test
  void printsHostileNamesHarmlessly() throws IOException {
    raw("\u001b[31m\n\"/../..");
    refuses("entry \"\\x1b[31m\\x0a\\\"/../..\": leaves the root");
  }

  @Test
  void doesNotWriteThroughALink() throws IOException {
    link("escape", TarConstants.LF_SYMLINK, victim.toString());
    file("escape/file", 0777, "hacked");
    refuses("entry \"escape/file\": its parent \"escape\" is a symbolic link");
  }

  @Test
  void replacesALinkInsteadOfWritingToItsTarget() throws IOException {
    link("file", TarConstants.LF_SYMLINK, victim.resolve("file").toString());
    file("file", 0777, "mine");
    unpack();
    assertThat(Files.isRegularFile(root.resolve("file"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void doesNotGiveALinksTargetAnotherMode() throws IOException {
    TarArchiveEntry entry = entry("file", TarConstants.LF_SYMLINK, 0777, 0);
    entry.setLinkName(victim.resolve("file").toString());
    entry.setIds(12345, 12345);
    put(entry, "");
    unpack();
    assertThat(Files.getAttribute(victim.resolve("file"), "unix:uid")).isNotEqualTo(12345);
  }

  @Test
  void refusesHardLinksToTheOutside() throws IOException {
    link("a", TarConstants.LF_LINK, "../victim/file");
    refuses("entry \"a\": leaves the root");
    bytes.reset();
    link("a", TarConstants.LF_LINK, victim.resolve("file").toString());
    refuses("entry \"a\": an absolute name: leaves the root");
    bytes.reset();
    link("escape", TarConstants.LF_SYMLINK, victim.toString());
    link("a", TarConstants.LF_LINK, "escape/file");
    refuses("entry \"a\": is a hard link to what is not in the root");
    bytes.reset();
    link("a", TarConstants.LF_LINK, "nothing");
    refuses("entry \"a\": is a hard link to what is not in the root");
  }

  @Test
  void givesALinkASecondNameAndNotItsTarget() throws IOException {
    link("a", TarConstants.LF_SYMLINK, victim.resolve("file").toString());
    link("b", TarConstants.LF_LINK, "a");
    file("b", 0777, "mine");
    unpack();
    assertThat(Files.isSymbolicLink(root.resolve("a"))).isTrue();
  }

  @Test
  void doesNotReplaceADirectoryByALink() throws IOException {
    directory("d/", 0755);
    link("d", TarConstants.LF_SYMLINK, victim.toString());
    refuses("entry \"d\": would replace a directory by something else");
    bytes.reset();
    link("d", TarConstants.LF_SYMLINK, victim.toString());
    directory("d/", 0755);
    refuses("entry \"d/\": would replace a symbolic link by a directory");
    bytes.reset();
    link("./", TarConstants.LF_SYMLINK, victim.toString());
    refuses("entry \"./\": would replace the root itself");
  }

  @Test
  void takesTheLastOfTwoFilesAndKeepsTheFirstOnesOtherName() throws IOException {
    file("a", 0644, "first");
    link("b", TarConstants.LF_LINK, "a");
    file("a", 0644, "second");
    unpack();
    assertThat(root.resolve("a")).hasContent("second");
    assertThat(root.resolve("b")).hasContent("first");
  }

  @Test
  void skipsDevicesBelowDevAndRefusesThemElsewhere() throws IOException {
    put(entry("dev/null", TarConstants.LF_CHR, 0666, 0), "");
    put(entry("./dev/sda", TarConstants.LF_BLK, 0666, 0), "");
    put(entry("dev/initctl", TarConstants.LF_FIFO, 0600, 0), "");
    assertThat(unpack().skippedDevices()).isEqualTo(3);
    assertThat(root.resolve("dev")).doesNotExist();
    bytes.reset();
    put(entry("opt/kmem", TarConstants.LF_CHR, 0666, 0), "");
    Tree.delete(root);
    refuses("entry \"opt/kmem\": is a character device, which cannot be made outside dev/");
    bytes.reset();
    put(entry("run/f", TarConstants.LF_FIFO, 0666, 0), "");
    refuses("entry \"run/f\": is a fifo, which cannot be made outside dev/");
  }

  @Test
  void leavesWhiteoutsAsFiles() throws IOException {
    file("etc/.wh.passwd", 0644, "");
    file("etc/.wh..wh..opq", 0644, "");
    unpack();
    assertThat(root.resolve("etc/.wh.passwd")).exists();
  }

  @Test
  void saysWhichProgramsLoseTheirCapabilities() throws IOException {
    TarArchiveEntry entry = entry("bin/ping", TarConstants.LF_NORMAL, 0755, 3);
    entry.addPaxHeader("SCHILY.xattr.security.capability", "\u0001\u0000");
    put(entry, "elf");
    assertThat(unpack().withoutCapabilities()).containsExactly("\"bin/ping\"");
  }

  @Test
  void stopsAtTheLimits() throws IOException {
    file("a", 0644, "x".repeat(600));
    file("b", 0644, "x".repeat(600));
    Limits defaults = Limits.DEFAULT;
    refuses(
        new Limits(1000, 5000, 10, 100, 10, 100, 1 << 20),
        "entry \"b\": the tarball unpacks to more than 1000 bytes");
    refuses(
        new Limits(5000, 500, 10, 100, 10, 100, 1 << 20), "entry \"a\": is larger than 500 bytes");
    refuses(
        new Limits(5000, 5000, 1, 100, 10, 100, 1 << 20),
        "entry \"b\": the tarball has more than 1 entries");
    assertThat(defaults.totalBytes()).isEqualTo(64L << 30);
  }

  @Test
  void stopsAtABombOfZeros() throws IOException {
    file = directory.resolve("rootfs.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file));
        TarArchiveOutputStream big = new TarArchiveOutputStream(out)) {
      TarArchiveEntry entry = new TarArchiveEntry("zeros");
      entry.setSize(40L << 20);
      big.putArchiveEntry(entry);
      byte[] chunk = new byte[1 << 20];
      for (int i = 0; i < 40; i++) {
        big.write(chunk);
      }
      big.closeArchiveEntry();
    }
    Limits limits = new Limits(1L << 40, 1L << 40, 10, 100, 10, 250, 16 << 20);
    assertThatThrownBy(() -> new Tarball(file, limits).unpack(root, Progress.NONE))
        .hasMessage(
            file + ": entry \"zeros\": unpacks to more than 250 times its size: it is a bomb");
    assertThat(root).doesNotExist();
  }

  @Test
  void stopsAtANameAsLongAsMemory() throws IOException {
    file = directory.resolve("rootfs.tar.gz");
    TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
    entry.setSize(64L << 20);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file));
        TarArchiveOutputStream big = new TarArchiveOutputStream(out)) {
      big.putArchiveEntry(entry);
      for (int i = 0; i < 64; i++) {
        big.write(new byte[1 << 20]);
      }
      big.closeArchiveEntry();
    }
    assertThatThrownBy(() -> Tarball.of(file).unpack(root, Progress.NONE))
        .hasMessage(file + ": the headers before the next entry are larger than 8 MiB");
    assertThat(root).doesNotExist();
  }

  @Test
  void readsEveryCompressionByItsContent() throws Exception {
    file("a", 0644, "content");
    byte[] plain = finished();
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(plain);
    }
    ByteArrayOutputStream xz = new ByteArrayOutputStream();
    try (OutputStream out = new XZOutputStream(xz, new LZMA2Options())) {
      out.write(plain);
    }
    ByteArrayOutputStream bzip2 = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bzip2)) {
      out.write(plain);
    }
    ByteArrayOutputStream zstd = new ByteArrayOutputStream();
    try (OutputStream out = new io.airlift.compress.v3.zstd.ZstdOutputStream(zstd)) {
      out.write(plain);
    }
    for (ByteArrayOutputStream form : List.of(gzip, xz, bzip2, zstd)) {
      Files.write(file, form.toByteArray());
      Tarball.of(file).unpack(root, Progress.NONE);
      assertThat(root.resolve("a")).hasContent("content");
      Tree.delete(root);
      // Cut off anywhere, it is refused and leaves nothing.
      Files.write(file, Arrays.copyOf(form.toByteArray(), form.size() - 12));
      assertThatThrownBy(() -> Tarball.of(file).unpack(root, Progress.NONE))
          .isInstanceOf(RootfsException.class)
          .hasMessageStartingWith(file + ": ")
          .hasMessageNotContaining("\n");
      assertThat(root).doesNotExist();
    }
  }

  @Test
  void saysThatItIsDamagedOrTruncated() throws IOException {
    file("a", 0644, "x".repeat(5000));
    byte[] plain = finished();
    Files.write(file, Arrays.copyOf(plain, 2000));
    fails(": entry \"a\": ends too early: it is truncated");
    byte[] header = plain.clone();
    header[0] ^= 1;
    Files.write(file, header);
    fails(": is not a tar archive");
    Files.write(file, new byte[0]);
    fails(": holds nothing");
    Files.write(file, new byte[10240]);
    fails(": holds nothing");
    Files.write(file, "no tar at all".repeat(1000).getBytes(UTF_8));
    fails(": is not a tar archive");
    Files.write(
        file,
        new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0, 3, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7});
    fails(": damaged gzip data: ");
    Files.delete(file);
    fails(": No such file or directory");
    Files.createDirectory(file);
    fails(": is not a regular file");
  }

  @Test
  void survivesEveryDamageWithoutATrace() throws IOException {
    directory("d/", 0755);
    file("d/f", 0644, "content");
    link("d/l", TarConstants.LF_SYMLINK, "f");
    link("d/h", TarConstants.LF_LINK, "d/f");
    byte[] good = finished();
    Random random = new Random(11);
    for (int i = 0; i < 600; i++) {
      byte[] bad = good.clone();
      int header = random.nextInt(good.length / 512) * 512;
      for (int j = 0; j < 1 + i % 4; j++) {
        bad[header + random.nextInt(512)] = (byte) random.nextInt();
      }
      if (i % 2 == 0) {
        checksum(bad, header);
      }
      Files.write(file, bad);
      try {
        Tarball.of(file).unpack(root, Progress.NONE);
        Tree.delete(root);
      } catch (RootfsException e) {
        assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
        assertThat(root).doesNotExist();
      }
    }
  }

  @Test
  void tellsHowFarItIs() throws IOException {
    file("a", 0644, "x");
    file("b", 0644, "x".repeat(3 << 20));
    Files.write(file, finished());
    List<String> seen = new ArrayList<>();
    Tarball.of(file)
        .unpack(
            root,
            (read, total, entry) -> {
              assertThat(read).isBetween(0L, total);
              seen.add(entry);
            });
    assertThat(seen).startsWith("\"a\"", "\"b\"", "\"b\"").endsWith("");
  }

  @Test
  void keepsHolesOfSparseFilesAndCountsThem() throws Exception {
    Path sparse = victim.resolve("sparse");
    run("truncate", "-s", "50M", sparse.toString());
    run("tar", "-C", victim.toString(), "-Scf", file.toString(), "sparse");
    Files.delete(sparse);
    Tarball.of(file).unpack(root, Progress.NONE);
    assertThat(Files.size(root.resolve("sparse"))).isEqualTo(50L << 20);
    Process du = new ProcessBuilder("du", "-k", root.resolve("sparse").toString()).start();
    String blocks = new String(du.getInputStream().readAllBytes(), UTF_8).split("\t")[0];
    assertThat(Long.parseLong(blocks)).isLessThan(1024);
    Tree.delete(root);
    assertThatThrownBy(() ->
            new Tarball(file, new Limits(1 << 20, 1 << 20, 10, 100, 10, 100, 1 << 20))
                .unpack(root, Progress.NONE))
        .hasMessage(file + ": entry \"sparse\": is larger than 1048576 bytes");
  }

  private void fails(String message) {
    assertThatThrownBy(() -> Tarball.of(file).unpack(root, Progress.NONE))
        .isInstanceOf(RootfsException.class)
        .hasMessageStartingWith(file + message);
    assertThat(root).doesNotExist();
  }

  private Unpacked unpack() throws IOException {
    Files.write(file, finished());
    return Tarball.of(file).unpack(root, Progress.NONE);
  }

  private void refuses(String message) throws IOException {
    refuses(Limits.DEFAULT, message);
  }

  private void refuses(Limits limits, String message) throws IOException {
    Files.write(file, finished());
    assertThatThrownBy(() -> new Tarball(file, limits).unpack(root, Progress.NONE))
        .isInstanceOf(RootfsException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageEndingWith(message)
        .hasMessageNotContaining("\n");
    assertThat(root).doesNotExist();
  }

  private byte[] finished() throws IOException {
    tar.flush();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(bytes.toByteArray());
    all.write(new byte[1024]);
    return all.toByteArray();
  }

  private void directory(String name, int mode) throws IOException {
    put(entry(name, TarConstants.LF_DIR, mode, 0), "");
  }

  private void file(String name, int mode, String content) throws IOException {
    put(entry(name, TarConstants.LF_NORMAL, mode, content.length()), content);
  }

  private void link(String name, byte type, String target) throws IOException {
    TarArchiveEntry entry = entry(name, type, 0777, 0);
    entry.setLinkName(target);
    put(entry, "");
  }

  /** A file whose name the library would put right. */
  private void raw(String name) throws IOException {
    put(entry(name, TarConstants.LF_NORMAL, 0644, 0), "");
  }

  private static TarArchiveEntry entry(String name, byte type, int mode, int size) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setMode(mode);
    entry.setSize(size);
    entry.setModTime(1_000_000_000_000L);
    return entry;
  }

  private void put(TarArchiveEntry entry, String content) throws IOException {
    tar.putArchiveEntry(entry);
    tar.write(content.getBytes(UTF_8));
    tar.closeArchiveEntry();
    tar.flush();
  }

  private static void checksum(byte[] tar, int header) {
    Arrays.fill(tar, header + 148, header + 156, (byte) ' ');
    int sum = 0;
    for (int i = header; i < header + 512; i++) {
      sum += tar[i] & 0xff;
    }
    byte[] text = "%06o\0 ".formatted(sum).getBytes(UTF_8);
    System.arraycopy(text, 0, tar, header + 148, text.length);
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
