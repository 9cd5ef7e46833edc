package io.belljar.runtime.copy;

import io.belljar.linux.file.Descriptor;
import io.belljar.linux.file.FileException;
import io.belljar.linux.file.Names;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A file of the host that is written beside its place, and takes it when it is whole. Closed
 * without that, nothing is left.
 */
public final class NewFile implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Target target;
  private final String path;
  private final String draft;
  private final Descriptor file;

  private NewFile(Target target, String path, String draft, Descriptor file) {
    this.target = target;
    this.path = path;
    this.draft = draft;
    this.file = file;
  }

  /**
   * Begins one.
   *
   * @param path absolute, as {@link io.belljar.linux.file} has it; links are followed
   * @param permissions its mode
   * @throws CopyException when it is a directory, or cannot be made
   */
  public static NewFile at(String path, int permissions) {
    String shown = Names.readable(path);
    Target target = Target.open(Space.HOST, path, shown);
    try {
      if (target.name().isEmpty() || target.destination().asserted()) {
        throw new CopyException(shown, "Is a directory");
      }
      String draft = ".belljar-" + HexFormat.of().toHexDigits(RANDOM.nextLong());
      Descriptor file = target.directory().create(draft, permissions);
      return new NewFile(target, path, draft, file);
    } catch (FileException e) {
      target.close();
      throw new CopyException(shown, e.reason());
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
  }

  /** Where to write. */
  public OutputStream stream() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        try {
          file.write(java.util.Arrays.copyOfRange(bytes, offset, offset + length), length);
        } catch (FileException e) {
          throw CopyException.of(path, e);
        }
      }
    };
  }

  /** Puts the file in its place. */
  public void place() {
    try {
      target.directory().rename(draft, target.name().orElseThrow());
    } catch (FileException e) {
      throw CopyException.of(path, e);
    }
  }

  @Override
  public void close() {
    try {
      target.directory().remove(draft);
    } catch (FileException e) {
      // It is in its place.
    } finally {
      file.close();
      target.close();
    }
  }
}
