package io.belljar.assembly;

import io.belljar.CallFilter;
import io.belljar.InvalidIsolationException;
import io.belljar.Isolation;
import io.belljar.Sharing;
import io.belljar.Ulimit;
import io.belljar.linux.Capability;
import io.belljar.runtime.seccomp.DefaultProfile;
import io.belljar.runtime.user.ContainerUser;
import io.belljar.runtime.user.UserException;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.Root;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.process.Capabilities;
import io.belljar.spec.process.Process;
import io.belljar.spec.process.Rlimit;
import io.belljar.spec.process.RlimitType;
import io.belljar.spec.process.User;
import io.belljar.spec.seccomp.Seccomp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the configuration of a container from its description. Pure. */
public final class Assembly {
  private final Isolation isolation;
  private final Situation situation;
  private final boolean privileged;
  private final Set<Capability> capabilities;

  private Assembly(Isolation isolation, Situation situation) {
    this.isolation = isolation;
    this.situation = situation;
    this.privileged = isolation.privileges().all();
    this.capabilities = capabilities();
  }

  /**
   * The configuration.
   *
   * @throws InvalidIsolationException naming the part that cannot be carried out
   */
  public static Config config(Isolation isolation, Situation situation) {
    return new Assembly(isolation, situation).config();
  }

  private Config config() {
    return Config.builder(new Root(situation.rootfs().toString(), isolation.readOnlyRoot()))
        .process(Optional.of(process()))
        .hostname(hostname())
        .mounts(MountAssembly.mounts(isolation, situation))
        .linux(linux())
        .build();
  }

  private Optional<String> hostname() {
    boolean own = isolation.namespaces().uts().equals(Sharing.PRIVATE);
    if (!own && isolation.hostname().isPresent()) {
      throw new InvalidIsolationException(
          "hostname", "\"" + isolation.hostname().get() + "\" would be that of others too (--uts)");
    }
    if (isolation.hostname().filter(name -> name.length() > 63).isPresent()) {
      throw new InvalidIsolationException("hostname", "has more than 63 characters");
    }
    return own ? Optional.of(ownHostname()) : Optional.empty();
  }

  private String ownHostname() {
    return isolation.hostname().orElseGet(() -> situation.hostname(isolation.name()));
  }

  private Process process() {
    if (!isolation.workingDirectory().startsWith("/")) {
      throw new InvalidIsolationException(
          "workdir", "\"" + isolation.workingDirectory() + "\" is not an absolute path");
    }
    return Process.builder(isolation.command())
        .terminal(isolation.terminal())
        .user(user())
        .env(environment())
        .cwd(isolation.workingDirectory())
        .capabilities(Optional.of(capabilitySets()))
        .rlimits(isolation.ulimits().stream().map(Assembly::rlimit).toList())
        .noNewPrivileges(isolation.privileges().noNewPrivileges())
        .build();
  }

  /** Docker lists the primary group among the others, too (CVE-2022-36109). */
  private User user() {
    ContainerUser user = account();
    Set<Long> groups = new LinkedHashSet<>();
    groups.add((long) user.gid());
    user.groups().forEach(gid -> groups.add((long) gid));
    if (situation.ordinary().isPresent()) {
      situation.ordinary().get().require(user);
      groups.removeIf(gid -> !situation.ordinary().get().setsGroup(gid));
    }
    return User.of(user.uid(), user.gid()).withAdditionalGids(List.copyOf(groups));
  }

  private ContainerUser account() {
    try {
      return situation.accounts().resolve(isolation.user(), ContainerUser.ROOT);
    } catch (UserException e) {
      throw new InvalidIsolationException("user", e.getMessage());
    }
  }

  /** A root's file must not smuggle a second line into whatever copies the variable. */
  private String home() {
    String home = account().home();
    return home.isEmpty() || home.chars().anyMatch(c -> c < ' ') ? "/" : home;
  }

  private List<String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    List<String> entries = new ArrayList<>(List.of(DockerDefaults.PATH));
    if (isolation.namespaces().uts().equals(Sharing.PRIVATE)) {
      entries.add("HOSTNAME=" + ownHostname());
    }
    if (isolation.terminal()) {
      entries.add("TERM=xterm");
    }
    entries.add("HOME=" + home());
    entries.addAll(isolation.environment());
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      if (equals <= 0) {
        throw new InvalidIsolationException("env", "\"" + entry + "\" is not NAME=value");
      }
      variables.put(entry.substring(0, equals), entry);
    }
    return List.copyOf(variables.values());
  }

  private static Rlimit rlimit(Ulimit ulimit) {
    String name = "RLIMIT_" + ulimit.name().toUpperCase(Locale.ROOT);
    RlimitType type =
        RlimitType.VOCABULARY
            .find(name)
            .orElseThrow(() ->
                new InvalidIsolationException(
                    "ulimit", "\"" + ulimit.name() + "\" is not a limit, such as nofile"));
    if (Long.compareUnsigned(ulimit.soft(), ulimit.hard()) > 0) {
      throw new InvalidIsolationException(
          "ulimit",
          "%s: the soft limit %d is above the hard one, %d"
              .formatted(ulimit.name(), ulimit.soft(), ulimit.hard()));
    }
    return new Rlimit(type, ulimit.hard(), ulimit.soft());
  }

  /** As Docker does it: what is added is there even if it is dropped too, but for "all". */
  private Set<Capability> capabilities() {
    Set<Capability> grantable = Capability.setOf(situation.grantable());
    if (privileged) {
      return grantable;
    }
    Set<Capability> added = isolation.privileges().added();
    Set<Capability> dropped = isolation.privileges().dropped();
    Set<Capability> result = new LinkedHashSet<>();
    if (isAll(added)) {
      result.addAll(grantable);
      result.removeAll(dropped);
      return Capability.setOf(Capability.mask(result));
    }
    for (Capability capability : added) {
      if (!grantable.contains(capability)) {
        throw new InvalidIsolationException(
            "cap-add", capability + " is none that the caller has, so it cannot be passed on");
      }
    }
    if (!isAll(dropped)) {
      result.addAll(DockerDefaults.capabilities());
      result.removeAll(dropped);
      result.retainAll(grantable);
    }
    result.addAll(added);
    return Capability.setOf(Capability.mask(result));
  }

  private static boolean isAll(Set<Capability> capabilities) {
    return capabilities.containsAll(List.of(Capability.values()));
  }

  private Capabilities capabilitySets() {
    Set<io.belljar.spec.process.Capability> words = new LinkedHashSet<>();
    for (Capability capability : capabilities) {
      words.add(io.belljar.spec.process.Capability.valueOf(capability.name()));
    }
    // Nothing inheritable (CVE-2022-24769): a program of another user would get it by its file.
    return new Capabilities(words, words, Set.of(), words, Set.of());
  }

  private Linux linux() {
    var namespaces = new NamespaceAssembly(isolation.namespaces(), situation);
    Linux.Builder linux =
        Linux.builder()
            .namespaces(namespaces.namespaces())
            .uidMappings(namespaces.userMappings())
            .gidMappings(namespaces.groupMappings())
            .resources(ResourceAssembly.resources(isolation, situation))
            .devices(ResourceAssembly.nodes(isolation, situation))
            .seccomp(seccomp());
    if (!privileged) {
      linux.maskedPaths(DockerDefaults.MASKED_PATHS).readonlyPaths(DockerDefaults.READONLY_PATHS);
    }
    return linux.build();
  }

  private Optional<Seccomp> seccomp() {
    return switch (isolation.privileges().calls()) {
      case CallFilter.Default _ ->
          privileged
              ? Optional.empty()
              : Optional.of(DefaultProfile.resolve(capabilities, situation.facts().kernel()));
      case CallFilter.Unconfined _ -> Optional.empty();
      case CallFilter.Profile profile ->
          Optional.of(
              SeccompProfile.read(profile.file(), capabilities, situation.facts().kernel()));
    };
  }
}
