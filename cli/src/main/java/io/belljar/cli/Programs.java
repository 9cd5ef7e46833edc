package io.belljar.cli;

import io.belljar.cli.oci.OciProgram;
import io.belljar.cli.people.PeopleProgram;
import io.belljar.planner.Caller;
import io.belljar.planner.RequestHandler;
import io.belljar.runtime.seccomp.SeccompFilters;
import java.nio.file.Path;
import java.util.Optional;

/** The two programs that a launcher can be started as, by name. */
final class Programs implements RequestHandler {
  private final PeopleProgram people;
  private final OciProgram oci;

  /** With a directory for what is worth keeping between planners. */
  Programs(Path runtimeDirectory) {
    var filters = new SeccompFilters(Optional.of(runtimeDirectory.resolve("seccomp")));
    people = new PeopleProgram(BelljarCommand.commands(), filters);
    oci = new OciProgram(filters);
  }

  @Override
  public void handle(Caller caller) {
    if (caller.request().program().equals("belljar")) {
      people.handle(caller);
    } else {
      oci.handle(caller);
    }
  }
}
