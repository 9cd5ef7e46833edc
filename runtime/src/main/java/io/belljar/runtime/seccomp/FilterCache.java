package io.belljar.runtime.seccomp;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.belljar.plan.Bytes;
import io.belljar.spec.json.JsonWriter;
import io.belljar.spec.seccomp.Seccomp;
import io.belljar.spec.seccomp.SeccompWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Compiled filters in a directory, each in a file named by the digest of its profile.
 *
 * <p>A filter is what holds a container, so a file is only believed when nobody else can have
 * written it: a regular file, in a directory, both of which are ours and writable by nobody else,
 * with a digest of its content at its end. Everything else is as if it were not there. The cache
 * never fails a request: without it, filters are compiled each time.
 *
 * <pre>
 *   magic 8 | flags 8 | program … | SHA-256 of all before 32      (little endian)
 * </pre>
 */
final class FilterCache {
  /** Changes with what the compiler does: an older file then has another name. */
  private static final String FORM = "belljar seccomp filter 1";

  private static final byte[] MAGIC = "BJSECCM1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 16;
  private static final int DIGEST = 32;
  private static final int LARGEST = HEADER + 4096 * 8 + DIGEST;
  private static final Set<PosixFilePermission> PRIVATE_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> PRIVATE_FILE =
      PosixFilePermissions.fromString("rw-------");

  private final Path directory;

  FilterCache(Path directory) {
    this.directory = directory;
  }

  Optional<CallFilter> read(Seccomp profile) {
    Path file = file(profile);
    try {
      if (!isOurs(directory)
          || !isOurs(file)
          || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      try (FileChannel channel = FileChannel.open(file, Set.of(READ, LinkOption.NOFOLLOW_LINKS))) {
        long size = channel.size();
        if (size <= HEADER + DIGEST || size > LARGEST) {
          return Optional.empty();
        }
        ByteBuffer content = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        int got = 0;
        while (content.hasRemaining() && got >= 0) {
          got = channel.read(content);
        }
        return content.hasRemaining() ? Optional.empty() : decode(content.array());
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<CallFilter> decode(byte[] content) {
    int end = content.length - DIGEST;
    byte[] digest = sha256(Arrays.copyOf(content, end));
    boolean intact =
        Arrays.equals(MAGIC, Arrays.copyOf(content, MAGIC.length))
            && MessageDigest.isEqual(digest, Arrays.copyOfRange(content, end, content.length));
    if (!intact) {
      return Optional.empty();
    }
    long flags = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong(MAGIC.length);
    return Optional.of(new CallFilter(Bytes.of(Arrays.copyOfRange(content, HEADER, end)), flags));
  }

  /** Whether only we can have written it. Links are not followed. */
  private static boolean isOurs(Path path) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    Object ourselves = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    return owner.equals(ourselves)
        && !attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        && !attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }

  void write(Seccomp profile, CallFilter filter) {
    byte[] program = filter.program().toArray();
    byte[] content =
        ByteBuffer.allocate(HEADER + program.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(MAGIC)
            .putLong(filter.flags())
            .put(program)
            .array();
    try {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PRIVATE_DIRECTORY));
      if (!isOurs(directory)) {
        return;
      }
      replace(file(profile), content, sha256(content));
    } catch (IOException | UnsupportedOperationException e) {
      // Without the file the next planner compiles it again, which is all that it would have saved.
      return;
    }
  }

  // A reader sees the whole file or none, and two writers write the same.
  private void replace(Path file, byte[] content, byte[] digest) throws IOException {
    Path temporary =
        directory.resolve(
            file.getFileName()
                + "."
                + ProcessHandle.current().pid()
                + "."
                + Thread.currentThread().threadId());
    Files.deleteIfExists(temporary);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            Set.of(CREATE_NEW, WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PRIVATE_FILE))) {
      channel.write(ByteBuffer.wrap(content));
      channel.write(ByteBuffer.wrap(digest));
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Where the filter of this profile is kept. */
  Path file(Seccomp profile) {
    String key =
        FORM
            + "\n"
            + System.getProperty("os.arch")
            + "\n"
            + System.getProperty("os.version")
            + "\n"
            + JsonWriter.write(SeccompWriter.toJson(profile), JsonWriter.Layout.COMPACT);
    return directory.resolve(
        HexFormat.of().formatHex(sha256(key.getBytes(StandardCharsets.UTF_8))) + ".bpf");
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
