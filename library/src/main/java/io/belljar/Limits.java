package io.belljar;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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
 * @param ioWeight the share of a busy disk against other cgroups', 10 to 1000
 * @param devices how fast block devices may be used
 */
public record Limits(
    OptionalLong memory,
    OptionalLong memoryAndSwap,
    OptionalDouble cpus,
    Optional<String> cpuset,
    OptionalLong processes,
    OptionalInt ioWeight,
    List<DeviceLimit> devices) {
  /** None. */
  public static final Limits NONE =
      new Limits(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalDouble.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalInt.empty(),
          List.of());

  public Limits {
    devices = List.copyOf(devices);
  }

  /** The same with this much memory, in bytes. */
  public Limits memory(long bytes) {
    return new Limits(
        OptionalLong.of(bytes), memoryAndSwap, cpus, cpuset, processes, ioWeight, devices);
  }

  /** The same with this much memory and swap together, in bytes. */
  public Limits memoryAndSwap(long bytes) {
    return new Limits(memory, OptionalLong.of(bytes), cpus, cpuset, processes, ioWeight, devices);
  }

  /** The same with the time of this many processors. */
  public Limits cpus(double count) {
    return new Limits(
        memory, memoryAndSwap, OptionalDouble.of(count), cpuset, processes, ioWeight, devices);
  }

  /** The same on these processors. */
  public Limits cpuset(String list) {
    return new Limits(memory, memoryAndSwap, cpus, Optional.of(list), processes, ioWeight, devices);
  }

  /** The same with this many processes and threads. */
  public Limits processes(long count) {
    return new Limits(
        memory, memoryAndSwap, cpus, cpuset, OptionalLong.of(count), ioWeight, devices);
  }

  /** The same with this share of busy disks, 10 to 1000. */
  public Limits ioWeight(int weight) {
    return new Limits(
        memory, memoryAndSwap, cpus, cpuset, processes, OptionalInt.of(weight), devices);
  }

  /** The same with these limits on block devices. */
  public Limits devices(DeviceLimit... limits) {
    return new Limits(memory, memoryAndSwap, cpus, cpuset, processes, ioWeight, List.of(limits));
  }
}
