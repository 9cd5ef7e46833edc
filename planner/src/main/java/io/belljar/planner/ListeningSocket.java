package io.belljar.planner;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The socket of a resident planner, at a path that all planners of this user share.
 *
 * <p>It appears there by rename, listening already, so a launcher never meets one that is not
 * ready. Taking the path and leaving it happen under a lock on a file beside it: of planners that
 * start at once, one listens, and the others see that it does.
 */
final class ListeningSocket implements AutoCloseable {
  /** Launchers that wait while all workers are busy; the kernel caps it at its somaxconn. */
  private static final int BACKLOG = 4096;

  /** {@code sun_path} of unix(7), without its NUL. */
  private static final int MOST_PATH_BYTES = 107;

  private final Path path;
  private final ServerSocketChannel channel;
  private final Object key;

  private ListeningSocket(Path path, ServerSocketChannel channel, Object key) {
    this.path = path;
    this.channel = channel;
    this.key = key;
  }

  /**
   * Listens at the path; takes it over from a planner that has died.
   *
   * @return empty when another planner listens there
   * @throws ResidencyRefused when the directory is not private, or the path can't be used
   */
  static Optional<ListeningSocket> take(Path path) {
    Path directory = path.toAbsolutePath().getParent();
    PrivateDirectory.prepare(directory)
        .ifPresent(why -> {
          throw new ResidencyRefused("the planner can't listen at " + path + ": " + why);
        });
    Path temporary = path.resolveSibling(path.getFileName() + "." + ProcessHandle.current().pid());
    if (temporary.toString().length() > MOST_PATH_BYTES) {
      throw new ResidencyRefused(
          "the planner can't listen at %s: the path is too long for a socket".formatted(path));
    }
    try (FileChannel file = new RuntimeDirectory(directory).lockFile();
        FileLock _ = file.lock()) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isSocket(path)) {
        throw new IOException("it exists and is not a socket");
      }
      return isAnswered(path) ? Optional.empty() : Optional.of(bind(path, temporary));
    } catch (IOException e) {
      throw new ResidencyRefused("the planner can't listen at " + path, e);
    }
  }

  /** Whether it is one, or another of the files that are neither regular nor directories. */
  static boolean isSocket(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther();
  }

  static boolean isAnswered(Path path) {
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return probe.isConnected();
    } catch (IOException e) {
      // No name; or refused: whoever listened there has died, and left it.
      return false;
    }
  }

  private static ListeningSocket bind(Path path, Path temporary) throws IOException {
    Files.deleteIfExists(temporary);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    boolean bound = false;
    try {
      channel.bind(UnixDomainSocketAddress.of(temporary), BACKLOG);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
      Object key = key(temporary).orElseThrow(() -> new IOException(temporary + " has vanished"));
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
      bound = true;
      return new ListeningSocket(path, channel, key);
    } finally {
      if (!bound) {
        channel.close();
        Files.deleteIfExists(temporary);
      }
    }
  }

  /** Device and inode. The inode is not given to another file while our socket is open. */
  private static Optional<Object> key(Path path) {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  ServerSocketChannel channel() {
    return channel;
  }

  /** Whether launchers still find this socket, and not another or none. */
  boolean isInPlace() {
    return key(path).filter(key::equals).isPresent();
  }

  /** Takes the name away. Who connected before is still served until {@link #close}. */
  void withdraw() {
    try (FileChannel file = new RuntimeDirectory(path.toAbsolutePath().getParent()).lockFile();
        FileLock _ = file.lock()) {
      if (isInPlace()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // The directory is gone, and the name with it. A name that stays is taken over by the next.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It listens no more, which is all that was wanted.
    }
  }
}
