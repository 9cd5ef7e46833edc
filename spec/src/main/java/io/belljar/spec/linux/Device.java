package io.belljar.spec.linux;

import io.belljar.spec.json.Vocabulary;
import java.util.OptionalLong;

/**
 * {@code linux.devices[]}: a device node for the container.
 *
 * @param path where, absolute, in the container
 * @param type what
 * @param major the major number; 0 for a FIFO without one
 * @param minor the minor number; likewise
 * @param fileMode permissions; absent means 0666. Engines put the file type's bits in too
 * @param uid the owner; absent means 0
 * @param gid the group; absent means 0
 */
public record Device(
    String path,
    Type type,
    long major,
    long minor,
    OptionalLong fileMode,
    OptionalLong uid,
    OptionalLong gid) {
  private static final long PERMISSIONS = 0777 | 07000;

  /** The permissions that the node gets, 0 to 07777. */
  public int permissions() {
    return (int) (fileMode.orElse(0666) & PERMISSIONS);
  }

  /** Kinds of nodes (mknod(1)). */
  public enum Type implements Vocabulary.Word {
    CHARACTER("c"),
    BLOCK("b"),
    /** An unbuffered character device: on Linux the same as a character device. */
    UNBUFFERED("u"),
    FIFO("p");

    /** The names. */
    public static final Vocabulary<Type> VOCABULARY = new Vocabulary<>(Type.class, "a device type");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }
}
