package io.belljar.planner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The directory that all planners of a user share: their sockets, and one log.
 *
 * @param path the directory
 */
record RuntimeDirectory(Path path) {
  /** One for all sockets in the directory, so that those that are used once leave nothing. */
  private static final String LOCK = "planner.lock";

  private static final String LOG = "planner.log";

  /** As much is kept of what was logged before. */
  private static final long MOST_LOG_BYTES = 1 << 20;

  /** The file to hold a lock on while a socket of the directory is made or removed. */
  FileChannel lockFile() throws IOException {
    return FileChannel.open(
        path.resolve(LOCK),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Removes the sockets of planners that were killed. */
  void removeStaleSockets() {
    try (FileChannel file = lockFile();
        FileLock _ = file.lock();
        DirectoryStream<Path> found = Files.newDirectoryStream(path, "planner-*.sock*")) {
      for (Path socket : found) {
        // Under the lock nobody is about to listen at one of them.
        if (ListeningSocket.isSocket(socket) && !ListeningSocket.isAnswered(socket)) {
          Files.deleteIfExists(socket);
        }
      }
    } catch (IOException e) {
      // It only tidies up: the next planner tries again.
    }
  }

  /**
   * Begins the log anew when it has grown large. It is emptied and not replaced, as every planner
   * has it open, and appends.
   */
  void boundLog() {
    Path log = path.resolve(LOG);
    if (!Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    // What is looked at, copied and emptied is one open file, and never what a link leads to.
    try (FileChannel file =
        FileChannel.open(
            log, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (file.size() > MOST_LOG_BYTES) {
        try (FileChannel lock = lockFile();
            FileLock _ = lock.lock()) {
          if (file.size() > MOST_LOG_BYTES) {
            InputStream content = Channels.newInputStream(file);
            Files.copy(content, path.resolve(LOG + ".1"), StandardCopyOption.REPLACE_EXISTING);
            file.truncate(0);
          }
        }
      }
    } catch (IOException e) {
      // The directory is gone, and its planners are about to end.
    }
  }
}
