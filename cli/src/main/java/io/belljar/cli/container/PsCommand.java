package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.template.OutputFormat;
import io.belljar.runtime.lifecycle.ContainerDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code belljar ps}. */
@Command(
    name = "ps",
    description = "List containers; without -a those that run.",
    customSynopsis = "belljar ps [OPTIONS]")
public final class PsCommand extends ContainerVerb {
  @Option(
      names = {"-a", "--all"},
      description = "Those that have ended or wait for their start, too.")
  boolean all;

  @Option(
      names = {"-f", "--filter"},
      paramLabel = "KEY=VALUE",
      description = "Only those: name=, id=, status=, label=, exited=.")
  List<String> filters;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, json, table TEMPLATE or TEMPLATE, as {{.ID}}: {{.Names}}.")
  String format;

  @Option(
      names = {"-n", "--last"},
      paramLabel = "N",
      description = "The N that were made last.")
  int last = -1;

  @Option(
      names = {"-l", "--latest"},
      description = "The one that was made last.")
  boolean latest;

  @Option(names = "--no-trunc", description = "Ids and commands as a whole.")
  boolean whole;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only ids.")
  boolean quiet;

  @Override
  public Ending run(PeopleContext context) {
    OutputFormat chosen =
        quiet
            ? OutputFormat.of(Optional.of("{{.ID}}"), "")
            : OutputFormat.of(Optional.ofNullable(format), ContainerRow.TABLE);
    Instant now = Instant.now();
    List<OutputFormat.Row> rows = new ArrayList<>();
    for (ContainerDetails details : found(context)) {
      rows.add(ContainerRow.of(details, now, whole));
    }
    context.caller().print(chosen.text(rows, ContainerRow.HEADINGS));
    return Ending.SUCCESS;
  }

  private List<ContainerDetails> found(PeopleContext context) {
    List<String> asked = filters == null ? List.of() : filters;
    var filter = ContainerFilter.of(asked);
    int most = latest ? 1 : last;
    boolean every = all || most > 0 || ContainerFilter.asksForStates(asked);
    return ContainerDetails.all(context.invocation()).stream()
        .filter(details -> every || details.isRunning())
        .filter(filter)
        .limit(most > 0 ? most : Long.MAX_VALUE)
        .toList();
  }
}
