package io.belljar.linux.proc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory of files like /proc. */
public record ProcFixture(Path root) {
  /** Writes a file, with ISO 8859-1 so that a test can hold any byte. */
  public ProcFixture file(String path, String content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content, StandardCharsets.ISO_8859_1);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a symbolic link that leads nowhere, as those in /proc/PID/ns. */
  public ProcFixture link(String path, String target) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.createSymbolicLink(file, Path.of(target));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fixture as a proc file system. */
  public ProcFs proc() {
    return new ProcFs(root);
  }
}
