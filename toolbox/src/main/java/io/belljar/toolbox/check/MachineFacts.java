package io.belljar.toolbox.check;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.kernel.KernelCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that was found out about a machine, for one user.
 *
 * @param release of the kernel: {@code 6.1.0-18-amd64}
 * @param user the name of the caller
 * @param privileged whether the caller may make namespaces without a user namespace
 * @param configuration empty where none can be read
 * @param namespaces how making each kind went; without those that the kernel does not have
 * @param ordinary how it went when a user without privileges made a user namespace; empty when that
 *     could not be tried
 * @param container how all went together that a container is made of
 * @param overlay how an overlay went
 * @param cloneIntoGroup how a child in another group went; empty without cgroup v2
 * @param sysctls those that are there, of {@link UserNamespaceItems}'s
 * @param calls how the kernel answered
 * @param idmappedMounts whether it knows them; empty when that cannot be asked
 * @param landlock the version of it; 0 for none
 * @param seccompActions empty list: no filters
 * @param libseccomp its version
 * @param fileSystems those that can be mounted now
 * @param groups the hierarchies
 * @param securityModules those that are active; empty: cannot be read. Without securityfs an empty
 *     list: no trace of AppArmor or SELinux
 * @param subordinateUsers ranges in /etc/subuid for the caller, {@code FIRST:COUNT}
 * @param subordinateGroups ranges in /etc/subgid
 * @param programs where programs are that Belljar uses, or may use, by their names
 * @param networkPlugins the directory and what is in it; empty for none
 */
public record MachineFacts(
    String release,
    String user,
    boolean privileged,
    Optional<KernelConfiguration> configuration,
    Map<NamespaceKind, Trial> namespaces,
    Optional<Trial> ordinary,
    Trial container,
    Trial overlay,
    Optional<Trial> cloneIntoGroup,
    Map<String, String> sysctls,
    Map<KernelCall, KernelCall.Answer> calls,
    Optional<Boolean> idmappedMounts,
    int landlock,
    List<String> seccompActions,
    Optional<String> libseccomp,
    Set<String> fileSystems,
    GroupFacts groups,
    Optional<List<String>> securityModules,
    List<String> subordinateUsers,
    List<String> subordinateGroups,
    Map<String, String> programs,
    Optional<String> networkPlugins) {

  /**
   * The control groups.
   *
   * @param mode {@code v1}, {@code v2}, {@code hybrid}, {@code none}
   * @param v1 each hierarchy's controllers, and whether the caller may make groups in it
   * @param v2 the controllers of version 2
   * @param v2Mounted whether there is one
   * @param v2Writable whether the caller may make groups in it
   */
  public record GroupFacts(
      String mode,
      Map<String, Boolean> v1,
      Set<String> v2,
      boolean v2Mounted,
      boolean v2Writable) {}
}
