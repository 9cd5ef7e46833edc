package io.belljar.runtime.copy;

import io.belljar.linux.file.Names;
import io.belljar.runtime.copy.Entry.Metadata;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a tar archive, in GNU's format: long names, large numbers and names that are not UTF-8 all
 * have a form in it. Times are in whole seconds.
 */
final class TarSink implements Sink {
  private static final int CHUNK = 64 << 10;
  private static final long LATEST = 0x7ffffffffL;

  private final TarArchiveOutputStream archive;
  private final byte[] chunk = new byte[CHUNK];
  private long bytes;

  /**
   * @param out closed when everything has been given
   */
  TarSink(OutputStream out) {
    this.archive =
        new TarArchiveOutputStream(
            new BufferedOutputStream(out, CHUNK), StandardCharsets.ISO_8859_1.name());
    archive.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    archive.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
  }

  @Override
  public void add(List<String> path, Entry entry, Content content) {
    String name = path.isEmpty() ? "." : String.join("/", path);
    try {
      switch (entry) {
        case Entry.Directory _ -> put(header(name + "/", TarConstants.LF_DIR, entry));
        case Entry.RegularFile file -> file(name, file, content);
        case Entry.SymbolicLink link -> {
          TarArchiveEntry header = header(name, TarConstants.LF_SYMLINK, entry);
          header.setLinkName(link.target());
          put(header);
        }
        case Entry.HardLink link -> {
          TarArchiveEntry header = header(name, TarConstants.LF_LINK, entry);
          header.setLinkName(String.join("/", link.existing()));
          put(header);
        }
        case Entry.Fifo _ -> put(header(name, TarConstants.LF_FIFO, entry));
        case Entry.DeviceNode node -> {
          byte type = node.block() ? TarConstants.LF_BLK : TarConstants.LF_CHR;
          TarArchiveEntry header = header(name, type, entry);
          header.setDevMajor(node.device().major());
          header.setDevMinor(node.device().minor());
          put(header);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TarArchiveEntry header(String name, byte type, Entry entry) {
    Metadata metadata = entry.metadata();
    TarArchiveEntry header = new TarArchiveEntry(name, type, true);
    header.setMode(metadata.permissions());
    header.setUserId(metadata.uid());
    header.setGroupId(metadata.gid());
    header.setUserName("");
    header.setGroupName("");
    long seconds = Math.clamp(metadata.modified().seconds(), 0, LATEST);
    header.setLastModifiedTime(FileTime.fromMillis(seconds * 1000));
    return header;
  }

  private void put(TarArchiveEntry header) throws IOException {
    archive.putArchiveEntry(header);
    archive.closeArchiveEntry();
  }

  private void file(String name, Entry.RegularFile file, Content content) throws IOException {
    TarArchiveEntry header = header(name, TarConstants.LF_NORMAL, file);
    header.setSize(file.size());
    archive.putArchiveEntry(header);
    long written = 0;
    for (int count; (count = content.read(chunk, CHUNK)) > 0; written += count) {
      archive.write(chunk, 0, count);
    }
    if (written < file.size()) {
      throw new CopyException(Names.readable(name), "became shorter while it was read");
    }
    archive.closeArchiveEntry();
    bytes += written;
  }

  @Override
  public void finish() {
    try {
      archive.close(); // only this writes the last block
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long bytes() {
    return bytes;
  }
}
