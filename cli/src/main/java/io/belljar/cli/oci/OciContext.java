package io.belljar.cli.oci;

import io.belljar.cli.Invocations;
import io.belljar.planner.Caller;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.seccomp.SeccompFilters;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command works with: who asked, the global options, and what all requests share.
 *
 * @param caller the launcher's side
 * @param globals the options before the command
 * @param filters compiled filters
 */
record OciContext(Caller caller, OciCommand globals, SeccompFilters filters) {

  /** A path of the command line, which is relative to the caller's working directory. */
  Path path(String text) {
    Path directory = Path.of(caller.request().workingDirectory());
    return text.equals(".") ? directory : directory.resolve(text);
  }

  /** The same of an option; an empty one is as if it were not given, as with runc. */
  Optional<Path> path(Optional<String> text) {
    return text.filter(given -> !given.isEmpty()).map(this::path);
  }

  /** Descriptors of socket activation, which go to the container as systemd's protocol says. */
  int listenDescriptors() {
    var environment = caller.request().environment();
    return environment
        .get("LISTEN_FDS")
        .filter(count -> count.matches("[0-9]{1,4}"))
        .map(Integer::parseInt)
        .orElse(0);
  }

  /** A terminal that is relayed needs one to be relayed to. */
  void requireTerminal(String who) {
    if (!caller.request().terminals().input()) {
      throw new InvalidRequestException(
          who
              + ": standard input is no terminal; give --console-socket, or run it from a terminal");
    }
  }

  /** The request as the lifecycle's operations see it. */
  Invocation invocation() {
    globals.refuseSystemd();
    if (globals.root.get().filter(String::isEmpty).isPresent()) {
      throw new InvalidRequestException(
          "--root: is empty; name a directory that is for containers' state alone");
    }
    return Invocations.of(caller, path(globals.root.get()), "belljar-oci", filters);
  }
}
