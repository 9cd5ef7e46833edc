package io.belljar.linux.file;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Names and paths as the package has them: one character per byte. */
public final class Names {
  private Names() {}

  /** The name that these bytes are. */
  public static String of(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The name of this text, in UTF-8. */
  public static String ofText(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The name of a path of the JDK, which made bytes text by the locale's character set. */
  public static String of(Path path) {
    String jdk = System.getProperty("sun.jnu.encoding", "UTF-8");
    return of(path.toString().getBytes(Charset.forName(jdk)));
  }

  /** The bytes of a name. */
  public static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * A name as text for people: what is not UTF-8 becomes U+FFFD, control characters stay. Whoever
   * prints it escapes those.
   */
  public static String readable(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /**
   * Checks that a name is one component: not empty, no slash, no NUL, neither {@code .} nor {@code
   * ..}.
   *
   * @throws FileException EINVAL, when it is not
   */
  static String requireComponent(String name) {
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0) {
      throw new FileException("use as a name: " + readable(name), io.belljar.linux.Errno.EINVAL);
    }
    return name;
  }
}
