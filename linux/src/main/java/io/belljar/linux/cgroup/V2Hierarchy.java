package io.belljar.linux.cgroup;

import java.util.Set;

/**
 * The hierarchy of cgroup v2, mounted (cgroups(7)).
 *
 * @param controllers what {@code cgroup.controllers} in the mounted root lists; the others may be
 *     bound to v1 hierarchies
 * @param place where it is mounted and where the process is in it
 */
public record V2Hierarchy(Set<String> controllers, CgroupPlace place) {
  /** Copies the set. */
  public V2Hierarchy {
    controllers = Set.copyOf(controllers);
  }
}
