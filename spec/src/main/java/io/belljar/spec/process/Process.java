package io.belljar.spec.process;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code process}; also the document of {@code exec --process}.
 *
 * @param terminal whether it gets a terminal
 * @param consoleSize the terminal's size
 * @param user who it runs as
 * @param args the program and its arguments, at least one
 * @param env {@code NAME=value}
 * @param cwd the working directory, absolute, in the container
 * @param capabilities absent: the container's for a joining process, otherwise none
 * @param rlimits resource limits; those not named are inherited
 * @param noNewPrivileges prctl(PR_SET_NO_NEW_PRIVS)
 * @param apparmorProfile the AppArmor profile
 * @param selinuxLabel the SELinux label
 * @param oomScoreAdj −1000 to 1000; absent means inherited
 * @param scheduler scheduling
 * @param ioPriority I/O scheduling
 * @param execCpuAffinity CPUs of joining processes
 */
@SuppressWarnings("AvoidCommonTypeNames") // the document calls it so
public record Process(
    boolean terminal,
    Optional<ConsoleSize> consoleSize,
    User user,
    List<String> args,
    List<String> env,
    String cwd,
    Optional<Capabilities> capabilities,
    List<Rlimit> rlimits,
    boolean noNewPrivileges,
    Optional<String> apparmorProfile,
    Optional<String> selinuxLabel,
    OptionalInt oomScoreAdj,
    Optional<Scheduler> scheduler,
    Optional<IoPriority> ioPriority,
    Optional<ExecCpuAffinity> execCpuAffinity) {
  public Process {
    args = List.copyOf(args);
    env = List.copyOf(env);
    rlimits = List.copyOf(rlimits);
  }

  /** A process of root in {@code /} without environment, capabilities and limits. */
  public static Builder builder(List<String> args) {
    return new Builder(args);
  }

  /** From this one, to change single properties. */
  public Builder toBuilder() {
    return new Builder(args).from(this);
  }

  /** Makes a process. */
  public static final class Builder {
    private boolean terminal;
    private Optional<ConsoleSize> consoleSize = Optional.empty();
    private User user = User.ROOT;
    private List<String> args;
    private List<String> env = List.of();
    private String cwd = "/";
    private Optional<Capabilities> capabilities = Optional.empty();
    private List<Rlimit> rlimits = List.of();
    private boolean noNewPrivileges;
    private Optional<String> apparmorProfile = Optional.empty();
    private Optional<String> selinuxLabel = Optional.empty();
    private OptionalInt oomScoreAdj = OptionalInt.empty();
    private Optional<Scheduler> scheduler = Optional.empty();
    private Optional<IoPriority> ioPriority = Optional.empty();
    private Optional<ExecCpuAffinity> execCpuAffinity = Optional.empty();

    private Builder(List<String> args) {
      this.args = args;
    }

    private Builder from(Process process) {
      terminal = process.terminal;
      consoleSize = process.consoleSize;
      user = process.user;
      env = process.env;
      cwd = process.cwd;
      capabilities = process.capabilities;
      rlimits = process.rlimits;
      noNewPrivileges = process.noNewPrivileges;
      apparmorProfile = process.apparmorProfile;
      selinuxLabel = process.selinuxLabel;
      oomScoreAdj = process.oomScoreAdj;
      scheduler = process.scheduler;
      ioPriority = process.ioPriority;
      execCpuAffinity = process.execCpuAffinity;
      return this;
    }

    public Builder terminal(boolean wanted) {
      this.terminal = wanted;
      return this;
    }

    public Builder consoleSize(Optional<ConsoleSize> size) {
      this.consoleSize = size;
      return this;
    }

    public Builder user(User identity) {
      this.user = identity;
      return this;
    }

    public Builder args(List<String> command) {
      this.args = command;
      return this;
    }

    public Builder env(List<String> variables) {
      this.env = variables;
      return this;
    }

    public Builder cwd(String directory) {
      this.cwd = directory;
      return this;
    }

    public Builder capabilities(Optional<Capabilities> sets) {
      this.capabilities = sets;
      return this;
    }

    public Builder rlimits(List<Rlimit> limits) {
      this.rlimits = limits;
      return this;
    }

    public Builder noNewPrivileges(boolean set) {
      this.noNewPrivileges = set;
      return this;
    }

    public Builder apparmorProfile(Optional<String> profile) {
      this.apparmorProfile = profile;
      return this;
    }

    public Builder selinuxLabel(Optional<String> label) {
      this.selinuxLabel = label;
      return this;
    }

    public Builder oomScoreAdj(OptionalInt score) {
      this.oomScoreAdj = score;
      return this;
    }

    public Builder scheduler(Optional<Scheduler> attributes) {
      this.scheduler = attributes;
      return this;
    }

    public Builder ioPriority(Optional<IoPriority> priority) {
      this.ioPriority = priority;
      return this;
    }

    public Builder execCpuAffinity(Optional<ExecCpuAffinity> affinity) {
      this.execCpuAffinity = affinity;
      return this;
    }

    public Process build() {
      return new Process(
          terminal,
          consoleSize,
          user,
          args,
          env,
          cwd,
          capabilities,
          rlimits,
          noNewPrivileges,
          apparmorProfile,
          selinuxLabel,
          oomScoreAdj,
          scheduler,
          ioPriority,
          execCpuAffinity);
    }
  }
}
