package io.belljar.assembly;

import io.belljar.linux.cgroup.CgroupLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the kernel limits memory and swap together. */
final class SwapCounting {
  private SwapCounting() {}

  static boolean isHere(CgroupLayout cgroups) {
    return cgroups
        .v1("memory")
        .map(hierarchy ->
            Files.exists(Path.of(hierarchy.place().mountPoint(), "memory.memsw.limit_in_bytes")))
        .orElseGet(() -> cgroups.hasV2("memory") && Files.exists(Path.of("/proc/swaps")));
  }
}
