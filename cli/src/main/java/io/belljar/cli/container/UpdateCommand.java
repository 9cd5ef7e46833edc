package io.belljar.cli.container;

import io.belljar.assembly.LimitChecks;
import io.belljar.cli.Ending;
import io.belljar.cli.people.Explainable;
import io.belljar.cli.people.LimitOptions;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.people.Quantities;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.lifecycle.ContainerNames;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.LimitChanges;
import io.belljar.runtime.lifecycle.Update;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar update}. */
@Command(
    name = "update",
    description = "Change the limits of containers while they run.",
    customSynopsis = "belljar update [OPTIONS] CONTAINER...")
public final class UpdateCommand extends ContainerVerb implements Explainable {
  @Mixin LimitOptions limits;

  @Option(
      names = "--memory-reservation",
      paramLabel = "BYTES",
      description = "What it is left with when memory is short.")
  String reservation;

  @Option(
      names = {"-c", "--cpu-shares"},
      paramLabel = "WEIGHT",
      description = "Against other containers: 2 to 262144, usually 1024.")
  String shares;

  @Option(
      names = "--cpu-quota",
      paramLabel = "MICROSECONDS",
      description = "Processor time in each period.")
  String quota;

  @Option(names = "--cpu-period", paramLabel = "MICROSECONDS", description = "Usually 100000.")
  String period;

  @Option(names = "--cpuset-mems", paramLabel = "LIST", description = "Which memory nodes: 0-1.")
  String nodes;

  @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "Names or ids.")
  List<String> containers;

  @Override
  public Ending run(PeopleContext context) {
    LimitChanges changes = changes();
    return each(context, containers, (invocation, id) -> Update.run(invocation, id, changes));
  }

  @Override
  public Preview preview(PeopleContext context) {
    Invocation invocation = context.invocation();
    return new Preview(
        "",
        Update.plan(
            invocation, ContainerNames.resolve(invocation, containers.getFirst()), changes()));
  }

  private LimitChanges changes() {
    if (!limits.any()
        && Stream.of(reservation, shares, quota, period, nodes).allMatch(text -> text == null)) {
      throw new InvalidRequestException("say what to change; see belljar update --help");
    }
    OptionalDouble processors = limits.processors();
    if (processors.isPresent() && (quota != null || period != null)) {
      throw new InvalidRequestException(
          "--cpus sets --cpu-quota and --cpu-period: give either it or them");
    }
    return new LimitChanges(
        memory(),
        limits.memoryAndSwap(),
        reservation == null
            ? OptionalLong.empty()
            : OptionalLong.of(Quantities.bytes("memory-reservation", reservation)),
        LimitOptions.number("cpu-shares", shares),
        processors.isPresent()
            ? OptionalLong.of(quota(processors.getAsDouble()))
            : LimitOptions.number("cpu-quota", quota),
        processors.isPresent()
            ? OptionalLong.of(LimitChecks.PERIOD)
            : LimitOptions.number("cpu-period", period),
        limits.cpuset(),
        Optional.ofNullable(nodes),
        processes(),
        limits.blockWeight());
  }

  private OptionalLong memory() {
    OptionalLong asked = limits.memory();
    return asked.isPresent() ? OptionalLong.of(LimitChecks.memory(asked.getAsLong())) : asked;
  }

  private OptionalLong processes() {
    OptionalLong asked = limits.processes();
    return asked.isPresent() && asked.getAsLong() <= 0 ? OptionalLong.of(-1) : asked;
  }

  private static long quota(double processors) {
    return LimitChecks.quota(processors, Runtime.getRuntime().availableProcessors());
  }
}
