/** The command lines, and the planner as a process. */
module io.belljar.cli {
  requires info.picocli;
  requires io.belljar;
  requires io.belljar.linux;
  requires io.belljar.plan;
  requires io.belljar.planner;
  requires io.belljar.runtime;
  requires io.belljar.spec;
  requires io.belljar.toolbox;

  opens io.belljar.cli to
      info.picocli;
  opens io.belljar.cli.container to
      info.picocli;
  opens io.belljar.cli.help to
      info.picocli;
  opens io.belljar.cli.people to
      info.picocli;
  opens io.belljar.cli.toolbox to
      info.picocli;
}
