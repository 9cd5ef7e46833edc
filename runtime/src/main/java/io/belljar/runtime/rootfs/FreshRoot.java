package io.belljar.runtime.rootfs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A root directory under construction, in which names are hostile and nothing may happen outside.
 *
 * <p>Java has neither {@code openat2} nor a descriptor-relative {@code mkdir}, {@code symlink} or
 * {@code link}, so paths are used. That is enough here, for these reasons together:
 *
 * <ul>
 *   <li>nobody but us can change anything below the root while it is made: its parent belongs to us
 *       and lets nobody else look into it, so between a check and its use nothing can be swapped;
 *   <li>before each use every parent of the name is looked at without following links, and has to
 *       be a directory: a link that the content brought along is never walked through;
 *   <li>the last component is only made anew (O_EXCL, mkdir, symlink, link: none of them follows a
 *       link there) or removed, never opened where something is already.
 * </ul>
 *
 * <p>Directories get their owner, mode and time at the end: until then they are ours and writable.
 * A setgid directory would otherwise give its group to what is made in it, and a read-only one
 * would refuse its own content.
 */
final class FreshRoot {
  private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<?> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(OURS);
  private static final FileAttribute<?> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Metadata PLAIN_DIRECTORY =
      new Metadata(0755, Optional.empty(), Optional.empty());

  private final Path root;
  private final Metadata.Owner maker;
  private final Map<List<String>, Metadata> directories = new LinkedHashMap<>();
  private List<String> checkedParent = List.of();

  private FreshRoot(Path root, Metadata.Owner maker) {
    this.root = root;
    this.maker = maker;
    directories.put(List.of(), PLAIN_DIRECTORY);
  }

  /**
   * Makes the directory.
   *
   * @throws RootfsException it exists, or its parent is not for us alone
   */
  static FreshRoot create(Path root) {
    Path absolute = root.toAbsolutePath().normalize();
    try {
      Path parent = absolute.getParent();
      if (parent == null) {
        throw new RootfsException("/", "is a root already");
      }
      Map<String, Object> above =
          Files.readAttributes(parent, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
      int mode = (Integer) above.get("mode");
      if ((mode & 0170000) != 0040000) {
        throw new RootfsException(parent.toString(), "is not a directory");
      }
      // Others must not search it either: the root holds setuid programs that are not the host's.
      if ((mode & 0067) != 0) {
        throw new RootfsException(
            parent.toString(),
            "has mode 0%o: a root file system is made in a directory of mode 0700"
                .formatted(mode & 07777));
      }
      Files.createDirectory(absolute, PRIVATE_DIRECTORY);
      Map<String, Object> made =
          Files.readAttributes(absolute, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
      if (!made.get("uid").equals(above.get("uid"))) {
        Files.delete(absolute);
        throw new RootfsException(
            parent.toString(), "belongs to user " + above.get("uid") + ", not to us");
      }
      return new FreshRoot(
          absolute, new Metadata.Owner(unsigned(made.get("uid")), unsigned(made.get("gid"))));
    } catch (IOException e) {
      throw RootfsException.of(root.toString(), e);
    }
  }

  private static long unsigned(Object id) {
    return Integer.toUnsignedLong((Integer) id);
  }

  /** Whether owners and setuid bits can be kept: only root may give files away. */
  boolean privileged() {
    return maker.user() == 0;
  }

  /** The path for a name; the directories above it are there, and are directories. */
  Path place(List<String> name) throws IOException {
    List<String> parent = name.subList(0, Math.max(0, name.size() - 1));
    if (!parent.equals(checkedParent)) {
      for (int depth = 1; depth <= parent.size(); depth++) {
        List<String> above = List.copyOf(parent.subList(0, depth));
        Optional<BasicFileAttributes> there = look(path(above));
        if (there.isEmpty()) {
          makeDirectory(above, PLAIN_DIRECTORY);
        } else if (!there.get().isDirectory()) {
          throw refused(
              "its parent "
                  + EntryName.quoted(String.join("/", above))
                  + " is "
                  + kind(there.get()));
        }
      }
      checkedParent = List.copyOf(parent);
    }
    return path(name);
  }

  void directory(List<String> name, Metadata metadata) throws IOException {
    Path path = place(name);
    Optional<BasicFileAttributes> there = look(path);
    if (there.isEmpty()) {
      makeDirectory(name, metadata);
    } else if (there.get().isDirectory()) {
      directories.replace(List.copyOf(name), metadata);
    } else {
      throw refused("would replace " + kind(there.get()) + " by a directory");
    }
  }

  /** Opens a new file for writing; what had the name before, if not a directory, is unlinked. */
  FileChannel newFile(Path place) throws IOException {
    clear(place);
    return FileChannel.open(
        place,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        PRIVATE_FILE);
  }

  /** A link has an owner and a time, but no mode. */
  void symbolicLink(List<String> name, String target, Metadata metadata) throws IOException {
    Path path = place(name);
    clear(path);
    Files.createSymbolicLink(path, Path.of(target));
    own(path, metadata.owner());
    if (metadata.modified().isPresent()) {
      Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(metadata.modified().get(), null, null);
    }
  }

  /** A second name for a file that is in the root already: never for anything outside. */
  void hardLink(List<String> name, List<String> existing) throws IOException {
    Path target = path(existing);
    for (int depth = 1; depth < existing.size(); depth++) {
      if (look(path(existing.subList(0, depth))).filter(a -> a.isDirectory()).isEmpty()) {
        throw refused("is a hard link to what is not in the root");
      }
    }
    // link(2) does not follow a symbolic link at the end: that would get a second name itself.
    if (look(target).filter(a -> !a.isDirectory()).isEmpty()) {
      throw refused("is a hard link to what is not in the root");
    }
    Path path = place(name);
    if (!path.equals(target)) {
      clear(path);
      Files.createLink(path, target);
    }
  }

  /** Owner before mode: chown(2) takes setuid and setgid away. */
  void settle(Path path, Metadata metadata) throws IOException {
    own(path, metadata.owner());
    int mode = privileged() ? metadata.mode() & 07777 : metadata.mode() & 01777;
    // Follows links, which does no harm: the path is a file or directory that we have just made.
    Files.setAttribute(path, "unix:mode", mode);
    if (metadata.modified().isPresent()) {
      Files.setLastModifiedTime(path, metadata.modified().get());
    }
  }

  /** Gives the directories what they are to have, the innermost first. */
  void finish() throws IOException {
    List<Map.Entry<List<String>, Metadata>> all = new ArrayList<>(directories.entrySet());
    for (var directory : all.reversed()) {
      settle(path(directory.getKey()), directory.getValue());
    }
  }

  /** Removes what there is of the root; a failure of that does not replace the first one. */
  <E extends RuntimeException> E abandon(E failure) {
    try {
      Tree.delete(root);
    } catch (RootfsException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private void makeDirectory(List<String> name, Metadata metadata) throws IOException {
    Files.createDirectory(path(name), PRIVATE_DIRECTORY);
    directories.put(List.copyOf(name), metadata);
  }

  private void clear(Path path) throws IOException {
    Optional<BasicFileAttributes> there = look(path);
    if (there.isPresent()) {
      if (there.get().isDirectory()) {
        throw refused("would replace a directory by something else");
      }
      Files.delete(path);
    }
  }

  private void own(Path path, Optional<Metadata.Owner> owner) throws IOException {
    if (privileged() && owner.isPresent() && !owner.get().equals(maker)) {
      Files.setAttribute(path, "unix:uid", (int) owner.get().user(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", (int) owner.get().group(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  private Path path(List<String> name) {
    return name.isEmpty() ? root : root.resolve(String.join("/", name));
  }

  private static Optional<BasicFileAttributes> look(Path path) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static String kind(BasicFileAttributes attributes) {
    return attributes.isSymbolicLink() ? "a symbolic link" : "a file";
  }

  private static FileSystemException refused(String reason) {
    return new FileSystemException("", null, reason);
  }
}
