package io.belljar.spec.config;

import io.belljar.spec.linux.Linux;
import io.belljar.spec.order.Ordered;
import io.belljar.spec.process.Process;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code config.json}: a container (runtime-spec 1.3, config.md and config-linux.md).
 *
 * <p>Read by {@link ConfigReader}, which refuses what is malformed; {@link ConfigValidator} refuses
 * what does not fit together.
 *
 * @param ociVersion the version of the specification that the bundle follows
 * @param root the root file system
 * @param process the program; a container can be described, but not made, without it
 * @param hostname the UTS namespace's host name
 * @param domainname its NIS domain name
 * @param mounts in the order in which they are made
 * @param hooks programs of the engine
 * @param annotations anything; keys are not empty
 * @param linux namespaces, limits and the rest
 */
public record Config(
    String ociVersion,
    Root root,
    Optional<Process> process,
    Optional<String> hostname,
    Optional<String> domainname,
    List<Mount> mounts,
    Hooks hooks,
    Map<String, String> annotations,
    Linux linux) {
  /** The version of the specification that is written and that errors refer to. */
  public static final String OCI_VERSION = "1.3.0";

  public Config {
    mounts = List.copyOf(mounts);
    annotations = Ordered.copy(annotations);
  }

  /** A configuration of version {@link #OCI_VERSION} with nothing but a root. */
  public static Builder builder(Root root) {
    return new Builder(root);
  }

  /** From this one, to change single properties. */
  public Builder toBuilder() {
    return new Builder(root).from(this);
  }

  /** Makes a configuration. */
  public static final class Builder {
    private String ociVersion = OCI_VERSION;
    private Root root;
    private Optional<Process> process = Optional.empty();
    private Optional<String> hostname = Optional.empty();
    private Optional<String> domainname = Optional.empty();
    private List<Mount> mounts = List.of();
    private Hooks hooks = Hooks.NONE;
    private Map<String, String> annotations = Map.of();
    private Linux linux = Linux.NONE;

    private Builder(Root root) {
      this.root = root;
    }

    private Builder from(Config config) {
      ociVersion = config.ociVersion;
      process = config.process;
      hostname = config.hostname;
      domainname = config.domainname;
      mounts = config.mounts;
      hooks = config.hooks;
      annotations = config.annotations;
      linux = config.linux;
      return this;
    }

    public Builder ociVersion(String version) {
      this.ociVersion = version;
      return this;
    }

    public Builder root(Root rootfs) {
      this.root = rootfs;
      return this;
    }

    public Builder process(Optional<Process> program) {
      this.process = program;
      return this;
    }

    public Builder hostname(Optional<String> name) {
      this.hostname = name;
      return this;
    }

    public Builder domainname(Optional<String> name) {
      this.domainname = name;
      return this;
    }

    public Builder mounts(List<Mount> list) {
      this.mounts = list;
      return this;
    }

    public Builder hooks(Hooks programs) {
      this.hooks = programs;
      return this;
    }

    public Builder annotations(Map<String, String> metadata) {
      this.annotations = metadata;
      return this;
    }

    public Builder linux(Linux settings) {
      this.linux = settings;
      return this;
    }

    public Config build() {
      return new Config(
          ociVersion, root, process, hostname, domainname, mounts, hooks, annotations, linux);
    }
  }
}
