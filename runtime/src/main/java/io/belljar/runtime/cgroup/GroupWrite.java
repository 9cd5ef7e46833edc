package io.belljar.runtime.cgroup;

/**
 * A value for a file of a group.
 *
 * @param file its name, for example {@code memory.max}
 * @param value what is written
 * @param path the JSON path that asked for it
 * @param tolerated an errno that is fine; 0 for none
 * @param shownAtTop whether a v1 kernel that has the file shows it in the root of the hierarchy as
 *     well, so that planning can tell whether it is there
 */
record GroupWrite(String file, String value, String path, int tolerated, boolean shownAtTop) {
  static GroupWrite of(String file, String value, String path) {
    return new GroupWrite(file, value, path, 0, true);
  }

  static GroupWrite of(String file, long value, String path) {
    return of(file, Long.toString(value), path);
  }

  /** Not shown in the root of the hierarchy. */
  GroupWrite hiddenAtTop() {
    return new GroupWrite(file, value, path, tolerated, false);
  }

  /** Fine with this errno. */
  GroupWrite tolerating(int errno) {
    return new GroupWrite(file, value, path, errno, shownAtTop);
  }
}
