package io.belljar.linux.proc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One line of /proc/PID/cgroup (cgroups(7)): {@code hierarchy:controllers:path}.
 *
 * @param hierarchy the number of the v1 hierarchy, 0 for v2
 * @param controllers the v1 controllers of the hierarchy; empty for v2 and for named hierarchies
 * @param name the name of a v1 hierarchy mounted with {@code name=…}
 * @param path the cgroup, seen from the reader's cgroup namespace: starts with {@code /}; with
 *     {@code /..} when it is outside of it
 */
public record CgroupMembership(
    int hierarchy, Set<String> controllers, Optional<String> name, String path) {

  /** Whether this is the line of cgroup v2. */
  public boolean isUnified() {
    return hierarchy == 0 && controllers.isEmpty() && name.isEmpty();
  }

  /** Those of the lines that are of the documented form. */
  static List<CgroupMembership> parseAll(String text) {
    List<CgroupMembership> memberships = new ArrayList<>();
    for (String line : ProcFs.lines(text)) {
      // A path may hold colons; a newline it cannot hold, the kernel refuses such directories.
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && fields[2].startsWith("/")) {
        Optional<Integer> hierarchy = Numbers.parseInt(fields[0]);
        hierarchy.ifPresent(number -> memberships.add(of(number, fields[1], fields[2])));
      }
    }
    return List.copyOf(memberships);
  }

  private static CgroupMembership of(int hierarchy, String controllers, String path) {
    Set<String> names = new LinkedHashSet<>();
    Optional<String> name = Optional.empty();
    for (String word : controllers.split(",")) {
      if (word.startsWith("name=")) {
        name = Optional.of(word.substring("name=".length()));
      } else if (!word.isEmpty()) {
        names.add(word);
      }
    }
    return new CgroupMembership(hierarchy, Set.copyOf(names), name, BoundedFile.utf8(path));
  }
}
