package io.belljar.spec.resources;

import java.util.List;
import java.util.OptionalLong;

/**
 * {@code linux.resources.network} (cgroup v1: net_cls and net_prio).
 *
 * @param classId the class of the container's packets, 32 bits
 * @param priorities their priority per interface
 */
public record Network(OptionalLong classId, List<InterfacePriority> priorities) {
  /** Nothing set. */
  public static final Network NONE = new Network(OptionalLong.empty(), List.of());

  public Network {
    priorities = List.copyOf(priorities);
  }

  /**
   * {@code linux.resources.network.priorities[]}.
   *
   * @param name the interface
   * @param priority 32 bits
   */
  public record InterfacePriority(String name, long priority) {}
}
