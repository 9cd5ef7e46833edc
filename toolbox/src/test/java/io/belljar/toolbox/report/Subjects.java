package io.belljar.toolbox.report;

import io.belljar.linux.Capability;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.IdMapping;
import io.belljar.linux.proc.ProcessStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Facts as they were read of processes of each kind, to be judged. */
final class Subjects {
  static final long ALL = (1L << 41) - 1;

  /** What Docker gives a container. */
  static final long OF_DOCKER = 0xa80425fbL;

  Set<NamespaceKind> shared = EnumSet.noneOf(NamespaceKind.class);
  Set<NamespaceKind> unknown = EnumSet.noneOf(NamespaceKind.class);
  long capabilities;
  long user = 1000;
  boolean noNewPrivileges = true;
  Optional<Reading<FilterFacts>> filters =
      Optional.of(new Reading.Known<>(new FilterFacts(1, 368, 300, 3, 0, 65, List.of(), false)));
  List<MountFact> mounts = new ArrayList<>();
  List<KernelFileFact> kernelFiles = new ArrayList<>();
  List<SocketFact> sockets = new ArrayList<>();
  List<DeviceFact> devices = new ArrayList<>();
  Optional<Boolean> allDevices = Optional.of(false);
  List<DescriptorFact> descriptors = new ArrayList<>();
  List<LimitFact> limits =
      List.of(limit("memory", "64.0 MiB"), limit("pids", "50"), limit("cpu", "1.00 processors"));
  String root = "/";
  boolean rootWritable;
  List<IdMapping> uidMap = List.of(new IdMapping(0, 0, 4294967295L));
  Optional<String> label = Optional.empty();

  /** Nothing shared but the user namespace, nothing allowed. */
  static Subjects hardened() {
    Subjects subject = new Subjects();
    subject.shared = EnumSet.of(NamespaceKind.USER, NamespaceKind.TIME);
    return subject;
  }

  /** A container as Docker makes it. */
  static Subjects docker() {
    Subjects subject = hardened();
    subject.user = 0;
    subject.capabilities = OF_DOCKER;
    subject.noNewPrivileges = false;
    subject.rootWritable = true;
    subject.limits = List.of();
    return subject;
  }

  /** A shell of root's. */
  static Subjects shell() {
    Subjects subject = docker();
    subject.shared = EnumSet.allOf(NamespaceKind.class);
    subject.capabilities = ALL;
    subject.filters = Optional.empty();
    subject.allDevices = Optional.of(true);
    return subject;
  }

  static LimitFact limit(String resource, String limit) {
    return new LimitFact(resource, Optional.of(limit), Optional.empty(), "/x");
  }

  Subject build() {
    return new Subject(
        4242,
        "sleep 1000",
        new ProcessStatus(
            "sleep",
            4242,
            1,
            022,
            List.of(user, user, user, user),
            List.of(user, user, user, user),
            List.of(),
            List.of(4242, 1),
            1,
            new ProcessStatus.Capabilities(0, capabilities, capabilities, capabilities, 0),
            noNewPrivileges,
            filters.isPresent() ? 2 : 0,
            filters.isPresent() ? 1 : 0),
        List.of(),
        Arrays.stream(NamespaceKind.values())
            .map(kind ->
                new NamespaceFact(
                    kind,
                    unknown.contains(kind)
                        ? Sharing.UNKNOWN
                        : shared.contains(kind) ? Sharing.HOST : Sharing.OWN,
                    kind + ":[1]"))
            .toList(),
        new Reading.Known<>(uidMap),
        new Reading.Known<>(root),
        filters,
        new Confinement(
            new Reading.Known<>(label.isPresent() ? List.of("apparmor") : List.of("yama")),
            label,
            Optional.of(true),
            OptionalInt.of(1)),
        Optional.of(rootWritable),
        new Reading.Known<>(mounts),
        kernelFiles,
        new Reading.Known<>(sockets),
        new Reading.Known<>(devices),
        allDevices,
        new Reading.Known<>(descriptors),
        limits,
        new Reading.Known<>(List.of("@/tmp/.X11-unix/X0")));
  }

  Report report() {
    return Report.of(build());
  }

  static long mask(Capability... capabilities) {
    return Capability.mask(List.of(capabilities));
  }
}
