package io.belljar.runtime.rootfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a small file of a root file system whose content is hostile, say its {@code /etc/passwd}.
 *
 * <p>As {@code openat2(RESOLVE_IN_ROOT)} would: each component is opened relative to the directory
 * before it, without following links; a link's target is walked in the same way from inside the
 * root, and {@code ..} at the root stays there. Only regular files are opened.
 *
 * <p>For roots in which nothing runs yet: a process in the root could put a fifo in place between
 * the look and the opening, and Java cannot open without waiting.
 */
public final class InRoot {
  private static final int MAX_LINKS = 40;

  /** Each directory on the way is open: a link's target must not use up all descriptors. */
  private static final int MAX_DEPTH = 64;

  private InRoot() {}

  /**
   * The content of a file.
   *
   * @param path absolute, as seen inside the root
   * @param limit the most bytes that it may have
   * @return empty when there is no such file (links in a circle lead to none), or it is not a
   *     regular file
   * @throws RootfsException it is larger, or cannot be read
   */
  public static Optional<byte[]> read(Path root, String path, int limit) {
    Deque<SecureDirectoryStream<Path>> open = new ArrayDeque<>();
    try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
      try {
        open.push((SecureDirectoryStream<Path>) top);
        return read(root, path, limit, open);
      } finally {
        for (SecureDirectoryStream<Path> directory : open) {
          directory.close();
        }
      }
    } catch (NoSuchFileException | InvalidPathException e) {
      return Optional.empty(); // or a link's target has no form in this process's locale
    } catch (IOException e) {
      throw RootfsException.of(path + " in the root", e);
    }
  }

  private static Optional<byte[]> read(
      Path root, String path, int limit, Deque<SecureDirectoryStream<Path>> open)
      throws IOException {
    Deque<String> ahead = new ArrayDeque<>(List.of(path.split("/")));
    Deque<String> walked = new ArrayDeque<>();
    int links = 0;
    while (!ahead.isEmpty()) {
      String name = ahead.pop();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        up(open, walked);
        continue;
      }
      Path component = Path.of(name);
      PosixFileAttributes attributes =
          open.peek()
              .getFileAttributeView(
                  component, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes();
      if (attributes.isSymbolicLink()) {
        if (++links > MAX_LINKS) {
          return Optional.empty();
        }
        // By path, as there is no readlinkat here. Were it swapped, another link's text would be
        // read, and walked inside the root all the same.
        String target =
            Files.readSymbolicLink(root.resolve(String.join("/", walked.reversed())).resolve(name))
                .toString();
        while (target.startsWith("/") && !walked.isEmpty()) {
          up(open, walked);
        }
        List.of(target.split("/")).reversed().forEach(ahead::push);
      } else if (attributes.isDirectory()) {
        if (open.size() == MAX_DEPTH) {
          return Optional.empty();
        }
        open.push(open.peek().newDirectoryStream(component, LinkOption.NOFOLLOW_LINKS));
        walked.push(name);
      } else if (attributes.isRegularFile() && ahead.stream().allMatch(String::isEmpty)) {
        return Optional.of(content(open.peek(), component, limit));
      } else {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static void up(Deque<SecureDirectoryStream<Path>> open, Deque<String> walked)
      throws IOException {
    if (!walked.isEmpty()) {
      open.pop().close();
      walked.pop();
    }
  }

  private static byte[] content(SecureDirectoryStream<Path> directory, Path name, int limit)
      throws IOException {
    try (SeekableByteChannel channel =
            directory.newByteChannel(
                name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        InputStream in = Channels.newInputStream(channel)) {
      byte[] content = in.readNBytes(limit + 1);
      if (content.length > limit) {
        throw new FileSystemException("", null, "is larger than " + limit + " bytes");
      }
      return content;
    }
  }
}
