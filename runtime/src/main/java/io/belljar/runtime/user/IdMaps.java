package io.belljar.runtime.user;

import io.belljar.linux.proc.ProcessStatus;
import io.belljar.runtime.Facts;
import io.belljar.spec.linux.IdMapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All users and groups that an ordinary user can have in a user namespace: root there, which is the
 * user itself, and those that /etc/subuid and /etc/subgid hand to it, where newuidmap(1) and
 * newgidmap(1) can map them.
 *
 * @param users the users inside
 * @param groups the groups inside
 */
public record IdMaps(List<IdMapping> users, List<IdMapping> groups) {
  public IdMaps {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
  }

  /** With no id but its own. */
  public static IdMaps alone(long uid, long gid) {
    return new IdMaps(List.of(new IdMapping(0, uid, 1)), List.of(new IdMapping(0, gid, 1)));
  }

  /**
   * The caller's.
   *
   * @param launcher the launcher's process
   */
  public static IdMaps of(Facts facts, ProcessStatus launcher) {
    long uid = launcher.uids().get(1);
    long gid = launcher.gids().get(1);
    boolean helped =
        !launcher.noNewPrivileges()
            && SubordinateIds.helper(facts.files(), "newuidmap").isPresent()
            && SubordinateIds.helper(facts.files(), "newgidmap").isPresent();
    IdMaps maps =
        new IdMaps(ranges(SubordinateIds.USERS, uid, uid), ranges(SubordinateIds.GROUPS, uid, gid));
    return helped && maps.users.size() > 1 && maps.groups.size() > 1 ? maps : alone(uid, gid);
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

  /** Whether there are others than the user itself. */
  public boolean hasSubordinates() {
    return users.size() > 1;
  }
}
