package io.belljar.runtime.lifecycle;

import io.belljar.spec.config.Config;
import io.belljar.spec.process.Process;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code HOME} of a process whose environment has none: {@code /root} for user 0, {@code /} for all
 * others.
 *
 * <p>runc reads the user's home from the container's /etc/passwd, in the container. Here it would
 * be read before, by the planner, from a root in which hostile processes may run already. So
 * nothing is read. Engines, and {@code belljar run}, set the variable themselves.
 */
final class HomeVariable {
  private static final String HOME = "HOME=";

  private HomeVariable() {}

  static Config fill(Config config) {
    return config.process().isEmpty()
        ? config
        : config.toBuilder().process(config.process().map(p -> fill(p, List.of()))).build();
  }

  /**
   * The process with the variable.
   *
   * @param others the environment to take it from before it is made up
   */
  static Process fill(Process process, List<String> others) {
    if (find(process.env()).isPresent()) {
      return process;
    }
    List<String> env = new ArrayList<>(process.env());
    env.add(find(others).orElseGet(() -> HOME + (process.user().uid() == 0 ? "/root" : "/")));
    return process.toBuilder().env(env).build();
  }

  private static Optional<String> find(List<String> env) {
    return env.stream().filter(entry -> entry.startsWith(HOME)).findFirst();
  }
}
