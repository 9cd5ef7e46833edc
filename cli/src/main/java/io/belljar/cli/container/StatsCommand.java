package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.template.OutputFormat;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.ContainerDetails;
import io.belljar.runtime.lifecycle.ContainerNames;
import io.belljar.runtime.lifecycle.ContainerUsage;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.ListContainers;
import io.belljar.runtime.state.LiveContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar stats}. */
@Command(
    name = "stats",
    description = "Show what containers use, again and again.",
    customSynopsis = "belljar stats [OPTIONS] [CONTAINER...]")
public final class StatsCommand extends ContainerVerb {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Clears a terminal, and goes to its beginning. */
  private static final String CLEAR = "\033[2J\033[H";

  @Option(
      names = {"-a", "--all"},
      description = "Containers that do not run, too.")
  boolean all;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, json, table TEMPLATE or TEMPLATE, as {{.Name}}: {{.MemPerc}}.")
  String format;

  @Option(names = "--no-stream", description = "Only once.")
  boolean once;

  @Option(names = "--no-trunc", description = "Ids as a whole.")
  boolean whole;

  @Parameters(paramLabel = "CONTAINER", arity = "0..*", description = "Names or ids.")
  List<String> containers;

  @Override
  public Ending run(PeopleContext context) {
    OutputFormat chosen = OutputFormat.of(Optional.ofNullable(format), StatsRow.TABLE);
    Invocation invocation = context.invocation();
    List<ContainerId> asked =
        containers == null
            ? List.of()
            : containers.stream().map(name -> ContainerNames.resolve(invocation, name)).toList();
    boolean clears = !once && context.caller().request().terminals().output();
    Map<ContainerId, ContainerUsage> before = usage(invocation, found(invocation, asked));
    while (pause(before.isEmpty() ? Duration.ZERO : once ? INTERVAL : FIRST)) {
      List<LiveContainer> found = found(invocation, asked);
      Map<ContainerId, ContainerUsage> now = usage(invocation, found);
      context
          .caller()
          .print((clears ? CLEAR : "") + chosen.text(rows(found, before, now), StatsRow.HEADINGS));
      context.caller().flush(); // fails, and so ends this, when nobody listens any more
      if (once || (!asked.isEmpty() && found.isEmpty()) || !pause(INTERVAL.minus(FIRST))) {
        break;
      }
      before = now;
      if (before.isEmpty() && !pause(FIRST)) {
        break;
      }
    }
    return Ending.SUCCESS;
  }

  private List<OutputFormat.Row> rows(
      List<LiveContainer> found,
      Map<ContainerId, ContainerUsage> before,
      Map<ContainerId, ContainerUsage> now) {
    List<OutputFormat.Row> rows = new ArrayList<>();
    for (LiveContainer container : found) {
      rows.add(
          StatsRow.of(
              container,
              Optional.ofNullable(before.get(container.id())),
              Optional.ofNullable(now.get(container.id())),
              whole));
    }
    return rows;
  }

  private List<LiveContainer> found(Invocation invocation, List<ContainerId> asked) {
    if (!asked.isEmpty()) {
      return asked.stream().flatMap(id -> invocation.observer().look(id).stream()).toList();
    }
    return ListContainers.run(invocation).stream()
        .filter(container -> all || ContainerDetails.of(invocation, container).isRunning())
        .toList();
  }

  private static Map<ContainerId, ContainerUsage> usage(
      Invocation invocation, List<LiveContainer> found) {
    Map<ContainerId, ContainerUsage> usage = new HashMap<>();
    for (LiveContainer container : found) {
      ContainerUsage.of(invocation, container).ifPresent(now -> usage.put(container.id(), now));
    }
    return usage;
  }

  private static boolean pause(Duration duration) {
    try {
      Thread.sleep(duration);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
