package io.belljar.assembly;

import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.runtime.Facts;
import io.belljar.runtime.HostFiles;
import io.belljar.runtime.KernelVersion;
import java.util.List;
import java.util.Optional;

/** A machine without control groups, on which every path is of one kind. */
final class TestFacts {
  private TestFacts() {}

  static Facts with(HostFiles.Kind kind) {
    return new Facts(
        new CgroupLayout(List.of(), Optional.empty()),
        40,
        (1L << 41) - 1,
        new KernelVersion(6, 1),
        false,
        true,
        _ -> kind);
  }
}
