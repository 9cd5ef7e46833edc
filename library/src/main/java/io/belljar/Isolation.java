package io.belljar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What runs, and how it is isolated: what the options of {@code docker run} say. A value; any
 * number of containers can be started from it, unless it has a name.
 *
 * @param root the root file system
 * @param command the program and its arguments; a program without a slash is looked up in PATH
 * @param name of the container and of its cgroups; absent: 64 random hexadecimal digits
 * @param hostname absent: the name, or the first 12 digits of the id
 * @param environment {@code NAME=value}; PATH, HOME, HOSTNAME, and TERM with a terminal, have
 *     defaults
 * @param workingDirectory absolute, in the container; made where it is missing
 * @param user {@code name|uid[:group|gid]} by the root's own /etc/passwd; empty: root
 * @param limits what it may use
 * @param mounts what it sees besides its root
 * @param readOnlyRoot whether it may not write to its root
 * @param privileges what its processes may do
 * @param namespaces what it shares
 * @param ulimits limits of each process
 * @param devices devices of the host
 * @param init whether a first process of Belljar's reaps orphans and passes signals on
 * @param terminal whether it has a terminal, which the launcher relays to its own streams
 * @param inheritStreams whether its streams are this program's own, instead of pipes
 */
public record Isolation(
    Root root,
    List<String> command,
    Optional<String> name,
    Optional<String> hostname,
    List<String> environment,
    String workingDirectory,
    String user,
    Limits limits,
    List<Mount> mounts,
    boolean readOnlyRoot,
    Privileges privileges,
    Namespaces namespaces,
    List<Ulimit> ulimits,
    List<Device> devices,
    boolean init,
    boolean terminal,
    boolean inheritStreams) {
  public Isolation {
    command = List.copyOf(command);
    environment = List.copyOf(environment);
    mounts = List.copyOf(mounts);
    ulimits = List.copyOf(ulimits);
    devices = List.copyOf(devices);
    if (command.isEmpty()) {
      throw new InvalidIsolationException("command", "is missing");
    }
  }

  /** A command in a root, isolated as by {@code docker run --network none}. */
  public static Builder of(Root root, String... command) {
    return new Builder(root, List.of(command));
  }

  /**
   * Starts a container.
   *
   * @return when the command runs
   * @throws InvalidIsolationException when the description cannot be carried out here
   * @throws StartException when it did not start; nothing is left of it
   */
  public Container start() {
    return Container.start(this);
  }

  /** Makes a description; each method replaces what was said before, unless it says "also". */
  public static final class Builder {
    private final Root root;
    private final List<String> command;
    private Optional<String> name = Optional.empty();
    private Optional<String> hostname = Optional.empty();
    private final List<String> environment = new ArrayList<>();
    private String workingDirectory = "/";
    private String user = "";
    private Limits limits = Limits.NONE;
    private final List<Mount> mounts = new ArrayList<>();
    private boolean readOnlyRoot;
    private Privileges privileges = Privileges.DEFAULT;
    private Namespaces namespaces = Namespaces.DEFAULT;
    private final List<Ulimit> ulimits = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private boolean init;
    private boolean terminal;
    private boolean inheritStreams;

    private Builder(Root root, List<String> command) {
      this.root = root;
      this.command = command;
    }

    /** Letters, digits and {@code _ + - .}; no two containers have the same. */
    public Builder name(String text) {
      this.name = Optional.of(text);
      return this;
    }

    /** What uname(2) says inside. */
    public Builder hostname(String text) {
      this.hostname = Optional.of(text);
      return this;
    }

    /** Also this variable. */
    public Builder env(String variable, String value) {
      environment.add(variable + "=" + value);
      return this;
    }

    /** Where the command starts. */
    public Builder workingDirectory(String path) {
      this.workingDirectory = path;
      return this;
    }

    /** {@code name|uid[:group|gid]}. */
    public Builder user(String text) {
      this.user = text;
      return this;
    }

    /** Changes the limits: {@code limits(l -> l.memory(64 << 20).cpus(0.5))}. */
    public Builder limits(UnaryOperator<Limits> change) {
      this.limits = change.apply(limits);
      return this;
    }

    /** Also this mount; a later one at the same target replaces an earlier one. */
    public Builder mount(Mount mount) {
      mounts.add(mount);
      return this;
    }

    /** Nothing can be written but to mounts. */
    public Builder readOnlyRoot() {
      this.readOnlyRoot = true;
      return this;
    }

    /** Changes the privileges: {@code privileges(p -> p.drop(List.of(CAP_NET_RAW)))}. */
    public Builder privileges(UnaryOperator<Privileges> change) {
      this.privileges = change.apply(privileges);
      return this;
    }

    /** Changes what is shared: {@code namespaces(n -> n.network(Sharing.HOST))}. */
    public Builder namespaces(UnaryOperator<Namespaces> change) {
      this.namespaces = change.apply(namespaces);
      return this;
    }

    /** Also this limit of each process. */
    public Builder ulimit(Ulimit ulimit) {
      ulimits.add(ulimit);
      return this;
    }

    /** Also this device. */
    public Builder device(Device device) {
      devices.add(device);
      return this;
    }

    /** Puts a first process before the command that reaps orphans and passes signals on. */
    public Builder init() {
      this.init = true;
      return this;
    }

    /** Gives the command a terminal. */
    public Builder terminal() {
      this.terminal = true;
      return this;
    }

    /** The container's streams are this program's own. */
    public Builder inheritStreams() {
      this.inheritStreams = true;
      return this;
    }

    /**
     * The description.
     *
     * @throws InvalidIsolationException when there is no command
     */
    public Isolation build() {
      return new Isolation(
          root,
          command,
          name,
          hostname,
          environment,
          workingDirectory,
          user,
          limits,
          mounts,
          readOnlyRoot,
          privileges,
          namespaces,
          ulimits,
          devices,
          init,
          terminal,
          inheritStreams);
    }
  }
}
