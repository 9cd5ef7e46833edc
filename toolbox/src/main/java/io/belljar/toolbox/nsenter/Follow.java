package io.belljar.toolbox.nsenter;

import io.belljar.linux.NamespaceKind;
import io.belljar.toolbox.command.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** What is taken from the target, where the options ask for it. */
final class Follow {
  private static final long MOST_ID = 0xFFFF_FFFFL;

  private final NsenterOptions options;
  private final NsenterFacts facts;

  Follow(NsenterOptions options, NsenterFacts facts) {
    this.options = options;
    this.facts = facts;
    options
        .target()
        .filter(text -> !text.matches("[0-9]{1,9}"))
        .ifPresent(text -> {
          throw new Refusal("failed to parse pid: '" + text + "'");
        });
  }

  /** The kinds that {@code --all} enters. */
  Set<NamespaceKind> usable() {
    if (options.target().isEmpty()) {
      throw new Refusal("no target PID specified for --all");
    }
    return facts
        .target()
        .orElseThrow(() ->
            new Refusal(
                "stat of /proc/%s/ns/user failed: No such file or directory"
                    .formatted(options.target().get())))
        .usable();
  }

  /** A file of the target's in /proc. */
  String path(String name) {
    String pid =
        options
            .target()
            .orElseThrow(() -> new Refusal("neither filename nor target pid supplied for " + name));
    String path = "/proc/" + pid + "/" + name;
    if (facts.target().isEmpty()) {
      throw new Refusal("cannot open " + path + ": No such file or directory");
    }
    return path;
  }

  private NsenterFacts.Target target(String file) {
    path(file);
    return facts.target().orElseThrow();
  }

  /**
   * The command's environment. As long as programs are the caller's own, the target has no say in
   * which they are and what they load: its variables are set, but for those that decide that.
   *
   * @param inside whether programs and libraries are those of the target's mount namespace or root
   */
  List<String> environment(boolean inside) {
    if (!options.taken().environment()) {
      return facts.caller().environment();
    }
    List<String> followed =
        target("environ")
            .environment()
            .orElseThrow(
                () -> new Refusal("cannot open " + path("environ") + ": Permission denied"));
    return inside
        ? followed
        : Stream.concat(
                followed.stream().filter(entry -> !ProgramVariables.decide(entry)),
                facts.caller().environment().stream().filter(ProgramVariables::decide))
            .toList();
  }

  /** The user that was asked for. */
  OptionalLong uid() {
    return id("uid", options.identity().uid(), true);
  }

  /** The group that was asked for. */
  OptionalLong gid() {
    return id("gid", options.identity().gid(), false);
  }

  private OptionalLong id(String what, Optional<String> typed, boolean user) {
    if (typed.isEmpty()) {
      return OptionalLong.empty();
    }
    String text = typed.get();
    if (text.equals("follow")) {
      return OptionalLong.of(user ? target("").uid() : target("").gid());
    }
    if (!text.matches("\\+?[0-9]{1,10}") || Long.parseLong(text) > MOST_ID) {
      throw new Refusal("failed to parse %s: '%s'".formatted(what, text));
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /**
   * The SELinux context that the command is to run in. As in util-linux, the option is without
   * effect where there is none.
   */
  Optional<String> context() {
    if (!options.taken().context() || !facts.selinux()) {
      return Optional.empty();
    }
    String pid =
        options
            .target()
            .orElseThrow(() -> new Refusal("no target PID specified for --follow-context"));
    return Optional.of(
        facts
            .target()
            .flatMap(NsenterFacts.Target::context)
            .orElseThrow(() -> new Refusal("failed to get " + pid + " SELinux context")));
  }

  /** The process that holds what is asked for; its pidfd. */
  void requireTarget() {
    if (options.target().isEmpty()) {
      throw new Refusal("no target PID specified");
    }
    path("");
  }

  /** The file through which a process joins the target's cgroup. */
  String cgroupProcs() {
    if (!facts.unifiedCgroups()) {
      throw new Refusal("--join-cgroup is only supported in cgroup v2");
    }
    String group =
        target("cgroup").cgroup().orElseThrow(() -> new Refusal("failed to get cgroup path"));
    return "/sys/fs/cgroup" + (group.equals("/") ? "" : group) + "/cgroup.procs";
  }
}
