package io.belljar;

import java.nio.file.Path;
import java.util.List;

/** Something that a container sees at a path of its root, besides what every container has. */
public sealed interface Mount {
  /** Where, absolute, in the container. */
  String target();

  /** A directory or file of the host, which the container may write. */
  static Mount bind(Path source, String target) {
    return new Bind(source, target, false, "rprivate");
  }

  /**
   * A directory or file of the host, which the container may only read, and what is mounted in it.
   */
  static Mount readOnly(Path source, String target) {
    return new Bind(source, target, true, "rprivate");
  }

  /**
   * An empty file system in memory. Nothing in it can be executed, unless the options say {@code
   * exec}.
   *
   * @param options of tmpfs(5), for example {@code size=64m}
   */
  static Mount temporary(String target, String... options) {
    return new Temporary(target, List.of(options));
  }

  /**
   * See {@link Mount#bind}.
   *
   * @param source of the host
   * @param propagation what becomes of mounts made later: {@code rprivate}, {@code rslave} …
   *     (mount_namespaces(7))
   */
  record Bind(Path source, String target, boolean readOnly, String propagation) implements Mount {}

  /** See {@link Mount#temporary}. */
  record Temporary(String target, List<String> options) implements Mount {
    public Temporary {
      options = List.copyOf(options);
    }
  }
}
