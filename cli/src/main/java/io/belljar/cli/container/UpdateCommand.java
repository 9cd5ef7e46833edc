package io.belljar.cli.container;

import io.belljar.assembly.LimitChecks;
import io.belljar.cli.Ending;
import io.belljar.cli.people.Explainable;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.people.Quantities;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.lifecycle.ContainerNames;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.LimitChanges;
import io.belljar.runtime.lifecycle.Update;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar update}. */
@Command(
    name = "update",
    description = "Change the limits of containers while they run.",
    customSynopsis = "belljar update [OPTIONS] CONTAINER...")
public final class UpdateCommand extends ContainerVerb implements Explainable {
  @Option(
      names = {"-m", "--memory"},
      paramLabel = "BYTES",
      description = "At most this much memory: 64m, 1.5g.")
  String memory;

  @Option(
      names = "--memory-swap",
      paramLabel = "BYTES",
      description = "Memory and swap together; -1: all swap.")
  String memorySwap;

  @Option(
      names = "--memory-reservation",
      paramLabel = "BYTES",
      description = "What it is left with when memory is short.")
  String reservation;

  @Option(names = "--cpus", paramLabel = "N", description = "The time of N processors: 1.5.")
  String cpus;

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

  @Option(names = "--cpuset-cpus", paramLabel = "LIST", description = "Which ones: 0-3,7.")
  String cpuset;

  @Option(names = "--cpuset-mems", paramLabel = "LIST", description = "Which memory nodes: 0-1.")
  String nodes;

  @Option(names = "--pids-limit", paramLabel = "N", description = "At most N processes; -1: any.")
  String processes;

  @Option(
      names = "--blkio-weight",
      paramLabel = "WEIGHT",
      description = "Of its block I/O: 10 to 1000.")
  String weight;

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
    boolean any =
        Stream.of(
                Optional.ofNullable(memory),
                Optional.ofNullable(memorySwap),
                Optional.ofNullable(reservation),
                Optional.ofNullable(cpus),
                Optional.ofNullable(shares),
                Optional.ofNullable(quota),
                Optional.ofNullable(period),
                Optional.ofNullable(cpuset),
                Optional.ofNullable(nodes),
                Optional.ofNullable(processes),
                Optional.ofNullable(weight))
            .anyMatch(Optional::isPresent);
    if (!any) {
      throw new InvalidRequestException("say what to change; see belljar update --help");
    }
    if (cpus != null && (quota != null || period != null)) {
      throw new InvalidRequestException(
          "--cpus sets --cpu-quota and --cpu-period: give either it or them");
    }
    return new LimitChanges(
        memory(),
        memorySwap == null
            ? OptionalLong.empty()
            : OptionalLong.of(Quantities.bytesOrUnlimited("memory-swap", memorySwap)),
        reservation == null
            ? OptionalLong.empty()
            : OptionalLong.of(Quantities.bytes("memory-reservation", reservation)),
        number("cpu-shares", shares),
        cpus == null ? number("cpu-quota", quota) : OptionalLong.of(quota()),
        cpus == null ? number("cpu-period", period) : OptionalLong.of(LimitChecks.PERIOD),
        Optional.ofNullable(cpuset),
        Optional.ofNullable(nodes),
        processes(),
        blockWeight());
  }

  private OptionalInt blockWeight() {
    OptionalLong asked = number("blkio-weight", weight);
    if (asked.isEmpty()) {
      return OptionalInt.empty();
    }
    if (asked.getAsLong() < 10 || asked.getAsLong() > 1000) {
      throw new InvalidRequestException("--blkio-weight: " + weight + " is not from 10 to 1000");
    }
    return OptionalInt.of((int) asked.getAsLong());
  }

  private OptionalLong memory() {
    return memory == null
        ? OptionalLong.empty()
        : OptionalLong.of(LimitChecks.memory(Quantities.bytes("memory", memory)));
  }

  private static OptionalLong number(String option, String text) {
    return text == null ? OptionalLong.empty() : OptionalLong.of(Quantities.integer(option, text));
  }

  private OptionalLong processes() {
    OptionalLong asked = number("pids-limit", processes);
    return asked.isPresent() && asked.getAsLong() <= 0 ? OptionalLong.of(-1) : asked;
  }

  private long quota() {
    return LimitChecks.quota(
        Quantities.decimal("cpus", cpus), Runtime.getRuntime().availableProcessors());
  }
}
