package io.belljar.runtime.namespace;

import io.belljar.linux.NamespaceKind;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.step.FileStep;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.Linux;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The users and groups of a new user namespace (user_namespaces(7)). They are written by the
 * launcher, from outside, as only a process with privileges over the host's users may map more than
 * its own. Groups need no {@code setgroups} file then: that is for writers without privileges.
 */
public final class UserMaps {
  /** The most ranges that the kernel takes (UID_GID_MAP_MAX_EXTENTS). */
  private static final int MOST_RANGES = 340;

  private UserMaps() {}

  /**
   * Checks that the namespace has a root to set the container up with.
   *
   * @throws InvalidRequestException when it has not, or when there are too many ranges
   */
  public static void check(Linux linux, Namespaces namespaces) {
    if (namespaces.creates(NamespaceKind.USER)) {
      check("linux.uidMappings", "user", linux.uidMappings());
      check("linux.gidMappings", "group", linux.gidMappings());
    }
  }

  private static void check(String property, String what, List<IdMapping> mappings) {
    if (mappings.size() > MOST_RANGES) {
      throw InvalidRequestException.ofConfig(
          property, mappings.size() + " ranges, the kernel takes at most " + MOST_RANGES);
    }
    if (mappings.stream().noneMatch(mapping -> mapping.contains(0))) {
      throw InvalidRequestException.ofConfig(
          property, what + " 0 of the container is not mapped, which the container is set up with");
    }
  }

  /** Writes the maps of a new user namespace; carried out by the launcher. */
  public static void write(Plan.Builder plan, Linux linux, Namespaces namespaces) {
    if (namespaces.creates(NamespaceKind.USER)) {
      plan.add(
          new FileStep.WriteMap(Role.INIT, "uid_map", text(linux.uidMappings())),
          "config: linux.uidMappings");
      plan.add(
          new FileStep.WriteMap(Role.INIT, "gid_map", text(linux.gidMappings())),
          "config: linux.gidMappings");
    }
  }

  private static Bytes text(List<IdMapping> mappings) {
    return Bytes.of(
        mappings.stream()
            .map(map -> map.containerId() + " " + map.hostId() + " " + map.size() + "\n")
            .collect(Collectors.joining()));
  }
}
