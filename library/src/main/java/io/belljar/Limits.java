package io.belljar;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a container may use at most; what is absent is not limited. The kernel enforces it in
 * cgroups that are named after the container (cgroups(7)).
 *
 * @param memory bytes; a process beyond it is killed
 * @param memoryAndSwap bytes of both together, -1 for as much swap as there is; absent: twice the
 *     memory, where the kernel counts swap
 * @param cpus how many processors' time, for example 1.5
 * @param cpuset which processors, for example {@code 0-3,7}
 * @param processes how many processes and threads; -1: as many as they like
 */
public record Limits(
    OptionalLong memory,
    OptionalLong memoryAndSwap,
    OptionalDouble cpus,
    Optional<String> cpuset,
    OptionalLong processes) {
  /** None. */
  public static final Limits NONE =
      new Limits(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalDouble.empty(),
          Optional.empty(),
          OptionalLong.empty());

  /** The same with this much memory, in bytes. */
  public Limits memory(long bytes) {
    return new Limits(OptionalLong.of(bytes), memoryAndSwap, cpus, cpuset, processes);
  }

  /** The same with this much memory and swap together, in bytes. */
  public Limits memoryAndSwap(long bytes) {
    return new Limits(memory, OptionalLong.of(bytes), cpus, cpuset, processes);
  }

  /** The same with the time of this many processors. */
  public Limits cpus(double count) {
    return new Limits(memory, memoryAndSwap, OptionalDouble.of(count), cpuset, processes);
  }

  /** The same on these processors. */
  public Limits cpuset(String list) {
    return new Limits(memory, memoryAndSwap, cpus, Optional.of(list), processes);
  }

  /** The same with this many processes and threads. */
  public Limits processes(long count) {
    return new Limits(memory, memoryAndSwap, cpus, cpuset, OptionalLong.of(count));
  }
}
