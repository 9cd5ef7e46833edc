package io.belljar.runtime.state;

import io.belljar.linux.proc.ProcFs;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.InvalidRequestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which directories are ours: stored documents are believed, and belongings deleted, only because
 * nobody else can have put them there. Links are not followed.
 */
final class PrivatePath {
  private static final Path ROOTS = Path.of("belljar", "containers");

  // inode(7)
  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int LINK = 0120000;
  private static final int STICKY = 01000;
  private static final int OTHERS_WRITE = 0022;

  private PrivatePath() {}

  private static final class Caller {
    /** The owner of /proc/self is the effective user (proc(5)). */
    private static final int UID = uid();

    /** Whom the root's own directories belong to: in a user namespace they show as nobody's. */
    private static final int ROOT = mapsAll() ? 0 : overflow();

    private static boolean mapsAll() {
      return ProcFs.host().uidMap((int) ProcessHandle.current().pid()).orElse(List.of()).stream()
          .anyMatch(map -> map.length() == 0xFFFF_FFFFL);
    }

    private static int overflow() {
      return ProcFs.host().sysctlNumber("kernel.overflowuid").orElse(65534);
    }

    private static int uid() {
      try {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      } catch (IOException e) {
        throw new UncheckedIOException("/proc is needed, and cannot be read", e);
      }
    }
  }

  /**
   * Requires that a directory of the state is the caller's alone, if it is there.
   *
   * @throws InvalidRequestException when it is not; the message is one line
   */
  static void requireState(Path directory) {
    Optional<String> problem;
    try {
      problem = problem(directory);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new StateException("use", directory, e);
    }
    if (problem.isPresent()) {
      throw new InvalidRequestException("--root " + directory + ": " + problem.get());
    }
  }

  /**
   * The path without links, through directories that nobody else can put others in the place of.
   *
   * @param directory absolute; need not be there
   * @throws InvalidRequestException when somebody else could; the message is one line
   */
  static Path resolve(Path directory) {
    Path there = directory.normalize();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    try {
      Path real = there.toRealPath();
      for (Path above = real.getParent(); above != null; above = above.getParent()) {
        Optional<String> problem = exchangeable(above);
        if (problem.isPresent()) {
          throw new InvalidRequestException(
              "--root %s: %s above it %s".formatted(directory, above, problem.get()));
        }
      }
      return real.resolve(there.relativize(directory.normalize()));
    } catch (IOException e) {
      throw new StateException("use", directory, e);
    }
  }

  /** Whether others than root and the caller can rename what is in a directory. */
  private static Optional<String> exchangeable(Path directory) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(directory, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) attributes.get("mode");
    if ((mode & STICKY) != 0) {
      return Optional.empty();
    }
    int uid = (Integer) attributes.get("uid");
    if (uid != 0 && uid != Caller.UID && uid != Caller.ROOT) {
      return Optional.of("belongs to user " + uid);
    }
    // A user's own group is, on most machines, that user's alone.
    int writable = uid == Caller.UID && uid != 0 ? 02 : OTHERS_WRITE;
    return (mode & writable) != 0
        ? Optional.of("can be written to by others than its owner")
        : Optional.empty();
  }

  /**
   * Makes a directory that is the caller's alone, or requires that it is. Afterwards nobody else
   * can put another in its place, as long as its parent is the caller's, root's or sticky.
   *
   * @throws InvalidRequestException when it is not; the message is one line
   */
  static void claim(Path directory) {
    Optional<String> problem;
    try {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        makePrivate(directory);
      }
      problem = problem(directory);
    } catch (IOException e) {
      throw new StateException("make", directory, e);
    }
    if (problem.isPresent()) {
      throw new InvalidRequestException(
          directory
              + ": "
              + problem.get()
              + "; set XDG_RUNTIME_DIR to a directory that is yours alone");
    }
  }

  private static void makePrivate(Path directory) throws IOException {
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException _) {
      // A link, a file, or somebody else's meanwhile: what it is comes out next.
    }
  }

  /**
   * Whether a path is one that a container's root is made at, {@code …/belljar/containers/ID}, or
   * the claim beside it, {@code ~ID}, where only the caller can have made it. Nothing there is
   * fine.
   */
  static boolean isBelonging(ContainerId id, Path path) {
    Path parent = path.getParent();
    boolean form =
        path.isAbsolute()
            && path.normalize().equals(path)
            && parent != null
            && parent.endsWith(ROOTS)
            && (path.endsWith(id.value()) || path.endsWith("~" + id.value()));
    if (!form) {
      return false;
    }
    try {
      return problem(parent.getParent()).isEmpty()
          && problem(parent).isEmpty()
          && (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)
              || Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                  .equals(Caller.UID));
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      throw new StateException("remove", path, e);
    }
  }

  private static Optional<String> problem(Path directory) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(directory, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) attributes.get("mode");
    int uid = (Integer) attributes.get("uid");
    if ((mode & TYPE) == LINK) {
      return Optional.of("is a symbolic link");
    }
    if ((mode & TYPE) != DIRECTORY) {
      return Optional.of("is not a directory");
    }
    if (uid != Caller.UID) {
      return Optional.of("belongs to user " + uid + ", not to " + Caller.UID);
    }
    return (mode & OTHERS_WRITE) != 0
        ? Optional.of("others than its owner may write to it")
        : Optional.empty();
  }
}
