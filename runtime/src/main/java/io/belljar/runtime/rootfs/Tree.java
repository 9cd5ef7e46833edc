package io.belljar.runtime.rootfs;

import io.belljar.linux.proc.MountInfo;
import io.belljar.linux.proc.ProcFs;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Removes a tree that a container could write: it may hold links to anywhere, directories without
 * permissions, and directories below each other a hundred thousand deep.
 *
 * <p>Directories are held open and everything is removed relative to them, so nothing that is
 * swapped meanwhile leads outside. At most {@value #MAX_DEPTH} are open at once: a directory deeper
 * than that is moved up to the top of the tree first and then has its turn there, which also keeps
 * paths short.
 */
public final class Tree {
  private static final int MAX_DEPTH = 32;
  private static final String MOVED = ".belljar-removed-";

  private record Level(
      Path name, SecureDirectoryStream<Path> directory, Iterator<Path> rest, Path path) {}

  private final Path tree;
  private final Deque<Level> open = new ArrayDeque<>();
  private String device = "";
  private long moved;

  private Tree(Path tree) {
    this.tree = tree;
  }

  /**
   * Deletes a directory with all that is in it, or a file, or a link (never what it leads to).
   * Something that is not there counts as deleted.
   *
   * @throws RootfsException something in it is a mount point, or cannot be removed; a part of the
   *     tree is then still there
   */
  public static void delete(Path tree) {
    Path absolute = tree.toAbsolutePath().normalize();
    try {
      if (!Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      Path real = absolute.getParent().toRealPath().resolve(absolute.getFileName());
      refuseMounts(real);
      new Tree(real).delete();
    } catch (IOException e) {
      throw RootfsException.of("cannot remove " + subject(tree, e), e);
    }
  }

  private static String subject(Path tree, IOException e) {
    boolean named =
        e instanceof FileSystemException f && f.getFile() != null && f.getFile().startsWith("/");
    return named ? ((FileSystemException) e).getFile() : tree.toString();
  }

  /**
   * A bind mount of the same file system has the same device number: only the kernel's list tells.
   */
  private static void refuseMounts(Path tree) throws IOException {
    String own = tree.toString();
    for (MountInfo mount : ProcFs.host().mounts().all()) {
      if (mount.mountPoint().equals(own) || mount.mountPoint().startsWith(own + "/")) {
        throw new FileSystemException(
            own, null, "something is mounted on " + EntryName.quoted(mount.mountPoint()));
      }
    }
  }

  private void delete() throws IOException {
    Path name = tree.getFileName();
    try (DirectoryStream<Path> above = Files.newDirectoryStream(tree.getParent())) {
      SecureDirectoryStream<Path> parent = secure(above);
      if (!isDirectory(parent, name)) {
        parent.deleteFile(name);
        return;
      }
      try {
        enter(parent, name, tree);
        device = device(open.peek().directory());
        empty(parent);
      } finally {
        closeAll();
      }
    }
  }

  private void empty(SecureDirectoryStream<Path> parent) throws IOException {
    while (!open.isEmpty()) {
      Level level = open.peek();
      if (level.rest().hasNext()) {
        remove(level, level.rest().next().getFileName());
        continue;
      }
      if (open.size() == 1 && moved > 0) {
        // Directories that came up while this level was read may not be in that reading.
        moved = 0;
        reopen(parent);
        continue;
      }
      open.pop().directory().close();
      (open.isEmpty() ? parent : open.peek().directory()).deleteDirectory(level.name());
    }
  }

  private void remove(Level level, Path name) throws IOException {
    SecureDirectoryStream<Path> directory = level.directory();
    try {
      if (!isDirectory(directory, name)) {
        directory.deleteFile(name);
      } else if (open.size() < MAX_DEPTH) {
        enter(directory, name, level.path().resolve(name));
        if (!device(open.peek().directory()).equals(device)) {
          throw new FileSystemException(
              open.peek().path().toString(), null, "another file system is mounted there");
        }
      } else {
        Level top = open.peekLast();
        Path up = Path.of(MOVED + Long.toHexString(System.nanoTime()) + "-" + moved++);
        directory.move(name, top.directory(), up);
      }
    } catch (NoSuchFileException e) {
      // A process of the container, on its way out, was faster.
    } catch (FileSystemException e) {
      throw new FileSystemException(level.path().resolve(name).toString(), null, reason(e));
    }
  }

  private static String reason(FileSystemException e) {
    return e instanceof AccessDeniedException ? "Permission denied" : e.getReason();
  }

  private void enter(SecureDirectoryStream<Path> above, Path name, Path path) throws IOException {
    SecureDirectoryStream<Path> directory;
    try {
      directory = above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    } catch (AccessDeniedException e) {
      // Mode 000, and we are not root (who may always look). There is no fchmodat on an unreadable
      // directory here, so the path is used: at worst it is our own other file that becomes
      // readable
      // to us.
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      directory = above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }
    open.push(new Level(name, directory, directory.iterator(), path));
  }

  private void reopen(SecureDirectoryStream<Path> parent) throws IOException {
    Level top = open.pop();
    top.directory().close();
    enter(parent, top.name(), top.path());
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    return directory
        .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }

  /**
   * The device number of an open directory. The JDK gives it only as a part of the file key's text,
   * {@code (dev=fe00,ino=12)}; asking by path would not be about the directory that is open.
   */
  private static String device(SecureDirectoryStream<Path> directory) throws IOException {
    String key =
        directory
            .getFileAttributeView(BasicFileAttributeView.class)
            .readAttributes()
            .fileKey()
            .toString();
    return key.substring(0, key.indexOf(','));
  }

  private void closeAll() throws IOException {
    for (Level level : open) {
      level.directory().close();
    }
  }

  /** The JDK has them wherever the system has openat(2), so on every Linux. */
  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) {
    return (SecureDirectoryStream<Path>) stream;
  }
}
