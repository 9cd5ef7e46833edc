package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.template.Columns;
import io.belljar.linux.proc.ProcFs;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.lifecycle.ContainerNames;
import io.belljar.runtime.lifecycle.ContainerProcesses;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.toolbox.user.UserNames;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code belljar top}. */
@Command(
    name = "top",
    description = "Show the processes of a container, as ps does.",
    customSynopsis = "belljar top CONTAINER [-ef | aux | -o COLUMN,...]")
public final class TopCommand extends ContainerVerb {
  private static final int LEAST_WIDTH = 20;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "Its name or id.")
  String container;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "OPTION",
      description = "Of ps: -ef, aux or -o COLUMN,...")
  List<String> options;

  @Override
  protected boolean mixesOptions() {
    return false; // those after the container are ps's
  }

  @Override
  public Ending run(PeopleContext context) {
    List<ProcessColumn> columns = columns(options == null ? List.of() : options);
    Invocation invocation = context.invocation();
    List<Integer> pids =
        ContainerProcesses.of(invocation, ContainerNames.resolve(invocation, container));
    List<String> lines = new ArrayList<>();
    lines.add(columns.stream().map(ProcessColumn::heading).collect(Collectors.joining("\t")));
    for (ProcessColumn.Row row : rows(invocation.observer().proc(), pids)) {
      lines.add(
          columns.stream()
              .map(column -> column.text().apply(row))
              .collect(Collectors.joining("\t")));
    }
    context.caller().print(Columns.align(lines, LEAST_WIDTH));
    return Ending.SUCCESS;
  }

  private static List<ProcessColumn> columns(List<String> options) {
    String text = String.join(" ", options).strip();
    if (text.isEmpty() || text.equals("-ef") || text.equals("-f")) {
      return ProcessColumn.FULL;
    }
    if (text.equals("aux") || text.equals("u")) {
      return ProcessColumn.USERS;
    }
    if (!text.matches("-e?o ?[^-]+")) {
      throw new InvalidRequestException(
          "top: \"" + text + "\" is not -ef, aux or -o COLUMN,..., which ps has, too");
    }
    List<ProcessColumn> columns = new ArrayList<>();
    for (String name : text.substring(text.indexOf('o') + 1).strip().split("[ ,]+")) {
      columns.add(
          Optional.ofNullable(ProcessColumn.ALL.get(name.toLowerCase(Locale.ROOT)))
              .orElseThrow(() ->
                  new InvalidRequestException(
                      "top: there is no column \"%s\"; there are %s"
                          .formatted(name, String.join(", ", ProcessColumn.ALL.keySet())))));
    }
    return columns;
  }

  /** Those that end meanwhile are left out. */
  private static List<ProcessColumn.Row> rows(ProcFs proc, List<Integer> pids) {
    UserNames names = UserNames.ofHost();
    Instant now = Instant.now();
    Instant boot = now.minus(uptime(proc));
    long memory = proc.memory().orElse(Long.MAX_VALUE);
    List<ProcessColumn.Row> rows = new ArrayList<>();
    for (int pid : pids) {
      proc.stat(pid)
          .flatMap(stat ->
              proc.status(pid)
                  .flatMap(status ->
                      proc.resources(pid)
                          .map(resources ->
                              new ProcessColumn.Row(
                                  stat,
                                  status,
                                  resources,
                                  proc.commandLine(pid, pids.size()).orElse(List.of()),
                                  names.name(status.uids().get(1)),
                                  boot,
                                  now,
                                  memory))))
          .ifPresent(rows::add);
    }
    return rows;
  }

  private static Duration uptime(ProcFs proc) {
    try {
      String text = Files.readString(proc.root().resolve("uptime"));
      return Duration.ofMillis((long) (Double.parseDouble(text.split(" ")[0]) * 1000));
    } catch (IOException | NumberFormatException e) {
      return Duration.ZERO;
    }
  }
}
