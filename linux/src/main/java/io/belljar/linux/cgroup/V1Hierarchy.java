package io.belljar.linux.cgroup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A hierarchy of cgroup v1 that is mounted (cgroups(7)).
 *
 * @param controllers its controllers, more than one when they are mounted together; empty for a
 *     hierarchy that has only a name
 * @param name the name of a hierarchy without controllers: {@code systemd}
 * @param place where it is mounted and where the process is in it
 */
public record V1Hierarchy(Set<String> controllers, Optional<String> name, CgroupPlace place) {
  /** Copies the set. */
  public V1Hierarchy {
    controllers = Set.copyOf(controllers);
  }

  /** Its directory's name below /sys/fs/cgroup: {@code cpu,cpuacct}, {@code memory}. */
  public String directoryName() {
    return Path.of(place.mountPoint()).getFileName().toString();
  }

  /**
   * The symbolic links that belong beside the directory, all leading to it: {@code cpu} and {@code
   * cpuacct} for {@code cpu,cpuacct}; sorted.
   */
  public List<String> links() {
    List<String> links = new ArrayList<>();
    if (controllers.size() > 1) {
      links.addAll(controllers);
      links.remove(directoryName());
      links.sort(null);
    }
    return List.copyOf(links);
  }

  /** How a message names it: {@code cpu,cpuacct}, {@code name=systemd}. */
  public String label() {
    return name.map(n -> "name=" + n)
        .orElseGet(() -> String.join(",", controllers.stream().sorted().toList()));
  }
}
