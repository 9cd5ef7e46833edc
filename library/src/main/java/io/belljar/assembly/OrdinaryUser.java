package io.belljar.assembly;

import io.belljar.InvalidIsolationException;
import io.belljar.linux.proc.ProcessStatus;
import io.belljar.runtime.Facts;
import io.belljar.runtime.user.ContainerUser;
import io.belljar.runtime.user.IdMaps;
import io.belljar.runtime.user.SubordinateIds;
import io.belljar.spec.linux.IdMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A caller who does not administrate the machine: its containers need a user namespace
 * (user_namespaces(7)), with the ids of {@link IdMaps}.
 *
 * @param users the users inside
 * @param groups the groups inside
 */
public record OrdinaryUser(List<IdMapping> users, List<IdMapping> groups) {
  public OrdinaryUser {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
  }

  /** With no id but its own. */
  static OrdinaryUser alone(long uid, long gid) {
    IdMaps maps = IdMaps.alone(uid, gid);
    return new OrdinaryUser(maps.users(), maps.groups());
  }

  /**
   * The caller, if it is one.
   *
   * @param launcher the launcher's process
   */
  static Optional<OrdinaryUser> of(Facts facts, ProcessStatus launcher) {
    if (facts.isPrivileged()) {
      return Optional.empty();
    }
    IdMaps maps = IdMaps.of(facts, launcher);
    return Optional.of(new OrdinaryUser(maps.users(), maps.groups()));
  }

  /**
   * Refuses a user of the container who is nobody outside.
   *
   * @throws InvalidIsolationException naming the user or group
   */
  void require(ContainerUser user) {
    if (users.stream().noneMatch(mapping -> mapping.contains(user.uid()))) {
      throw unmapped("user " + user.uid(), SubordinateIds.USERS);
    }
    if (!hasGroup(user.gid())) {
      throw unmapped("group " + user.gid(), SubordinateIds.GROUPS);
    }
  }

  private static InvalidIsolationException unmapped(String who, Path file) {
    return new InvalidIsolationException(
        "user",
        "%s is none that you may use: there is root, which is you, and those of your range in %s"
                .formatted(who, file)
            + " with newuidmap and newgidmap (usermod --add-subuids, --add-subgids)");
  }

  boolean hasGroup(long gid) {
    return groups.stream().anyMatch(mapping -> mapping.contains(gid));
  }

  /** Whether the container can be put into a group: alone, setgroups(2) is given up for the map. */
  boolean setsGroup(long gid) {
    return groups.size() > 1 && hasGroup(gid);
  }
}
