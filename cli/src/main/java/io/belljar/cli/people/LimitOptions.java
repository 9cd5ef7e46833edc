package io.belljar.cli.people;

import io.belljar.InvalidIsolationException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Docker's options of limits that {@code run} and {@code update} have in common. */
public final class LimitOptions {
  private static final int LEAST_WEIGHT = 10;
  private static final int MOST_WEIGHT = 1000;

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

  @Option(names = "--cpus", paramLabel = "N", description = "The time of N processors: 1.5.")
  String cpus;

  @Option(names = "--cpuset-cpus", paramLabel = "LIST", description = "Which ones: 0-3,7.")
  String cpuset;

  @Option(names = "--pids-limit", paramLabel = "N", description = "At most N processes; -1: any.")
  String pidsLimit;

  @Option(
      names = "--blkio-weight",
      paramLabel = "WEIGHT",
      description = "The share of busy disks: 10 to 1000.")
  String blkioWeight;

  /** Whether any of them was given. */
  public boolean any() {
    return Stream.of(memory, memorySwap, cpus, cpuset, pidsLimit, blkioWeight)
        .anyMatch(text -> text != null);
  }

  /** Bytes. */
  public OptionalLong memory() {
    return memory == null
        ? OptionalLong.empty()
        : OptionalLong.of(Quantities.bytes("memory", memory));
  }

  /** Bytes of both together; -1: no limit. */
  public OptionalLong memoryAndSwap() {
    return memorySwap == null
        ? OptionalLong.empty()
        : OptionalLong.of(Quantities.bytesOrUnlimited("memory-swap", memorySwap));
  }

  /** How many processors' time. */
  public OptionalDouble processors() {
    return cpus == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Quantities.decimal("cpus", cpus));
  }

  /** Which processors. */
  public Optional<String> cpuset() {
    return Optional.ofNullable(cpuset);
  }

  /** How many processes; not above 0: no limit. */
  public OptionalLong processes() {
    return number("pids-limit", pidsLimit);
  }

  /** The weight of its block I/O. */
  public OptionalInt blockWeight() {
    OptionalLong weight = number("blkio-weight", blkioWeight);
    if (weight.isEmpty()) {
      return OptionalInt.empty();
    }
    if (weight.getAsLong() < LEAST_WEIGHT || weight.getAsLong() > MOST_WEIGHT) {
      throw new InvalidIsolationException(
          "blkio-weight", weight.getAsLong() + " is not from 10 to 1000");
    }
    return OptionalInt.of((int) weight.getAsLong());
  }

  /** A whole number, where there is one. */
  public static OptionalLong number(String option, String text) {
    return text == null ? OptionalLong.empty() : OptionalLong.of(Quantities.integer(option, text));
  }
}
