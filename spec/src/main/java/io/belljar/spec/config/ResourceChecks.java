package io.belljar.spec.config;

import io.belljar.spec.linux.IntelRdt;
import io.belljar.spec.resources.Memory;
import java.util.Optional;

/** Limits that contradict each other. */
final class ResourceChecks {
  private ResourceChecks() {}

  /** {@code swap} counts memory and swap together. */
  static void swap(Subject subject) {
    Memory memory = subject.linux().resources().memory();
    long limit = memory.limit().orElse(0);
    long swap = memory.swap().orElse(0);
    if (limit > 0 && swap > 0 && swap < limit) {
      throw subject.refuse(
          "linux.resources.memory.swap",
          swap + " (memory and swap together) is below the limit of memory alone, " + limit);
    }
  }

  static void intelRdt(Subject subject) {
    Optional<String> bandwidth = subject.linux().intelRdt().flatMap(IntelRdt::memBwSchema);
    bandwidth
        .filter(schema -> !schema.startsWith("MB:") || schema.indexOf('\n') >= 0)
        .ifPresent(schema -> {
          throw subject.refuse(
              "linux.intelRdt.memBwSchema",
              Subject.quote(schema) + " is not one line that starts with MB:");
        });
  }
}
