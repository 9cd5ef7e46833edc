package io.belljar.toolbox.tree;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises containers by the cgroups that engines put them into. A name that looks like one is
 * taken for one: whoever may make cgroups can pretend.
 */
final class CgroupNames {
  private record Rule(String engine, Pattern pattern) {}

  private static final String ID = "([0-9a-f]{64})";

  /** The innermost container counts, so all of them end at a path's element. */
  private static final List<Rule> RULES =
      List.of(
          rule("docker", "/docker[/-]" + ID + "(?:\\.scope)?"),
          rule("podman", "/libpod-" + ID + "(?:\\.scope)?"),
          rule("containerd", "/cri-containerd-" + ID + "(?:\\.scope)?"),
          rule("cri-o", "/crio-" + ID + "(?:\\.scope)?"),
          rule("kubernetes", "/kubepods[^/]*(?:/[^/]+)*/pod[^/]+/" + ID),
          rule("lxc", "/lxc\\.payload\\.([^/]+)"),
          rule("systemd-nspawn", "/systemd-nspawn@([^/]+)\\.service"),
          rule("machine", "/machine-([^/]+)\\.scope"));

  private CgroupNames() {}

  private static Rule rule(String engine, String regex) {
    return new Rule(engine, Pattern.compile(regex + "(?=/|$)"));
  }

  /** The container that a cgroup is, or is inside of. */
  static Optional<ContainerRef> container(String cgroup) {
    int at = -1;
    Optional<ContainerRef> found = Optional.empty();
    for (Rule rule : RULES) {
      Matcher matcher = rule.pattern().matcher(cgroup);
      while (matcher.find()) {
        if (matcher.start(1) > at) {
          at = matcher.start(1);
          found = Optional.of(new ContainerRef(rule.engine(), matcher.group(1)));
        }
      }
    }
    return found;
  }
}
