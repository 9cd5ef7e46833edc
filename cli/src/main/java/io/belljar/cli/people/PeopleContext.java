package io.belljar.cli.people;

import io.belljar.assembly.ContainerHome;
import io.belljar.cli.Invocations;
import io.belljar.planner.Caller;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.seccomp.SeccompFilters;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command works with.
 *
 * @param caller the launcher's side
 * @param filters what all requests share
 */
public record PeopleContext(Caller caller, SeccompFilters filters) {
  /** What relative paths count from; a caller whose directory is gone counts from the root. */
  public Path directory() {
    String directory = caller.request().workingDirectory();
    return Path.of(directory.isEmpty() ? "/" : directory);
  }

  /** Where roots and volumes are. */
  public ContainerHome home() {
    return ContainerHome.of(caller.request().uid(), caller.request().environment()::get);
  }

  /** The request as the lifecycle's operations see it. */
  public Invocation invocation() {
    return Invocations.of(caller, Optional.empty(), "belljar", filters);
  }
}
