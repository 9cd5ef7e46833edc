package io.belljar.linux.file;

import io.belljar.linux.AtFlags;
import io.belljar.linux.Errno;
import io.belljar.linux.FileMode;
import io.belljar.linux.OpenFlags;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Resolves a path as openat2(2) with RESOLVE_IN_ROOT does, but a component at a time: a mount is
 * only gone on through when its guard admits it. To arrive at one asks its file system nothing.
 */
final class GuardedWalk implements AutoCloseable {
  private static final int MOST_LINKS = 40; // as the kernel's MAXSYMLINKS
  private static final int MOST_DEPTH = 256; // a descriptor for each
  private static final int PLACE = OpenFlags.O_PATH | OpenFlags.O_NOFOLLOW | OpenFlags.O_CLOEXEC;

  private final int root;
  private final MountGuard guard;

  /** The directories from the root to where the walk is, without the root. */
  private final Deque<Integer> directories = new ArrayDeque<>();

  private final Deque<String> left = new ArrayDeque<>();
  private int links;

  GuardedWalk(int root, MountGuard guard) {
    this.root = root;
    this.guard = guard;
  }

  /** The descriptor, opened with these flags of {@link OpenFlags}. */
  int open(String path, int flags) {
    push(path);
    while (!left.isEmpty()) {
      String name = left.pop();
      if (name.equals("..")) {
        if (!directories.isEmpty()) {
          FileCalls.close(directories.pop());
        }
      } else if (!name.equals(".")) {
        int found = step(name, flags);
        if (found >= 0) {
          return found;
        }
      }
    }
    return FileCalls.openat2(here(), ".", flags, 0, 0);
  }

  /** Goes on by an entry; what was wanted is returned, -1 when there is more to come. */
  private int step(String name, int flags) {
    int place = FileCalls.openat2(here(), name, PLACE, 0, 0);
    try {
      if (FileCalls.reached(place).mount() != FileCalls.reached(here()).mount()) {
        guard.require(place, name);
      }
      int kind = FileCalls.statx(place, "", AtFlags.AT_EMPTY_PATH).kind();
      boolean last = left.isEmpty();
      if (kind == FileMode.S_IFLNK && !(last && (flags & OpenFlags.O_NOFOLLOW) != 0)) {
        follow(place, name);
      } else if (last) {
        int found = opened(place, name, kind, flags);
        place = found == place ? -1 : place;
        return found;
      } else if (directories.size() == MOST_DEPTH) {
        throw new FileException("open " + Names.readable(name), Errno.ENAMETOOLONG);
      } else {
        directories.push(place);
        place = -1;
      }
      return -1;
    } finally {
      if (place >= 0) {
        FileCalls.close(place);
      }
    }
  }

  /** What a place is, opened as wanted; itself, if it is wanted as a place. */
  private static int opened(int place, String name, int kind, int flags) {
    if ((flags & OpenFlags.O_DIRECTORY) != 0 && kind != FileMode.S_IFDIR) {
      throw new FileException("open " + Names.readable(name), Errno.ENOTDIR);
    }
    if ((flags & OpenFlags.O_PATH) != 0) {
      return place;
    }
    if (kind == FileMode.S_IFLNK) {
      throw new FileException("open " + Names.readable(name), Errno.ELOOP);
    }
    int following = flags & ~OpenFlags.O_NOFOLLOW;
    return FileCalls.openat2(AtFlags.AT_FDCWD, "/proc/self/fd/" + place, following, 0, 0);
  }

  /** A link of /proc to somebody's open file, which its text does not stand for, leads nowhere. */
  private void follow(int link, String name) {
    String target = FileCalls.readlinkat(link, "");
    boolean absolute = target.startsWith("/");
    boolean magic = absolute && KernelFiles.TYPES.contains(FileCalls.filesystem(link));
    if (magic || ++links > MOST_LINKS) {
      throw new FileException("open " + Names.readable(name), Errno.ELOOP);
    }
    if (absolute) {
      close();
    }
    push(target);
  }

  /** What a path says is left to be gone before the rest; a slash at its end is a {@code .}. */
  private void push(String path) {
    List<String> components =
        Arrays.stream((path.endsWith("/") ? path + "." : path).split("/"))
            .filter(component -> !component.isEmpty())
            .toList();
    components.reversed().forEach(left::push);
  }

  private int here() {
    return directories.isEmpty() ? root : directories.peek();
  }

  @Override
  public void close() {
    while (!directories.isEmpty()) {
      FileCalls.close(directories.pop());
    }
  }
}
