package io.belljar.runtime.container;

import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.process.Capabilities;
import io.belljar.spec.process.Capability;
import io.belljar.spec.process.Process;
import io.belljar.spec.process.User;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of {@code exec}, where the process is not described by a document of its own.
 *
 * @param args the command
 * @param cwd the working directory
 * @param env variables to add to the container's
 * @param user the user and group
 * @param additionalGids groups to add
 * @param capabilities capabilities to add
 * @param terminal whether it gets a terminal
 * @param noNewPrivileges sets no_new_privs, even where the container's process has it not
 * @param apparmorProfile another profile than the container's
 * @param selinuxLabel another label than the container's
 */
public record ExecOptions(
    List<String> args,
    Optional<String> cwd,
    List<String> env,
    Optional<User> user,
    List<Long> additionalGids,
    List<Capability> capabilities,
    boolean terminal,
    boolean noNewPrivileges,
    Optional<String> apparmorProfile,
    Optional<String> selinuxLabel) {
  public ExecOptions {
    args = List.copyOf(args);
    env = List.copyOf(env);
    additionalGids = List.copyOf(additionalGids);
    capabilities = List.copyOf(capabilities);
    if (args.isEmpty()) {
      throw new InvalidRequestException("exec: no command to run");
    }
  }

  /** The process that these options make of the container's own. */
  public Process applyTo(Process container) {
    List<String> environment = new ArrayList<>(container.env());
    environment.addAll(env);
    User identity = user.orElse(container.user());
    List<Long> groups = new ArrayList<>(identity.additionalGids());
    groups.addAll(additionalGids);
    return container.toBuilder()
        .args(args)
        .cwd(cwd.orElse(container.cwd()))
        .env(environment)
        .user(identity.withAdditionalGids(groups))
        .capabilities(container.capabilities().map(this::add).or(this::onlyAdded))
        .terminal(terminal)
        .consoleSize(Optional.empty())
        .noNewPrivileges(noNewPrivileges || container.noNewPrivileges())
        .apparmorProfile(apparmorProfile.or(container::apparmorProfile))
        .selinuxLabel(selinuxLabel.or(container::selinuxLabel))
        .build();
  }

  private Optional<Capabilities> onlyAdded() {
    return capabilities.isEmpty() ? Optional.empty() : Optional.of(add(Capabilities.NONE));
  }

  // Not inheritable and not ambient: those would reach programs that are to have none of them
  // (CVE-2022-29162).
  private Capabilities add(Capabilities sets) {
    return new Capabilities(
        with(sets.bounding()),
        with(sets.effective()),
        sets.inheritable(),
        with(sets.permitted()),
        sets.ambient());
  }

  private Set<Capability> with(Set<Capability> set) {
    Set<Capability> extended = new LinkedHashSet<>(set);
    extended.addAll(capabilities);
    return extended;
  }
}
