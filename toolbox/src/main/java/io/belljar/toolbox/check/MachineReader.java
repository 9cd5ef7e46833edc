package io.belljar.toolbox.check;

import io.belljar.linux.Capability;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.cgroup.CgroupPlace;
import io.belljar.linux.kernel.KernelCall;
import io.belljar.linux.kernel.MountFeatures;
import io.belljar.linux.kernel.SeccompActions;
import io.belljar.linux.proc.ProcException;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.seccomp.LibraryMissingException;
import io.belljar.linux.seccomp.SeccompCompiler;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.toolbox.user.UserNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds out what the machine offers to a caller. */
public final class MachineReader {
  private static final List<String> SYSCTLS =
      List.of(
          "kernel.unprivileged_userns_clone",
          "kernel.apparmor_restrict_unprivileged_userns",
          "user.max_user_namespaces",
          "user.max_mnt_namespaces",
          "user.max_pid_namespaces",
          "user.max_net_namespaces",
          "user.max_ipc_namespaces",
          "user.max_uts_namespaces",
          "user.max_cgroup_namespaces",
          "user.max_time_namespaces",
          "kernel.yama.ptrace_scope",
          "kernel.unprivileged_bpf_disabled");

  private static final List<String> PROGRAMS =
      List.of("newuidmap", "newgidmap", "criu", "nft", "iptables", "fuse-overlayfs", "slirp4netns");

  private static final List<String> PROGRAM_DIRECTORIES =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private static final List<String> PLUGIN_DIRECTORIES =
      List.of("/opt/cni/bin", "/usr/lib/cni", "/usr/libexec/cni");

  private final ProcFs proc = ProcFs.host();
  private final int pid;
  private final long uid;
  private final Trials trials;
  private final boolean privileged;

  private MachineReader(Function<Plan, Outcome> launcher, int pid, long uid, long gid) {
    this.pid = pid;
    this.uid = uid;
    this.privileged = has(Capability.CAP_SYS_ADMIN);
    this.trials = new Trials(launcher, uid, gid, privileged);
  }

  /**
   * Finds it out, by reading and by trying.
   *
   * @param launcher carries plans out, each to its end
   * @param pid the launcher
   */
  public static MachineFacts read(Function<Plan, Outcome> launcher, int pid, long uid, long gid) {
    return new MachineReader(launcher, pid, uid, gid).read();
  }

  private MachineFacts read() {
    String release = System.getProperty("os.version");
    String user = UserNames.ofHost().name(uid);
    Optional<CgroupLayout> layout = layout();
    return new MachineFacts(
        release,
        user,
        privileged,
        KernelConfiguration.read(release),
        namespaces(),
        ordinary(),
        trials.container(),
        trials.overlay(),
        layout
            .flatMap(CgroupLayout::v2)
            .flatMap(hierarchy -> hierarchy.place().ownDirectory())
            .map(trials::cloneIntoGroup),
        sysctls(),
        calls(),
        MountFeatures.knowsIdmappedMounts(),
        KernelCall.landlockVersion(),
        SeccompActions.available(),
        libseccomp(),
        proc.filesystems(),
        groups(layout),
        securityModules(),
        ranges("/etc/subuid", user),
        ranges("/etc/subgid", user),
        programs(),
        plugins());
  }

  private boolean has(Capability capability) {
    return proc.status(pid)
        .filter(status -> (status.capabilities().effective() & capability.bit()) != 0)
        .isPresent();
  }

  private Map<NamespaceKind, Trial> namespaces() {
    Map<NamespaceKind, Trial> all = new EnumMap<>(NamespaceKind.class);
    for (NamespaceKind kind : NamespaceKind.values()) {
      if (proc.namespace(pid, kind).isPresent()) {
        all.put(kind, trials.namespace(kind));
      }
    }
    return all;
  }

  private Optional<Trial> ordinary() {
    if (!privileged) {
      return Optional.of(trials.namespace(NamespaceKind.USER));
    }
    return has(Capability.CAP_SETUID) && has(Capability.CAP_SETGID)
        ? Optional.of(trials.userNamespaceOfNobody())
        : Optional.empty();
  }

  private Optional<CgroupLayout> layout() {
    try {
      return CgroupLayout.detect(proc, pid, Path.of("/"));
    } catch (ProcException _) {
      return Optional.empty();
    }
  }

  private static MachineFacts.GroupFacts groups(Optional<CgroupLayout> layout) {
    Map<String, Boolean> v1 = new LinkedHashMap<>();
    layout
        .map(CgroupLayout::v1)
        .orElse(List.of())
        .forEach(hierarchy -> v1.put(hierarchy.label(), isWritable(hierarchy.place())));
    return new MachineFacts.GroupFacts(
        layout
            .map(CgroupLayout::mode)
            .orElse(CgroupLayout.Mode.NONE)
            .name()
            .toLowerCase(Locale.ROOT),
        v1,
        layout.flatMap(CgroupLayout::v2).map(hierarchy -> hierarchy.controllers()).orElse(Set.of()),
        layout.flatMap(CgroupLayout::v2).isPresent(),
        layout
            .flatMap(CgroupLayout::v2)
            .filter(hierarchy -> isWritable(hierarchy.place()))
            .isPresent());
  }

  /** access(2) for writing: false as well where the mount is read-only. */
  private static boolean isWritable(CgroupPlace place) {
    return place.ownDirectory().filter(path -> Files.isWritable(Path.of(path))).isPresent();
  }

  private Map<String, String> sysctls() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : SYSCTLS) {
      try {
        proc.sysctl(name).ifPresent(value -> values.put(name, value));
      } catch (ProcException _) {
        // Only root may read some.
      }
    }
    return values;
  }

  private static Map<KernelCall, KernelCall.Answer> calls() {
    Map<KernelCall, KernelCall.Answer> answers = new EnumMap<>(KernelCall.class);
    for (KernelCall call : KernelCall.values()) {
      answers.put(call, call.ask());
    }
    return answers;
  }

  private static Optional<String> libseccomp() {
    try {
      return Optional.of(SeccompCompiler.libraryVersion());
    } catch (LibraryMissingException _) {
      return Optional.empty();
    }
  }

  /** Where securityfs is not mounted, the traces of the two that give labels. */
  private Optional<List<String>> securityModules() {
    try {
      return Optional.of(
          List.of(Files.readString(Path.of("/sys/kernel/security/lsm")).strip().split(",")));
    } catch (IOException _) {
      List<String> traces = new ArrayList<>();
      if (Files.exists(Path.of("/sys/module/apparmor"))) {
        traces.add("apparmor");
      }
      if (proc.filesystems().contains("selinuxfs")) {
        traces.add("selinux");
      }
      return traces.isEmpty() ? Optional.of(List.of()) : Optional.empty();
    }
  }

  /** subuid(5): the user by name or by number. */
  private List<String> ranges(String file, String user) {
    try {
      return Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1).stream()
          .map(line -> line.strip().split(":"))
          .filter(fields -> fields.length == 3)
          .filter(fields -> fields[0].equals(user) || fields[0].equals(Long.toString(uid)))
          .map(fields -> fields[1] + ":" + fields[2])
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  private static Map<String, String> programs() {
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : PROGRAMS) {
      PROGRAM_DIRECTORIES.stream()
          .map(directory -> Path.of(directory, name))
          .filter(Files::isExecutable)
          .findFirst()
          .ifPresent(path -> found.put(name, path.toString()));
    }
    return found;
  }

  private static Optional<String> plugins() {
    for (String directory : PLUGIN_DIRECTORIES) {
      List<String> names = new ArrayList<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory))) {
        entries.forEach(entry -> names.add(entry.getFileName().toString()));
      } catch (IOException _) {
        continue;
      }
      if (!names.isEmpty()) {
        names.sort(null);
        return Optional.of(directory + ": " + String.join(", ", names));
      }
    }
    return Optional.empty();
  }
}
