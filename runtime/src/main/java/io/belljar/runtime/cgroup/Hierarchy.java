package io.belljar.runtime.cgroup;

import java.util.Optional;

/**
 * What limits may know of the hierarchy that they are set in.
 *
 * @param files reads it
 * @param top the directory that it is mounted on
 * @param leaf the container's group in it, which may not be there yet
 */
record Hierarchy(GroupFiles files, String top, String leaf) {
  /** Whether the root of the hierarchy shows this file. */
  boolean has(String file) {
    return files.exists(top + "/" + file);
  }

  /** Whether the root shows any file whose name starts so. */
  boolean hasAny(String prefix) {
    return files.names(top).stream().anyMatch(name -> name.startsWith(prefix));
  }

  /** What a file says in the container's group, where that is there already. */
  Optional<String> present(String file) {
    return files.text(leaf + "/" + file);
  }

  /** What a file says in the nearest group above the container's that is there, up to the root. */
  Optional<String> inherited(String file) {
    for (String group = leaf; group.length() > top.length(); ) {
      group = group.substring(0, group.lastIndexOf('/'));
      Optional<String> text = files.text(group + "/" + file).filter(found -> !found.isEmpty());
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }
}
