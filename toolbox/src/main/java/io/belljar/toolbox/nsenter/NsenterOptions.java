package io.belljar.toolbox.nsenter;

import io.belljar.linux.NamespaceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of nsenter(1), as they were typed.
 *
 * @param target {@code --target}: the number of a process
 * @param all {@code --all}
 * @param namespaces those asked for one by one, with the file that was given
 * @param identity who the command is
 * @param place where the command is
 * @param followEnvironment {@code --env}
 * @param joinCgroup {@code --join-cgroup}
 * @param noFork {@code --no-fork}
 * @param command the command and its arguments; empty for the user's shell
 */
public record NsenterOptions(
    Optional<String> target,
    boolean all,
    Map<NamespaceKind, Optional<String>> namespaces,
    Identity identity,
    Place place,
    boolean followEnvironment,
    boolean joinCgroup,
    boolean noFork,
    List<String> command) {

  public NsenterOptions {
    namespaces = Map.copyOf(namespaces);
    command = List.copyOf(command);
  }

  /**
   * Who the command is.
   *
   * @param uid {@code --setuid}: a number, or {@code follow}
   * @param gid {@code --setgid}: a number, or {@code follow}
   * @param preserved {@code --preserve-credentials}
   * @param keepCapabilities {@code --keep-caps}
   */
  public record Identity(
      Optional<String> uid, Optional<String> gid, boolean preserved, boolean keepCapabilities) {
    /** What the namespaces make of it. */
    public static final Identity DEFAULT =
        new Identity(Optional.empty(), Optional.empty(), false, false);
  }

  /**
   * Where the command is.
   *
   * @param root {@code --root}: empty for the target's
   * @param directory {@code --wd}: empty for the target's
   * @param directoryInside {@code --wdns}: a path in the namespace
   */
  public record Place(
      Optional<Optional<String>> root,
      Optional<Optional<String>> directory,
      Optional<String> directoryInside) {
    /** Where the namespaces begin. */
    public static final Place DEFAULT =
        new Place(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
