package io.belljar.toolbox.nsenter;

import io.belljar.linux.NamespaceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of nsenter(1), as they were typed.
 *
 * @param target {@code --target}: the number of a process
 * @param namespaces which are entered
 * @param identity who the command is
 * @param place where the command is
 * @param taken what else is the target's
 * @param noFork {@code --no-fork}
 * @param command the command and its arguments; empty for the user's shell
 */
public record NsenterOptions(
    Optional<String> target,
    Namespaces namespaces,
    Identity identity,
    Place place,
    Taken taken,
    boolean noFork,
    List<String> command) {

  public NsenterOptions {
    command = List.copyOf(command);
  }

  /**
   * Which namespaces are entered.
   *
   * @param all {@code --all}
   * @param files those asked for one by one, with the file that was given
   * @param userParent {@code --user-parent}: the parent of the user namespace in its place
   * @param netSocket {@code --net-socket}: the network namespace of this descriptor of the target's
   */
  public record Namespaces(
      boolean all,
      Map<NamespaceKind, Optional<String>> files,
      boolean userParent,
      Optional<String> netSocket) {
    public Namespaces {
      files = Map.copyOf(files);
    }

    /** Every one of the target's. */
    public static final Namespaces ALL = new Namespaces(true, Map.of(), false, Optional.empty());
  }

  /**
   * What else is the target's.
   *
   * @param environment {@code --env}
   * @param cgroup {@code --join-cgroup}
   * @param context {@code --follow-context}: the SELinux context
   */
  public record Taken(boolean environment, boolean cgroup, boolean context) {
    /** Nothing. */
    public static final Taken NOTHING = new Taken(false, false, false);
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
