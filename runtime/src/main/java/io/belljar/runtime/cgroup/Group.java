package io.belljar.runtime.cgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A container's group in one hierarchy.
 *
 * @param top the directory that the hierarchy is mounted on
 * @param path from there
 * @param unified whether it is cgroup v2
 * @param controllers what the hierarchy controls
 */
record Group(String top, GroupPath path, boolean unified, Set<String> controllers) {
  /** Its directory. */
  String directory() {
    return top + path.value();
  }

  /** The directories between the root of the hierarchy and the group, outermost first. */
  List<String> parents() {
    List<String> parents = new ArrayList<>();
    path.parents().forEach(parent -> parents.add(top + parent));
    return parents;
  }

  boolean isCpuset() {
    return !unified && controllers.contains("cpuset");
  }
}
