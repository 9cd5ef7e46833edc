package io.belljar.runtime.cgroup;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.InvalidRequestException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Where a container's groups are in each hierarchy: a path from the hierarchy's root ({@code
 * linux.cgroupsPath}, config-linux.md).
 *
 * <p>A relative path, and the container's id where there is none, count from the root too. runc
 * puts them below the cgroup of its caller, so that the same container lands elsewhere when started
 * from another service; the specification leaves it to the runtime.
 *
 * @param value starts with {@code /}, holds neither {@code .} nor {@code ..}, and is not the root
 */
public record GroupPath(String value) {
  /**
   * The path that a configuration asks for.
   *
   * @throws InvalidRequestException for the root itself, which belongs to the machine
   */
  public static GroupPath of(Optional<String> cgroupsPath, ContainerId id) {
    String clean = clean(cgroupsPath.orElse(id.value()));
    if (clean.isEmpty()) {
      throw InvalidRequestException.ofConfig(
          "linux.cgroupsPath",
          "\""
              + cgroupsPath.orElse("")
              + "\" is the root of the hierarchy; name a group of the container's own");
    }
    return new GroupPath(clean);
  }

  /** As a shell in a chroot would resolve it: {@code ..} never leads above the root. */
  private static String clean(String path) {
    if (path.chars().anyMatch(character -> character < ' ')) {
      throw InvalidRequestException.ofConfig("linux.cgroupsPath", "has a control character");
    }
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/")) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return names.isEmpty() ? "" : "/" + String.join("/", names);
  }

  /** The groups above it, from the outermost on, without the root: {@code /a}, {@code /a/b}. */
  public List<String> parents() {
    List<String> parents = new ArrayList<>();
    for (int slash = value.indexOf('/', 1); slash > 0; slash = value.indexOf('/', slash + 1)) {
      parents.add(value.substring(0, slash));
    }
    return parents;
  }

  @Override
  public String toString() {
    return value;
  }
}
