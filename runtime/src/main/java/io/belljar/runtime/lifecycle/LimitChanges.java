package io.belljar.runtime.lifecycle;

import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.resources.BlockIo;
import io.belljar.spec.resources.Cpu;
import io.belljar.spec.resources.Memory;
import io.belljar.spec.resources.Pids;
import io.belljar.spec.resources.Resources;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Limits that {@code update} sets; what is absent stays as it is.
 *
 * @param memory bytes
 * @param memoryAndSwap bytes of both together, -1 for as much swap as there is
 * @param reservation bytes
 * @param shares the weight of its processor time, 2 to 262144
 * @param quota microseconds in each period
 * @param period microseconds
 * @param cpus which processors
 * @param nodes which memory nodes
 * @param processes how many; -1: as many as they like
 * @param blockWeight the weight of its block I/O, 10 to 1000
 */
public record LimitChanges(
    OptionalLong memory,
    OptionalLong memoryAndSwap,
    OptionalLong reservation,
    OptionalLong shares,
    OptionalLong quota,
    OptionalLong period,
    Optional<String> cpus,
    Optional<String> nodes,
    OptionalLong processes,
    OptionalInt blockWeight) {

  /** The limits with these changes. */
  Resources applyTo(Resources present) {
    Memory memoryLimits =
        present.memory().toBuilder()
            .limit(first(memory, present.memory().limit()))
            .swap(first(memoryAndSwap, present.memory().swap()))
            .reservation(first(reservation, present.memory().reservation()))
            .build();
    Cpu cpuLimits =
        present.cpu().toBuilder()
            .shares(first(shares, present.cpu().shares()))
            .quota(first(quota, present.cpu().quota()))
            .period(first(period, present.cpu().period()))
            .cpus(cpus.or(present.cpu()::cpus))
            .mems(nodes.or(present.cpu()::mems))
            .build();
    check(memoryLimits);
    return present.toBuilder()
        .memory(memoryLimits)
        .cpu(cpuLimits)
        .pids(processes.isPresent() ? Pids.of(processes.getAsLong()) : present.pids())
        .blockIo(
            blockWeight.isPresent() ? present.blockIo().withWeight(blockWeight) : present.blockIo())
        .build();
  }

  private static OptionalLong first(OptionalLong changed, OptionalLong present) {
    return changed.isPresent() ? changed : present;
  }

  private static void check(Memory limits) {
    long limit = limits.limit().orElse(0);
    long both = limits.swap().orElse(0);
    if (both > 0 && limit <= 0) {
      throw new InvalidRequestException(
          "--memory-swap is memory and swap together, so it needs --memory as well");
    }
    if (both > 0 && both < limit) {
      throw new InvalidRequestException(
          "memory of %d bytes would be more than memory and swap together, %d: set --memory-swap as well"
              .formatted(limit, both));
    }
    if (limits.reservation().orElse(0) > 0
        && limit > 0
        && limits.reservation().getAsLong() > limit) {
      throw new InvalidRequestException(
          "--memory-reservation is more than the limit of %d bytes".formatted(limit));
    }
  }

  /**
   * Of the limits as they will be, those that have to be written: what changes, and what the kernel
   * relates to it.
   */
  Resources toWrite(Resources merged) {
    boolean memoryChanges = memory.isPresent() || memoryAndSwap.isPresent();
    boolean timeChanges = quota.isPresent() || period.isPresent();
    OptionalLong none = OptionalLong.empty();
    return Resources.builder()
        .memory(
            Memory.builder()
                .limit(memoryChanges ? merged.memory().limit() : none)
                .swap(memoryChanges ? merged.memory().swap() : none)
                .reservation(reservation)
                .build())
        .cpu(
            Cpu.builder()
                .shares(shares)
                .quota(timeChanges ? merged.cpu().quota() : none)
                .period(timeChanges ? merged.cpu().period() : none)
                .cpus(cpus)
                .mems(nodes)
                .build())
        .pids(processes.isPresent() ? merged.pids() : Pids.NONE)
        .blockIo(BlockIo.NONE.withWeight(blockWeight))
        .build();
  }
}
