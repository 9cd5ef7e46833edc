package io.belljar.planner;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A launcher unpacked into the file system: in a private directory, under its digest, so that
 * versions do not meet and programs share it.
 */
final class LauncherCache {
  /** System property: a directory to unpack into, before all others. */
  static final String PROPERTY = "belljar.cache";

  private static final int DIGEST_CHARACTERS = 32;

  private final byte[] content;
  private final List<Path> places;
  private Optional<Path> unpacked = Optional.empty();

  LauncherCache(byte[] content) {
    this(content, places());
  }

  LauncherCache(byte[] content, List<Path> places) {
    this.content = content;
    this.places = places;
  }

  private static List<Path> places() {
    List<Path> places = new ArrayList<>();
    directory(System.getProperty(PROPERTY)).ifPresent(places::add);
    if (Self.PROCESS.isRoot()) {
      places.add(Path.of("/var/cache/belljar"));
      places.add(Path.of("/run/belljar/cache"));
    } else {
      directory(System.getenv("XDG_CACHE_HOME"))
          .map(p -> p.resolve("belljar"))
          .ifPresent(places::add);
      directory(System.getProperty("user.home"))
          .map(home -> home.resolve(".cache/belljar"))
          .ifPresent(places::add);
    }
    directory(System.getenv("XDG_RUNTIME_DIR"))
        .map(p -> p.resolve("belljar"))
        .ifPresent(places::add);
    directory(System.getProperty("java.io.tmpdir"))
        .map(p -> p.resolve("belljar-" + Self.PROCESS.uid()))
        .ifPresent(places::add);
    return places;
  }

  private static Optional<Path> directory(String name) {
    return Optional.ofNullable(name).filter(text -> text.startsWith("/")).map(Path::of);
  }

  /**
   * Where the launcher is.
   *
   * @throws LauncherUnavailable when no place can be used, with each and why
   */
  synchronized Path path() {
    if (unpacked.filter(Files::isExecutable).isEmpty()) {
      unpacked = Optional.of(unpack());
    }
    return unpacked.get();
  }

  private Path unpack() {
    List<String> refusals = new ArrayList<>();
    for (Path place : places) {
      try {
        Optional<String> refusal = PrivateDirectory.prepare(place);
        Path directory = place.resolve("launcher-" + digest());
        if (refusal.isEmpty()) {
          refusal = PrivateDirectory.prepare(directory);
        }
        if (refusal.isEmpty()) {
          Path file = unpackInto(directory);
          if (Files.isExecutable(file)) {
            return file;
          }
          refusal = Optional.of(place + " is on a file system that is mounted noexec");
        }
        refusals.add(refusal.get());
      } catch (IOException e) {
        refusals.add(place + ": " + PrivateDirectory.describe(e));
      }
    }
    throw new LauncherUnavailable(
        "the launcher can't be unpacked; name a directory of your own with -D%s=DIR: %s"
            .formatted(PROPERTY, String.join("; ", refusals)));
  }

  private Path unpackInto(Path directory) throws IOException {
    Path file = directory.resolve("belljar-launcher");
    if (isIntact(file)) {
      return file;
    }
    Path temporary = Files.createTempFile(directory, "new", "");
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
          channel.write(rest);
        }
        // Else a machine that crashes now may later have an empty file of the right name.
        channel.force(true);
      }
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r-x------"));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    return file;
  }

  /** Compared byte for byte: a launcher that is not the one we brought is never started. */
  private boolean isIntact(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || Files.size(file) != content.length) {
      return false;
    }
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals("r-x------")
        && Arrays.equals(Files.readAllBytes(file), content);
  }

  private String digest() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
