package io.belljar.runtime.copy;

/**
 * An absolute path that a person named, taken apart as cp does.
 *
 * @param whole as it was named
 * @param above the directory of its last component
 * @param last its last component; {@code .}, {@code ..} or nothing where that names no entry
 * @param asserted whether it says that it is a directory: it ends with a slash or {@code /.}
 */
record NamedPath(String whole, String above, String last, boolean asserted) {
  static NamedPath of(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    int slash = path.lastIndexOf('/', end - 1);
    String last = path.substring(slash + 1, end);
    String above = path.substring(0, Math.max(slash, 0)) + "/";
    boolean asserted = end < path.length() || last.equals(".") || last.equals("..");
    return new NamedPath(path, above, last, asserted);
  }

  /** Whether the last component is a name. */
  boolean named() {
    return !last.isEmpty() && !last.equals(".") && !last.equals("..");
  }

  /** Where a link at this path leads, seen from its directory. */
  NamedPath through(String target) {
    String path = target.startsWith("/") ? target : above + target;
    return of(asserted ? path + "/" : path);
  }
}
