package io.belljar.runtime.copy;

import io.belljar.linux.file.FileStatus;
import io.belljar.linux.file.Names;
import io.belljar.runtime.copy.Entry.Metadata;
import io.belljar.runtime.rootfs.ArchiveInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Reads a tar archive that may be anybody's, plain or compressed. Names stay below the destination:
 * a slash at the beginning is dropped, {@code ..} is refused. Where links in the destination would
 * lead is {@link TreeSink}'s matter, which follows none.
 */
final class TarSource {
  private static final int MOST_NAME = 4095; // PATH_MAX without the NUL
  private static final long MOST_ID = 0xfffffffeL; // (uid_t) -1 is "leave it"
  private static final String ARCHIVE = "the archive";

  private final InputStream in;
  private final Runnable interruption;

  /**
   * @param interruption is asked often, and throws when nobody waits for the copy any more
   */
  TarSource(InputStream in, Runnable interruption) {
    this.in = in;
    this.interruption = interruption;
  }

  /** Gives the sink everything. */
  void read(Sink sink) {
    try {
      ArchiveInput.read(in, (entry, tar) -> add(sink, entry, tar));
    } catch (IOException e) {
      throw new CopyException(ARCHIVE, String.valueOf(e.getMessage()));
    }
  }

  private void add(Sink sink, TarArchiveEntry entry, TarArchiveInputStream tar) {
    interruption.run();
    List<String> path = path(entry.getName());
    if (path.isEmpty()) {
      return; // the destination itself, which is there
    }
    Metadata metadata = metadata(entry);
    if (entry.isDirectory()) {
      sink.add(path, new Entry.Directory(metadata), Sink.Content.NONE);
      return;
    }
    switch (entry.getLinkFlag()) {
      case TarConstants.LF_SYMLINK ->
          sink.add(path, new Entry.SymbolicLink(metadata, target(entry)), Sink.Content.NONE);
      case TarConstants.LF_LINK -> sink.add(path, hardLink(entry, metadata), Sink.Content.NONE);
      case TarConstants.LF_FIFO -> sink.add(path, new Entry.Fifo(metadata), Sink.Content.NONE);
      case TarConstants.LF_BLK, TarConstants.LF_CHR ->
          sink.add(
              path,
              new Entry.DeviceNode(
                  metadata,
                  entry.getLinkFlag() == TarConstants.LF_BLK,
                  new FileStatus.Device(entry.getDevMajor(), entry.getDevMinor())),
              Sink.Content.NONE);
      case TarConstants.LF_OLDNORM,
          TarConstants.LF_NORMAL,
          TarConstants.LF_CONTIG,
          TarConstants.LF_GNUTYPE_SPARSE ->
          sink.add(
              path,
              new Entry.RegularFile(metadata, entry.getRealSize()),
              (into, most) -> content(tar, into, most));
      default -> throw new CopyException(ARCHIVE + ": " + entry.getName(), "is of an unknown type");
    }
  }

  private int content(TarArchiveInputStream tar, byte[] into, int most) {
    interruption.run();
    try {
      return Math.max(tar.read(into, 0, most), 0);
    } catch (IOException e) {
      throw new CopyException(ARCHIVE, String.valueOf(e.getMessage()));
    }
  }

  private static Entry.HardLink hardLink(TarArchiveEntry entry, Metadata metadata) {
    List<String> existing = path(entry.getLinkName());
    if (existing.isEmpty()) {
      throw new CopyException(ARCHIVE + ": " + entry.getName(), "is a hard link to a directory");
    }
    return new Entry.HardLink(metadata, existing);
  }

  private static String target(TarArchiveEntry entry) {
    String target = bytes(entry.getLinkName());
    if (target.isEmpty() || target.length() > MOST_NAME || target.indexOf('\0') >= 0) {
      throw new CopyException(
          ARCHIVE + ": " + entry.getName(),
          "is a link whose target is empty, too long or has a NUL");
    }
    return target;
  }

  /** The components of a name; none for the archive's top. */
  static List<String> path(String text) {
    String name = bytes(text);
    List<String> components = new ArrayList<>();
    if (name.length() > MOST_NAME || name.indexOf('\0') >= 0) {
      throw new CopyException(ARCHIVE, "has a name that is too long or has a NUL");
    }
    for (String component : name.split("/")) {
      if (component.equals("..")) {
        throw new CopyException(ARCHIVE + ": " + text, "has \"..\" in its name");
      }
      if (!component.isEmpty() && !component.equals(".")) {
        components.add(component);
      }
    }
    return components;
  }

  private static String bytes(String text) {
    return Names.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Metadata metadata(TarArchiveEntry entry) {
    long uid = entry.getLongUserId();
    long gid = entry.getLongGroupId();
    if (uid < 0 || uid > MOST_ID || gid < 0 || gid > MOST_ID) {
      throw new CopyException(ARCHIVE + ": " + entry.getName(), "has an owner that is none");
    }
    Instant time = entry.getLastModifiedTime().toInstant();
    return new Metadata(
        entry.getMode() & 07777,
        uid,
        gid,
        new FileStatus.Time(time.getEpochSecond(), time.getNano()));
  }
}
