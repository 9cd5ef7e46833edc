package io.belljar.assembly;

import io.belljar.InvalidIsolationException;
import io.belljar.linux.proc.ProcessStatus;
import io.belljar.runtime.Facts;
import io.belljar.runtime.user.ContainerUser;
import io.belljar.runtime.user.SubordinateIds;
import io.belljar.spec.linux.IdMapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A caller who does not administrate the machine: its containers need a user namespace
 * (user_namespaces(7)). The user is root inside, and other ids there are those that /etc/subuid and
 * /etc/subgid hand to it, where newuidmap(1) and newgidmap(1) can map them.
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
    return new OrdinaryUser(List.of(new IdMapping(0, uid, 1)), List.of(new IdMapping(0, gid, 1)));
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
    long uid = launcher.uids().get(1);
    long gid = launcher.gids().get(1);
    boolean helped =
        !launcher.noNewPrivileges()
            && SubordinateIds.helper(facts.files(), "newuidmap").isPresent()
            && SubordinateIds.helper(facts.files(), "newgidmap").isPresent();
    List<IdMapping> users = ranges(SubordinateIds.USERS, uid, uid);
    List<IdMapping> groups = ranges(SubordinateIds.GROUPS, uid, gid);
    return Optional.of(
        helped && users.size() > 1 && groups.size() > 1
            ? new OrdinaryUser(users, groups)
            : alone(uid, gid));
  }

  private static List<IdMapping> ranges(Path file, long uid, long own) {
    // The planner is the caller's own process, so this is the caller's name (getpwuid(3)).
    String name = System.getProperty("user.name");
    List<IdMapping> mappings = new ArrayList<>(List.of(new IdMapping(0, own, 1)));
    long next = 1;
    for (SubordinateIds.Range range : SubordinateIds.of(file, name, uid).ranges()) {
      mappings.add(new IdMapping(next, range.first(), range.count()));
      next += range.count();
    }
    return mappings;
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
