package io.belljar.runtime.rootfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a root made of the host's programs holds, found and not yet written.
 *
 * <p>Each container gets a copy of its own to write into. There is no cache of written roots:
 * copying out of it would cost what copying from the host's files costs (nothing but metadata where
 * the file system shares blocks, as Btrfs and XFS do), and it would have to be kept true and thrown
 * away. A caller that can put a read-only root below several containers has {@link #key()} to keep
 * one by.
 *
 * @param entries sorted by path, so that a directory comes before what is in it
 */
public record HostRoot(List<RootEntry> entries) {
  public HostRoot {
    entries = List.copyOf(entries);
  }

  /**
   * Names this content: SHA-256, 64 hexadecimal digits. The sources count by path, device, inode,
   * size and times, so an update of the host's files gives another key.
   */
  public String key() {
    StringBuilder text = new StringBuilder("belljar host root 1\n");
    for (RootEntry entry : entries) {
      List<Object> fields =
          switch (entry) {
            case RootEntry.Directory(var path, var mode) -> List.of("directory", path, mode);
            case RootEntry.Link(var path, var target) -> List.of("link", path, target);
            case RootEntry.Text(var path, var content, var mode) ->
                List.of("text", path, content, mode);
            case RootEntry.Copy c ->
                List.of(
                    "copy",
                    c.path(),
                    c.source(),
                    c.mode(),
                    c.size(),
                    c.device(),
                    c.inode(),
                    c.modified(),
                    c.changed());
          };
      // The length of each field keeps fields apart, whatever is in them.
      fields.forEach(f -> text.append(f.toString().length()).append(':').append(f));
      text.append('\n');
    }
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Makes the root.
   *
   * @param root does not exist; its parent is a directory that only this user may use
   * @throws RootfsException it cannot be made; nothing is left behind
   */
  public void writeTo(Path root) {
    FreshRoot fresh = FreshRoot.create(root);
    String at = "/";
    try {
      for (RootEntry entry : entries) {
        at = entry.path();
        write(entry, fresh);
      }
      fresh.finish();
    } catch (IOException e) {
      throw fresh.abandon(RootfsException.of("--from-host: " + at, e));
    } catch (InvalidPathException e) {
      throw fresh.abandon(
          new RootfsException(
              "--from-host: " + at, "its name has no form in this process's locale"));
    } catch (RuntimeException e) {
      throw fresh.abandon(e);
    }
  }

  private static void write(RootEntry entry, FreshRoot root) throws IOException {
    List<String> name = List.of(entry.path().substring(1).split("/"));
    switch (entry) {
      case RootEntry.Directory directory -> root.directory(name, plain(directory.mode()));
      case RootEntry.Link link -> root.symbolicLink(name, link.target(), plain(0777));
      case RootEntry.Text text -> {
        Path path = root.place(name);
        try (FileChannel to = root.newFile(path)) {
          ByteBuffer bytes = ByteBuffer.wrap(text.content().getBytes(StandardCharsets.ISO_8859_1));
          while (bytes.hasRemaining()) {
            to.write(bytes);
          }
        }
        root.settle(path, plain(text.mode()));
      }
      case RootEntry.Copy copy -> {
        Path path = root.place(name);
        try (FileChannel from =
                FileChannel.open(
                    copy.source(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            FileChannel to = root.newFile(path)) {
          copy(from, to);
        }
        root.settle(path, plain(copy.mode()));
      }
    }
  }

  /** Owned by whoever makes the root, from now. */
  private static Metadata plain(int mode) {
    return new Metadata(mode, Optional.empty(), Optional.empty());
  }

  /**
   * transferTo is copy_file_range(2): inside the kernel, and a reflink where there are reflinks.
   */
  private static void copy(FileChannel from, FileChannel to) throws IOException {
    long size = from.size();
    for (long at = 0; at < size; ) {
      long copied = from.transferTo(at, size - at, to);
      if (copied <= 0) {
        throw new FileSystemException("", null, "it became shorter while it was copied");
      }
      at += copied;
    }
  }
}
