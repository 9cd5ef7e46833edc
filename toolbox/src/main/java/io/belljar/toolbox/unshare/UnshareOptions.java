package io.belljar.toolbox.unshare;

import io.belljar.linux.NamespaceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of unshare(1), as they were typed.
 *
 * @param namespaces the new ones
 * @param mapping users and groups of a new user namespace
 * @param files what the command sees as its files
 * @param start how the command is started
 * @param clocks of a new time namespace
 * @param environment of the command
 * @param command the command and its arguments; empty for the user's shell
 */
public record UnshareOptions(
    Namespaces namespaces,
    Mapping mapping,
    Files files,
    Start start,
    Clocks clocks,
    Variables environment,
    List<String> command) {

  /** In {@link Mapping}: the caller, mapped to itself. */
  public static final String CALLER = "";

  public UnshareOptions {
    command = List.copyOf(command);
  }

  /**
   * {@code -m -u -i -n -p -U -C -T}.
   *
   * @param kinds the new ones
   * @param pins files that are to keep a namespace alive, as it is mounted on them
   */
  public record Namespaces(Set<NamespaceKind> kinds, Map<NamespaceKind, String> pins) {
    public Namespaces {
      kinds = Set.copyOf(kinds);
      pins = Map.copyOf(pins);
    }
  }

  /**
   * Each asks for a user namespace but {@code setgroups}.
   *
   * @param user {@code --map-user}: a number, a name, or {@link #CALLER}
   * @param group {@code --map-group}: likewise
   * @param users {@code --map-users}: auto, subids, all, or a range
   * @param groups {@code --map-groups}: likewise
   * @param setgroups {@code --setgroups}: allow or deny
   * @param owner {@code --owner}: uid:gid
   */
  public record Mapping(
      Optional<String> user,
      Optional<String> group,
      List<String> users,
      List<String> groups,
      Optional<String> setgroups,
      Optional<String> owner) {
    /** No maps. */
    public static final Mapping NONE =
        new Mapping(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    public Mapping {
      users = List.copyOf(users);
      groups = List.copyOf(groups);
    }

    boolean isAsked() {
      return user.isPresent()
          || group.isPresent()
          || owner.isPresent()
          || !users.isEmpty()
          || !groups.isEmpty();
    }
  }

  /**
   * What the command sees as its files.
   *
   * @param proc {@code --mount-proc}: where
   * @param binfmt {@code --mount-binfmt}: where
   * @param interpreter {@code --load-interp}: what is written to binfmt_misc's register
   * @param propagation {@code --propagation}
   * @param root {@code --root}
   * @param directory {@code --wd}
   */
  public record Files(
      Optional<String> proc,
      Optional<String> binfmt,
      Optional<String> interpreter,
      Optional<String> propagation,
      Optional<String> root,
      Optional<String> directory) {
    /** As the caller has them. */
    public static final Files SAME =
        new Files(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /**
   * How the command is started.
   *
   * @param fork {@code --fork}
   * @param killChild {@code --kill-child}: a signal's name
   * @param forwardSignals {@code --forward-signals}
   * @param uid {@code --setuid}
   * @param gid {@code --setgid}
   * @param keepCapabilities {@code --keep-caps}
   */
  public record Start(
      boolean fork,
      Optional<String> killChild,
      boolean forwardSignals,
      Optional<String> uid,
      Optional<String> gid,
      boolean keepCapabilities) {
    /** The launcher itself becomes the command, as the caller's user. */
    public static final Start SAME =
        new Start(false, Optional.empty(), false, Optional.empty(), Optional.empty(), false);

    boolean forks() {
      return fork || killChild.isPresent() || forwardSignals;
    }
  }

  /**
   * How clocks are shifted.
   *
   * @param monotonic {@code --monotonic}: seconds
   * @param boottime {@code --boottime}: seconds
   */
  public record Clocks(Optional<String> monotonic, Optional<String> boottime) {
    /** Not shifted. */
    public static final Clocks SAME = new Clocks(Optional.empty(), Optional.empty());

    boolean isAsked() {
      return monotonic.isPresent() || boottime.isPresent();
    }
  }

  /**
   * What is left of the caller's environment.
   *
   * @param clear {@code --clear-env}
   * @param kept {@code --whitelist-env}: the names that stay; empty for all, unless {@code clear}
   */
  public record Variables(boolean clear, List<String> kept) {
    /** The caller's. */
    public static final Variables SAME = new Variables(false, List.of());

    public Variables {
      kept = List.copyOf(kept);
    }
  }
}
