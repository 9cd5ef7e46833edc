package io.belljar.runtime.process;

import java.util.List;

/** Where the program of a command may be, as execvp(3) looks for it. */
public final class ProgramSearch {
  /** What execvp(3) uses where there is no PATH. */
  private static final String DEFAULT_PATH = "/bin:/usr/bin";

  private static final String PATH = "PATH=";

  private ProgramSearch() {}

  /**
   * The candidates, in order. A name with a slash is a path; any other is looked for in the
   * directories of PATH, in which an empty one is the working directory.
   *
   * @param name the command's first argument
   * @param env its environment; the last PATH counts
   */
  public static List<String> candidates(String name, List<String> env) {
    if (name.contains("/") || name.isEmpty()) {
      return List.of(name);
    }
    String path = DEFAULT_PATH;
    for (String variable : env) {
      if (variable.startsWith(PATH)) {
        path = variable.substring(PATH.length());
      }
    }
    return List.of(path.split(":", -1)).stream()
        .map(directory -> directory.isEmpty() ? "./" + name : join(directory, name))
        .distinct()
        .toList();
  }

  private static String join(String directory, String name) {
    return directory.endsWith("/") ? directory + name : directory + "/" + name;
  }
}
