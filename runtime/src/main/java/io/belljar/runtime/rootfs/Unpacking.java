package io.belljar.runtime.rootfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Makes a root's files of a tarball's entries, one after the other.
 *
 * <ul>
 *   <li>Names are {@link EntryName}s; where they lead is {@link FreshRoot}'s matter.
 *   <li>A name that comes twice: the later file or link takes its place, as archives that were
 *       appended to mean it; two directories are one. A directory is never replaced by something
 *       else, nor the other way: no archive of a tree has that.
 *   <li>Symbolic links are made as they are, with any target: nothing here follows them, and in the
 *       container they lead where the container's root says.
 *   <li>Owners and modes are kept when root unpacks, setuid and setgid too (su and sudo in the
 *       container need them); nobody else can reach the files, see {@link FreshRoot#create}.
 *       Without root everything belongs to the caller, and setuid would give away the caller's own
 *       rights.
 *   <li>Devices cannot be made from Java: below {@code dev/} they are skipped, as a container's
 *       /dev is made by the runtime; elsewhere they are refused. Whiteouts are files like others.
 *   <li>Extended attributes are not kept, see {@link Unpacked#withoutCapabilities}.
 * </ul>
 */
final class Unpacking {
  private static final int CHUNK = 1 << 16;
  private static final int PROGRESS_EVERY = 1 << 20;
  private static final int MAX_LISTED = 100;
  private static final int MAX_LINK_TARGET = 4095; // PATH_MAX without the NUL
  private static final long MAX_ID = 0xfffffffeL; // (uid_t) -1 means "leave it" to chown(2)
  private static final Instant LAST_TIME = Instant.ofEpochSecond(0x37fffffffL); // ext4's last

  private final String tarball;
  private final long size;
  private final MeteredInput onDisk;
  private final Limits limits;
  private final FreshRoot root;
  private final Progress progress;
  private final byte[] chunk = new byte[CHUNK];
  private final List<String> withoutCapabilities = new ArrayList<>();
  private String current = "";
  private long entries;
  private long bytes;
  private long skippedDevices;

  Unpacking(
      String tarball,
      long size,
      MeteredInput onDisk,
      Limits limits,
      FreshRoot root,
      Progress progress) {
    this.tarball = tarball;
    this.size = size;
    this.onDisk = onDisk;
    this.limits = limits;
    this.root = root;
    this.progress = progress;
  }

  /** What a failure now is about. */
  String subject() {
    return current.isEmpty() ? tarball : tarball + ": entry " + current;
  }

  boolean begun() {
    return entries > 0;
  }

  void entry(TarArchiveEntry entry, InputStream content) throws IOException {
    current = EntryName.quoted(entry.getName());
    if (++entries > limits.entries()) {
      throw refused("the tarball has more than " + limits.entries() + " entries");
    }
    progress.unpacked(onDisk.count(), size, current);
    try {
      make(entry, content);
    } catch (InvalidPathException e) {
      // The JDK encodes names in the locale's character set, whatever file.encoding says.
      throw refused(
          "its name has no form in %s, the character set of this process's locale"
              .formatted(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name())));
    }
    current = "";
  }

  private void make(TarArchiveEntry entry, InputStream content) throws IOException {
    List<String> name = EntryName.parse(entry.getName(), limits).components();
    switch (entry.getLinkFlag()) {
      case TarConstants.LF_DIR -> root.directory(name, metadata(entry));
      case TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_CONTIG -> {
        // Before POSIX, a directory was a file with a slash at the end of its name.
        if (entry.getName().endsWith("/")) {
          root.directory(name, metadata(entry));
        } else {
          file(entry, notRoot(name), content);
        }
      }
      case TarConstants.LF_GNUTYPE_SPARSE -> file(entry, notRoot(name), content);
      case TarConstants.LF_SYMLINK ->
          root.symbolicLink(notRoot(name), target(entry), metadata(entry));
      case TarConstants.LF_LINK ->
          root.hardLink(notRoot(name), EntryName.parse(entry.getLinkName(), limits).components());
      case TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO -> device(entry, name);
      default ->
          throw refused("is of a type that is not known here (" + (int) entry.getLinkFlag() + ")");
    }
  }

  private void file(TarArchiveEntry entry, List<String> name, InputStream content)
      throws IOException {
    long length = entry.getRealSize();
    if (length < 0 || length > limits.fileBytes()) {
      throw refused("is larger than " + limits.fileBytes() + " bytes");
    }
    if (length > limits.totalBytes() - bytes) {
      throw tooLarge();
    }
    Path path = root.place(name);
    try (FileChannel to = root.newFile(path)) {
      copy(content, to, length, entry.isSparse());
    }
    root.settle(path, metadata(entry));
    if (entry.getExtraPaxHeaders().containsKey("SCHILY.xattr.security.capability")
        && withoutCapabilities.size() < MAX_LISTED) {
      withoutCapabilities.add(current);
    }
  }

  private void copy(InputStream content, FileChannel to, long length, boolean sparse)
      throws IOException {
    long written = 0;
    for (int read; (read = content.read(chunk, 0, CHUNK)) >= 0; ) {
      if (sparse && zeros(read) && written + read < length) {
        to.position(to.position() + read); // a hole stays a hole
      } else {
        ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, read);
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
      if (written / PROGRESS_EVERY != (written + read) / PROGRESS_EVERY) {
        progress.unpacked(onDisk.count(), size, current);
      }
      written += read;
      bytes += read;
      if (written > length || bytes > limits.totalBytes()) {
        throw tooLarge();
      }
      if (bytes > limits.ratioFrom() && bytes / limits.ratio() > size) {
        throw refused(
            "unpacks to more than %d times its size: it is a bomb".formatted(limits.ratio()));
      }
    }
    if (written < length) {
      throw refused("ends too early: the tarball is truncated");
    }
  }

  private boolean zeros(int length) {
    for (int i = 0; i < length; i++) {
      if (chunk[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private String target(TarArchiveEntry entry) throws IOException {
    String target = entry.getLinkName();
    if (target.isEmpty() || target.indexOf('\0') >= 0 || target.length() > MAX_LINK_TARGET) {
      throw refused("is a symbolic link whose target is empty, too long or has a NUL");
    }
    return target;
  }

  private void device(TarArchiveEntry entry, List<String> name) throws IOException {
    if (name.size() > 1 && name.getFirst().equals("dev")) {
      skippedDevices++;
      return;
    }
    String kind =
        switch (entry.getLinkFlag()) {
          case TarConstants.LF_CHR -> "a character device";
          case TarConstants.LF_BLK -> "a block device";
          default -> "a fifo";
        };
    throw refused("is " + kind + ", which cannot be made outside dev/");
  }

  private Metadata metadata(TarArchiveEntry entry) throws IOException {
    long user = entry.getLongUserId();
    long group = entry.getLongGroupId();
    if (user < 0 || user > MAX_ID || group < 0 || group > MAX_ID) {
      throw refused("its owner %d:%d is not between 0 and %d".formatted(user, group, MAX_ID));
    }
    Instant time = entry.getLastModifiedTime().toInstant();
    Instant within =
        time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(LAST_TIME) ? LAST_TIME : time;
    return new Metadata(
        entry.getMode() & 07777,
        Optional.of(new Metadata.Owner(user, group)),
        Optional.of(FileTime.from(within)));
  }

  private static List<String> notRoot(List<String> name) throws IOException {
    if (name.isEmpty()) {
      throw refused("would replace the root itself");
    }
    return name;
  }

  Unpacked finish() throws IOException {
    progress.unpacked(size, size, "");
    root.finish();
    return new Unpacked(entries, bytes, skippedDevices, withoutCapabilities);
  }

  private FileSystemException tooLarge() {
    return refused("the tarball unpacks to more than " + limits.totalBytes() + " bytes");
  }

  private static FileSystemException refused(String reason) {
    return new FileSystemException("", null, reason);
  }
}
