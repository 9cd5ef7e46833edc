package io.belljar.runtime.copy;

import io.belljar.linux.Errno;
import io.belljar.linux.FileMode;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.file.Descriptor;
import io.belljar.linux.file.FileException;
import io.belljar.linux.file.FileStatus;
import io.belljar.linux.file.Listing;
import io.belljar.linux.file.Names;
import io.belljar.runtime.copy.Entry.Metadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file or a tree, read by descriptors: see the package's description for why. A directory comes
 * before what is in it.
 *
 * <p>What vanishes while it is read is left out. Sockets are left out, as no archive holds them.
 */
final class TreeSource {
  /** More directories below each other than anybody makes; two descriptors are open for each. */
  private static final int MOST_DEPTH = 256;

  /** Remembered for hard links; what comes then is copied as files of their own. */
  private static final int MOST_LINKED = 100_000;

  private record Inode(FileStatus.Device device, long number) {}

  private final Sink sink;
  private final Identities identities;
  private final boolean acrossMounts;
  private final Runnable interruption;
  private final Map<Inode, List<String>> linked = new HashMap<>();
  private final List<String> path = new ArrayList<>();
  private long mount;

  /**
   * @param identities who the users are in the container, if it is one
   * @param acrossMounts whether what is mounted in the tree is part of it
   * @param interruption is asked often, and throws when nobody waits for the copy any more
   */
  TreeSource(Sink sink, Identities identities, boolean acrossMounts, Runnable interruption) {
    this.sink = sink;
    this.identities = identities;
    this.acrossMounts = acrossMounts;
    this.interruption = interruption;
  }

  /**
   * Gives the sink everything.
   *
   * @param top opened as a place (O_PATH)
   * @param shown its name as the person gave it
   * @param name what it is called there; empty: only what is in it is to be put into the target
   */
  void read(Descriptor top, String shown, Optional<String> name) {
    FileStatus status = top.status();
    if (top.isKernels()) {
      throw new CopyException(
          shown, "is a file of the kernel (/proc, /sys and the like), which is not copied");
    }
    mount = status.mount();
    name.ifPresent(path::add);
    read(top, status);
  }

  private void read(Descriptor place, FileStatus status) {
    interruption.run();
    Metadata metadata = Metadata.of(status, identities);
    try {
      switch (status.kind()) {
        case FileMode.S_IFDIR -> directory(place, status, metadata);
        case FileMode.S_IFREG -> file(place, status, metadata);
        case FileMode.S_IFLNK ->
            add(new Entry.SymbolicLink(metadata, place.target()), Sink.Content.NONE);
        case FileMode.S_IFIFO -> add(new Entry.Fifo(metadata), Sink.Content.NONE);
        case FileMode.S_IFBLK, FileMode.S_IFCHR -> {
          boolean block = status.kind() == FileMode.S_IFBLK;
          add(new Entry.DeviceNode(metadata, block, status.special()), Sink.Content.NONE);
        }
        default -> {} // a socket is of use only to whoever listens at it
      }
    } catch (FileException e) {
      throw CopyException.of(String.join("/", path), e);
    }
  }

  private void add(Entry entry, Sink.Content content) {
    sink.add(List.copyOf(path), entry, content);
  }

  private void directory(Descriptor place, FileStatus status, Metadata metadata) {
    if (sink.isMadeHere(status)) {
      throw new CopyException(
          Names.readable(String.join("/", path)), "cannot be copied into itself");
    }
    add(new Entry.Directory(metadata), Sink.Content.NONE);
    if (isLeftAlone(place, status)) {
      return;
    }
    if (path.size() > MOST_DEPTH) {
      throw new CopyException(
          Names.readable(path.getFirst()), "has directories more than " + MOST_DEPTH + " deep");
    }
    int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY;
    try (Descriptor directory = place.resolve(".", flags, 0)) {
      Listing names = directory.list();
      for (Optional<String> name = names.next(); name.isPresent(); name = names.next()) {
        child(directory, name.get());
      }
    }
  }

  private boolean isLeftAlone(Descriptor place, FileStatus status) {
    return (!acrossMounts && status.mount() != mount) || place.isKernels();
  }

  private void child(Descriptor directory, String name) {
    path.add(name);
    try (Descriptor place = directory.entry(name, OpenFlags.O_PATH)) {
      FileStatus status = place.status();
      if (status.isDirectory() || !isLeftAlone(place, status)) {
        read(place, status);
      }
    } catch (FileException e) {
      if (!e.is(Errno.ENOENT)) {
        throw CopyException.of(String.join("/", path), e);
      }
    } finally {
      path.removeLast();
    }
  }

  private void file(Descriptor place, FileStatus status, Metadata metadata) {
    Inode inode = new Inode(status.device(), status.inode());
    if (status.links() > 1) {
      List<String> first = linked.get(inode);
      if (first != null) {
        add(new Entry.HardLink(metadata, first), Sink.Content.NONE);
        return;
      }
    }
    // O_NONBLOCK: who holds a lease on the file cannot hold us.
    try (Descriptor file = place.reopen(OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK)) {
      long size = Math.max(file.status().size(), 0);
      add(new Entry.RegularFile(metadata, size), new Bounded(file, size, interruption));
    }
    if (status.links() > 1 && linked.size() < MOST_LINKED) {
      linked.put(inode, List.copyOf(path));
    }
  }

  /** As much of a file as it had when it was opened: one that grows has an end, too. */
  private static final class Bounded implements Sink.Content {
    private final Descriptor file;
    private final Runnable interruption;
    private long left;

    Bounded(Descriptor file, long size, Runnable interruption) {
      this.file = file;
      this.left = size;
      this.interruption = interruption;
    }

    @Override
    public int read(byte[] into, int most) {
      interruption.run();
      int count = left == 0 ? 0 : file.read(into, (int) Math.min(most, left));
      left -= count;
      return count;
    }
  }
}
