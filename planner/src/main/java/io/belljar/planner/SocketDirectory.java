package io.belljar.planner;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A fresh directory for one socket, which nobody else can reach; removed when closed.
 *
 * @param path the directory
 */
record SocketDirectory(Path path) implements AutoCloseable {
  private static final String PREFIX = "l";
  private static final String SOCKET = "s";
  private static final String RUNTIME_VARIABLE = "XDG_RUNTIME_DIR";

  /** {@code sun_path} of unix(7) less its NUL, and less what is appended to the place. */
  private static final int MOST_PLACE_BYTES = 107 - 40;

  /** A directory that was left is not touched before it is this old. */
  private static final Duration AGE = Duration.ofMinutes(1);

  /**
   * Makes one in the first place that can be used.
   *
   * @throws LauncherUnavailable when there is none
   */
  static SocketDirectory create(List<Path> places) {
    List<String> refusals = new ArrayList<>();
    for (Path place : places) {
      Optional<String> refusal = refusal(place);
      if (refusal.isEmpty()) {
        try {
          String prefix = PREFIX + ProcessHandle.current().pid() + "-";
          return new SocketDirectory(
              Files.createTempDirectory(place, prefix, PrivateDirectory.PRIVATE));
        } catch (IOException e) {
          refusal = Optional.of(place + ": " + PrivateDirectory.describe(e));
        }
      }
      refusals.add(refusal.get());
    }
    throw new LauncherUnavailable(
        "no directory can hold the socket to the launcher: " + String.join("; ", refusals));
  }

  /** /run/belljar for root, XDG_RUNTIME_DIR, the directory for temporary files. */
  static List<Path> places() {
    List<Path> places = new ArrayList<>();
    if (Self.PROCESS.isRoot()) {
      places.add(Path.of("/run/belljar"));
    }
    Optional.ofNullable(System.getenv(RUNTIME_VARIABLE))
        .filter(directory -> directory.startsWith("/"))
        .map(Path::of)
        .ifPresent(places::add);
    places.add(Path.of(System.getProperty("java.io.tmpdir")));
    return places;
  }

  private static Optional<String> refusal(Path place) {
    return place.toString().length() > MOST_PLACE_BYTES
        ? Optional.of(place + ": the path is too long for a socket")
        : PrivateDirectory.prepareShared(place);
  }

  /** Where the launcher finds the planner. */
  UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(path.resolve(SOCKET));
  }

  /** Removes what programs that were killed have left beside this directory. */
  void removeStale() {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(path.getParent(), PREFIX + "[0-9]*-*")) {
      Instant before = Instant.now().minus(AGE);
      for (Path directory : found) {
        if (isLeft(directory, before)) {
          new SocketDirectory(directory).close();
        }
      }
    } catch (IOException e) {
      // It only tidies up: whoever comes next tries again.
    }
  }

  private static boolean isLeft(Path directory, Instant before) throws IOException {
    OptionalLong pid = pid(directory.getFileName().toString());
    return pid.isPresent()
        && ProcessHandle.of(pid.getAsLong()).isEmpty()
        && Files.getOwner(directory).equals(Self.PROCESS.user())
        && Files.getLastModifiedTime(directory).toInstant().isBefore(before);
  }

  private static OptionalLong pid(String name) {
    try {
      return OptionalLong.of(Long.parseLong(name.substring(PREFIX.length(), name.indexOf('-'))));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path.resolve(SOCKET));
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // An empty directory that stays is found by removeStale.
    }
  }
}
