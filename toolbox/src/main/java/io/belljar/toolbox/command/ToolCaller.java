package io.belljar.toolbox.command;

import java.util.List;
import java.util.Optional;

/**
 * Who typed a tool's command line, and where.
 *
 * @param pid the launcher's process id, which the command may become
 * @param uid the caller's user id
 * @param gid the caller's group id
 * @param umask the caller's file mode creation mask
 * @param environment the caller's environment, {@code NAME=value}
 */
public record ToolCaller(int pid, long uid, long gid, int umask, List<String> environment) {
  public ToolCaller {
    environment = List.copyOf(environment);
  }

  /** The value of a variable, as getenv(3) finds it. */
  public Optional<String> variable(String name) {
    return variable(environment, name);
  }

  static Optional<String> variable(List<String> environment, String name) {
    return environment.stream()
        .filter(entry -> entry.startsWith(name + "="))
        .findFirst()
        .map(entry -> entry.substring(name.length() + 1));
  }
}
