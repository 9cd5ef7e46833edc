/** Isolated processes for Java programs: what {@code belljar run} does, as an API. */
@SuppressWarnings("module") // io.belljar.cli is compiled later, and exported to by name
module io.belljar {
  // Found by the planner as a resource: the program that starts containers.
  requires io.belljar.launcher;
  requires io.belljar.planner;
  requires io.belljar.runtime;
  requires io.belljar.spec;
  // Capabilities and signals are part of the API.
  requires transitive io.belljar.linux;

  exports io.belljar;
  // The command line makes containers of the same description, through launchers of its own.
  exports io.belljar.assembly to
      io.belljar.cli;
}
