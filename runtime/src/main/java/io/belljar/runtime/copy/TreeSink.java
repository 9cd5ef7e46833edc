package io.belljar.runtime.copy;

import io.belljar.linux.Errno;
import io.belljar.linux.FileMode;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.ResolveFlags;
import io.belljar.linux.file.Descriptor;
import io.belljar.linux.file.FileException;
import io.belljar.linux.file.FileStatus;
import io.belljar.linux.file.Names;
import io.belljar.runtime.copy.Entry.Metadata;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts entries into a directory that is held open. A file is made under another name and then takes
 * its place, so whoever reads it sees the old one or the whole new one, and a link that is in its
 * place is replaced, never followed. What is all zeros becomes a hole. Directories are merged, and
 * those that were there keep their owners and permissions, as with cp(1); neither replaces a
 * directory by something else nor the other way.
 *
 * <p>Owner before permissions (chown takes setuid away), both before the time; a directory's come
 * when all that is in it is there. Devices are not made: on the host they would give away what the
 * container may not reach.
 */
final class TreeSink implements Sink, AutoCloseable {
  private static final int PLACE = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
  private static final int CHUNK = 64 << 10;
  private static final byte[] ZEROS = new byte[CHUNK];
  private static final int MOST_DEPTH = 260;
  private static final int STRICT =
      ResolveFlags.RESOLVE_BENEATH
          | ResolveFlags.RESOLVE_NO_SYMLINKS
          | ResolveFlags.RESOLVE_NO_MAGICLINKS;
  private static final int MOST_IMPLIED = 10_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A directory on the way to the present entry. */
  private record Level(String name, Descriptor directory, Optional<Metadata> last) {}

  private record Inode(FileStatus.Device device, long number) {}

  /** Makes something under a name of its own, and gives it its metadata. */
  @FunctionalInterface
  private interface Making {
    void make(Descriptor directory, String name);
  }

  private final Descriptor base;
  private final Ownership ownership;
  private final Consumer<String> warnings;
  private final Deque<Level> levels = new ArrayDeque<>(); // the innermost first

  /** Made as the way to something; their own entries may come later in an archive. */
  private final Set<Inode> implied = new HashSet<>();

  private final byte[] chunk = new byte[CHUNK];
  private Optional<FileStatus> firstMade = Optional.empty();
  private long bytes;

  /**
   * @param base the directory, held open as a place; not closed here
   * @param shown its name, or the destination's
   * @param ownership whom what is made belongs to
   * @param warnings takes a line for what is left out
   */
  TreeSink(Descriptor base, String shown, Ownership ownership, Consumer<String> warnings) {
    this.base = base;
    this.ownership = ownership;
    this.warnings = warnings;
    requireFiles(base, shown);
  }

  private void requireFiles(Descriptor directory, String subject) {
    if (directory.isKernels()) {
      throw new CopyException(
          subject,
          "is a directory of the kernel (/proc, /sys and the like): nothing is copied there");
    }
  }

  @Override
  public void add(List<String> path, Entry entry, Content content) {
    try {
      if (path.isEmpty()) {
        return; // the directory itself is the caller's own
      }
      enter(path.subList(0, path.size() - 1));
      String name = path.getLast();
      switch (entry) {
        case Entry.Directory directory -> makeDirectory(name, Optional.of(directory.metadata()));
        case Entry.RegularFile file -> place(name, (in, as) -> fill(in, as, file, content));
        case Entry.SymbolicLink link -> place(name, (in, as) -> makeLink(in, as, link));
        case Entry.HardLink link -> makeName(name, link);
        case Entry.Fifo fifo -> place(name, (in, as) -> makeFifo(in, as, fifo));
        case Entry.DeviceNode _ ->
            warnings.accept(Names.readable(String.join("/", path)) + " is a device: left out");
      }
    } catch (FileException e) {
      throw CopyException.of(String.join("/", path), e);
    }
  }

  private Descriptor here() {
    return levels.isEmpty() ? base : levels.peek().directory();
  }

  /** Goes to a directory: out of those that it is not in, then into those that lead there. */
  private void enter(List<String> path) {
    while (!isOnTheWay(path)) {
      leave();
    }
    for (String name : path.subList(levels.size(), path.size())) {
      makeDirectory(name, Optional.empty());
    }
  }

  private boolean isOnTheWay(List<String> path) {
    if (levels.size() > path.size()) {
      return false;
    }
    int at = levels.size();
    for (Level level : levels) {
      if (!level.name().equals(path.get(--at))) {
        return false;
      }
    }
    return true;
  }

  private void leave() {
    try (Descriptor directory = levels.peek().directory()) {
      Level level = levels.pop();
      if (level.last().isPresent()) {
        settle(directory, level.last().get());
      }
    }
  }

  /** Makes a directory, or takes the one that is there, and goes into it. */
  private void makeDirectory(String name, Optional<Metadata> metadata) {
    if (levels.size() >= MOST_DEPTH) {
      throw new CopyException(Names.readable(name), "lies too deep");
    }
    boolean made = true;
    try {
      here().makeDirectory(name, 0700);
    } catch (FileException e) {
      if (!e.is(Errno.EEXIST)) {
        throw e;
      }
      made = false;
    }
    Descriptor above = here();
    Descriptor directory = openDirectory(name);
    levels.push(new Level(name, directory, Optional.empty())); // and is closed, whatever comes
    requireFiles(directory, Names.readable(name));
    FileStatus status = directory.status();
    Inode inode = new Inode(status.device(), status.inode());
    if (made) {
      requireNew(above, directory, name);
      if (metadata.isEmpty() && implied.size() < MOST_IMPLIED) {
        implied.add(inode);
      }
      firstMade = firstMade.or(() -> Optional.of(status));
    }
    if (made || (metadata.isPresent() && implied.remove(inode))) {
      levels.pop();
      levels.push(new Level(name, directory, metadata.or(TreeSink::plain)));
    }
  }

  /** Between making it and opening it, another one may have been put in its place. */
  static void requireNew(Descriptor above, Descriptor directory, String name) {
    FileStatus status = directory.status();
    require(status.uid() == Descriptor.user() && status.mount() == above.status().mount(), name);
    int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY;
    try (Descriptor listed = directory.resolve(".", flags, 0)) {
      require(listed.list().next().isEmpty(), name);
    }
  }

  private static Optional<Metadata> plain() {
    java.time.Instant now = java.time.Instant.now();
    return Optional.of(
        new Metadata(0755, 0, 0, new FileStatus.Time(now.getEpochSecond(), now.getNano())));
  }

  private Descriptor openDirectory(String name) {
    try {
      return here().entry(name, PLACE);
    } catch (FileException e) {
      if (e.is(Errno.ENOTDIR) || e.is(Errno.ELOOP)) {
        throw new CopyException(
            Names.readable(name), "cannot overwrite what is no directory with a directory");
      }
      throw e;
    }
  }

  /** Makes something beside its place, and has it take its place. */
  private void place(String name, Making making) {
    Descriptor directory = here();
    String draft = ".belljar-" + HexFormat.of().toHexDigits(RANDOM.nextLong());
    try {
      making.make(directory, draft);
      rename(directory, draft, name);
    } finally {
      discard(directory, draft); // rename(2) leaves it, too, if it is the same file as is there
    }
  }

  private static void rename(Descriptor directory, String draft, String name) {
    try {
      directory.rename(draft, name);
    } catch (FileException e) {
      if (e.is(Errno.EISDIR) || e.is(Errno.ENOTEMPTY) || e.is(Errno.EEXIST)) {
        throw new CopyException(
            Names.readable(name), "cannot overwrite a directory with what is no directory");
      }
      throw e;
    }
  }

  private static void discard(Descriptor directory, String draft) {
    try {
      directory.remove(draft);
    } catch (FileException e) {
      // It took its place, or was not made.
    }
  }

  private void fill(Descriptor directory, String name, Entry.RegularFile entry, Content content) {
    try (Descriptor file = directory.create(name, 0600)) {
      long size = 0;
      for (int count; (count = content.read(chunk, CHUNK)) > 0; size += count) {
        if (!Arrays.equals(chunk, 0, count, ZEROS, 0, count)) {
          file.write(chunk, count, size);
        }
      }
      file.size(size); // a hole at the end was not written
      bytes += size;
      ownership.apply(file, entry.metadata());
      file.permit(entry.metadata().permissions());
      file.modified(entry.metadata().modified());
    }
  }

  private void makeLink(Descriptor directory, String name, Entry.SymbolicLink entry) {
    directory.makeLink(name, entry.target());
    try (Descriptor link = directory.entry(name, OpenFlags.O_PATH)) {
      require(link.status().isLink(), name);
      ownership.apply(link, entry.metadata());
      link.modified(entry.metadata().modified());
    }
  }

  private void makeFifo(Descriptor directory, String name, Entry.Fifo entry) {
    directory.makeFifo(name, 0600);
    try (Descriptor fifo = directory.entry(name, OpenFlags.O_PATH)) {
      require(fifo.status().kind() == FileMode.S_IFIFO, name);
      settle(fifo, entry.metadata());
    }
  }

  /** A user of the container may have put a file of his own there, for us to give to root. */
  private static void require(boolean made, String name) {
    if (!made) {
      throw new CopyException(Names.readable(name), "was replaced while it was made");
    }
  }

  private void settle(Descriptor place, Metadata metadata) {
    ownership.apply(place, metadata);
    place.permitPlace(metadata.permissions());
    place.modified(metadata.modified());
  }

  /** The existing file is looked for from the top, without links: it is one of those made here. */
  private void makeName(String name, Entry.HardLink entry) {
    List<String> existing = entry.existing();
    String above = String.join("/", existing.subList(0, existing.size() - 1));
    try (Descriptor from = base.resolve(above.isEmpty() ? "." : above, PLACE, STRICT)) {
      String last = existing.getLast();
      place(name, (in, as) -> in.makeName(as, from, last));
    }
  }

  @Override
  public void finish() {
    try {
      while (!levels.isEmpty()) {
        leave();
      }
    } catch (FileException e) {
      throw CopyException.of("a directory at the destination", e);
    }
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public boolean isMadeHere(FileStatus directory) {
    return firstMade
        .filter(
            made -> made.inode() == directory.inode() && made.device().equals(directory.device()))
        .isPresent();
  }

  /** Closes what is open, as it is: after a failure nothing more is changed. */
  @Override
  public void close() {
    while (!levels.isEmpty()) {
      levels.pop().directory().close();
    }
  }
}
