package io.belljar.runtime.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.belljar.plan.Bytes;
import io.belljar.spec.seccomp.Seccomp;
import io.belljar.spec.seccomp.SeccompAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterCacheTest {
  private static final Seccomp PROFILE =
      Seccomp.of(SeccompAction.SCMP_ACT_ALLOW, OptionalInt.empty(), Set.of(), List.of());
  private static final CallFilter FILTER =
      new CallFilter(Bytes.of(new byte[] {6, 0, 0, 0, 0, 0, -1, 127}), 4);

  @TempDir Path temporary;
  private Path directory;
  private FilterCache cache;

  @BeforeEach
  void keepOne() {
    directory = temporary.resolve("a/filters");
    cache = new FilterCache(directory);
    cache.write(PROFILE, FILTER);
  }

  @Test
  void givesWhatWasKept() {
    assertEquals(Optional.of(FILTER), cache.read(PROFILE));
    assertEquals(Optional.of(FILTER), new FilterCache(directory).read(PROFILE));
  }

  @Test
  void knowsNothingOfAnotherProfile() {
    Seccomp other =
        Seccomp.of(SeccompAction.SCMP_ACT_LOG, OptionalInt.empty(), Set.of(), List.of());

    assertEquals(Optional.empty(), cache.read(other));
  }

  @Test
  void keepsFilesToItself() throws IOException {
    assertEquals("rwx------", permissions(directory));
    assertEquals("rw-------", permissions(file()));
  }

  @Test
  void doesNotTrustAFileThatOthersMayWrite() throws IOException {
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));

    assertEquals(Optional.empty(), cache.read(PROFILE));
  }

  @Test
  void doesNotTrustADirectoryThatOthersMayWrite() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertEquals(Optional.empty(), cache.read(PROFILE));
  }

  @Test
  void doesNotFollowALink() throws IOException {
    Path elsewhere = temporary.resolve("elsewhere");
    Files.move(file(), elsewhere);
    Files.createSymbolicLink(file(), elsewhere);

    assertEquals(Optional.empty(), cache.read(PROFILE));
  }

  @Test
  void noticesAChangedByte() throws IOException {
    byte[] content = Files.readAllBytes(file());
    content[content.length - 40] ^= 1;
    Files.write(file(), content);

    assertEquals(Optional.empty(), cache.read(PROFILE));
  }

  @Test
  void noticesACutFile() throws IOException {
    byte[] content = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(content, content.length - 8));

    assertEquals(Optional.empty(), cache.read(PROFILE));
  }

  @Test
  void replacesWhatItDoesNotTrust() throws IOException {
    Files.write(file(), new byte[100]);

    cache.write(PROFILE, FILTER);

    assertEquals(Optional.of(FILTER), cache.read(PROFILE));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(1, files.count(), "no temporary file is left");
    }
  }

  private Path file() {
    return cache.file(PROFILE);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
