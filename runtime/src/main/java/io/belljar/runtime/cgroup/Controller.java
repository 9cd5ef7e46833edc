package io.belljar.runtime.cgroup;

import java.util.Optional;

/** A controller that limits something, under its names in both versions of cgroups. */
enum Controller {
  MEMORY("memory", Optional.of("memory")),
  CPU("cpu", Optional.of("cpu")),
  CPUSET("cpuset", Optional.of("cpuset")),
  PIDS("pids", Optional.of("pids")),
  BLOCK_IO("blkio", Optional.of("io")),
  HUGETLB("hugetlb", Optional.of("hugetlb")),
  NETWORK_CLASS("net_cls", Optional.empty()),
  NETWORK_PRIORITY("net_prio", Optional.empty()),
  RDMA("rdma", Optional.of("rdma"));

  private final String v1;
  private final Optional<String> v2;

  Controller(String v1, Optional<String> v2) {
    this.v1 = v1;
    this.v2 = v2;
  }

  /** Its name in cgroup v1. */
  String v1() {
    return v1;
  }

  /** Its name in cgroup v2; empty where v2 has nothing like it. */
  Optional<String> v2() {
    return v2;
  }
}
