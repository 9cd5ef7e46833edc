package io.belljar.toolbox.nsenter;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.toolbox.command.ToolCaller;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan of nsenter depends on besides its options.
 *
 * @param caller who asks
 * @param capabilities those that the kernel knows, as a mask
 * @param target the process to follow; empty: there is none of this number
 * @param unifiedCgroups whether /sys/fs/cgroup is a single version 2 hierarchy
 * @param selinux whether SELinux is enabled
 */
public record NsenterFacts(
    ToolCaller caller,
    long capabilities,
    Optional<Target> target,
    boolean unifiedCgroups,
    boolean selinux) {
  /**
   * The process to follow.
   *
   * @param process it, and no other of its number
   * @param usable the kinds that {@code --all} enters: which this kernel has, and of user
   *     namespaces none that the caller is in already
   * @param environment its variables; empty where they may not be read
   * @param uid its user, as it sees it in its own user namespace
   * @param gid its group, likewise
   * @param cgroup its version 2 cgroup, relative to the hierarchy
   * @param context what its security module calls it; empty where it may not be read
   */
  public record Target(
      ProcessIdentity process,
      Set<NamespaceKind> usable,
      Optional<List<String>> environment,
      long uid,
      long gid,
      Optional<String> cgroup,
      Optional<String> context) {}
}
