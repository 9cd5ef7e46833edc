package io.belljar.runtime.lifecycle;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.container.Output;
import io.belljar.runtime.container.StartMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code create} and {@code run} are asked for. All paths are absolute.
 *
 * @param id the container's name
 * @param bundle its configuration and root
 * @param mode what becomes of the launcher
 * @param terminal where the container's terminal goes, if it has one
 * @param pidFile where the process's id is written
 * @param noPivot {@code --no-pivot}
 * @param newKeyring false with {@code --no-new-keyring}
 * @param preserveFds {@code --preserve-fds}
 * @param systemdCgroup {@code --systemd-cgroup}
 * @param supervised {@code --init}: a first process of ours that reaps
 * @param dieWithLauncher the process ends with its launcher
 * @param output what its standard files are, where they are not the caller's
 * @param finish arguments of the request that the launcher makes after the end; empty for none
 * @param removeOnExit nobody needs the state once the process has ended
 * @param belongings directories that go with the container
 * @param origin what the root was made of, in a few words
 * @param labels kept with the state
 */
public record NewContainer(
    ContainerId id,
    Bundle bundle,
    StartMode mode,
    Terminal terminal,
    Optional<Path> pidFile,
    boolean noPivot,
    boolean newKeyring,
    int preserveFds,
    boolean systemdCgroup,
    boolean supervised,
    boolean dieWithLauncher,
    Optional<Output> output,
    List<String> finish,
    boolean removeOnExit,
    List<Path> belongings,
    String origin,
    Map<String, String> labels) {
  public NewContainer {
    finish = List.copyOf(finish);
    belongings = List.copyOf(belongings);
    labels = Map.copyOf(labels);
  }

  /**
   * Where a container's terminal goes.
   *
   * @param consoleSocket the Unix socket that its master is sent to
   * @param relay whether the launcher relays it to its own
   * @param rows 0 where unknown
   * @param columns 0 where unknown
   */
  public record Terminal(Optional<Path> consoleSocket, boolean relay, int rows, int columns) {
    /** There is none. */
    public static final Terminal NONE = new Terminal(Optional.empty(), false, 0, 0);
  }

  /** The usual: a keyring of its own, everything else off; what is in the foreground is removed. */
  public static Builder of(ContainerId id, Bundle bundle, StartMode mode) {
    return new Builder(id, bundle, mode);
  }

  /** Makes the request of a new container. */
  public static final class Builder {
    private final ContainerId id;
    private final Bundle bundle;
    private final StartMode mode;
    private Terminal terminal = Terminal.NONE;
    private Optional<Path> pidFile = Optional.empty();
    private boolean noPivot;
    private boolean newKeyring = true;
    private int preserveFds;
    private boolean systemdCgroup;
    private boolean supervised;
    private boolean dieWithLauncher;
    private Optional<Output> output = Optional.empty();
    private List<String> finish = List.of();
    private boolean removeOnExit;
    private List<Path> belongings = List.of();
    private String origin = "";
    private Map<String, String> labels = Map.of();

    private Builder(ContainerId id, Bundle bundle, StartMode mode) {
      this.id = id;
      this.bundle = bundle;
      this.mode = mode;
      this.removeOnExit = mode == StartMode.FOREGROUND;
    }

    public Builder terminal(Terminal where) {
      this.terminal = where;
      return this;
    }

    public Builder pidFile(Optional<Path> file) {
      this.pidFile = file;
      return this;
    }

    public Builder noPivot(boolean on) {
      this.noPivot = on;
      return this;
    }

    public Builder newKeyring(boolean on) {
      this.newKeyring = on;
      return this;
    }

    public Builder preserveFds(int count) {
      this.preserveFds = count;
      return this;
    }

    public Builder systemdCgroup(boolean on) {
      this.systemdCgroup = on;
      return this;
    }

    public Builder supervised(boolean on) {
      this.supervised = on;
      return this;
    }

    public Builder dieWithLauncher(boolean on) {
      this.dieWithLauncher = on;
      return this;
    }

    public Builder output(Optional<Output> where) {
      this.output = where;
      return this;
    }

    public Builder finish(List<String> arguments) {
      this.finish = arguments;
      return this;
    }

    public Builder removeOnExit(boolean on) {
      this.removeOnExit = on;
      return this;
    }

    public Builder belongings(List<Path> directories) {
      this.belongings = directories;
      return this;
    }

    public Builder origin(String words) {
      this.origin = words;
      return this;
    }

    public Builder labels(Map<String, String> texts) {
      this.labels = texts;
      return this;
    }

    public NewContainer build() {
      return new NewContainer(
          id,
          bundle,
          mode,
          terminal,
          pidFile,
          noPivot,
          newKeyring,
          preserveFds,
          systemdCgroup,
          supervised,
          dieWithLauncher,
          output,
          finish,
          removeOnExit,
          belongings,
          origin,
          labels);
    }
  }
}
