package io.belljar.toolbox.report;

import io.belljar.linux.Capability;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.IdMapping;
import io.belljar.linux.proc.ProcessStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was read of a process.
 *
 * @param command its command line, or its name
 * @param viewpoint what the reader's own isolation keeps it from seeing as the host does; a
 *     sentence each
 * @param root its root directory as the reader sees it
 * @param filters empty when there is no filter
 * @param rootWritable whether its root file system is mounted for writing; empty: not known
 * @param mounts what of the host it can see; nothing when it is in the host's mount namespace
 * @param devices what it may open
 * @param allDevices whether its groups let it open any device whose node it makes; empty: not known
 * @param abstractSockets the names in its network namespace, in which no file permissions apply
 */
public record Subject(
    int pid,
    String command,
    ProcessStatus status,
    List<String> viewpoint,
    List<NamespaceFact> namespaces,
    Reading<List<IdMapping>> uidMap,
    Reading<String> root,
    Optional<Reading<FilterFacts>> filters,
    Confinement confinement,
    Optional<Boolean> rootWritable,
    Reading<List<MountFact>> mounts,
    List<KernelFileFact> kernelFiles,
    Reading<List<SocketFact>> sockets,
    Reading<List<DeviceFact>> devices,
    Optional<Boolean> allDevices,
    Reading<List<DescriptorFact>> descriptors,
    List<LimitFact> limits,
    Reading<List<String>> abstractSockets) {

  /** Whose namespace of this kind it is in. */
  public Sharing sharing(NamespaceKind kind) {
    return namespaces.stream()
        .filter(fact -> fact.kind() == kind)
        .map(NamespaceFact::sharing)
        .findFirst()
        .orElse(Sharing.HOST);
  }

  /** Whether it is known to be in the host's namespace of this kind. */
  public boolean shares(NamespaceKind kind) {
    return sharing(kind) == Sharing.HOST;
  }

  /**
   * Whether it is, or may be, in the host's namespace of this kind. Judgements ask this: what
   * cannot be told counts as the worst.
   */
  public boolean mayShare(NamespaceKind kind) {
    return sharing(kind) != Sharing.OWN;
  }

  /** What it may do, or may make effective by itself. */
  public long capabilities() {
    return status.capabilities().effective() | status.capabilities().permitted();
  }

  /** Whether it has a capability that counts on the host, or may. */
  public boolean hasOnHost(Capability capability) {
    return mayShare(NamespaceKind.USER) && (capabilities() & capability.bit()) != 0;
  }

  /** Whether the files of the host's root are its own: the effective user. */
  public boolean isHostRoot() {
    return status.uids().get(1) == 0;
  }

  /** Whether permissions of the host's files do not stop it. */
  public boolean overridesPermissions() {
    return isHostRoot() || hasOnHost(Capability.CAP_DAC_OVERRIDE);
  }

  /** Whether it sees the host's files at the host's root, with nothing between, or may. */
  public boolean hasHostRoot() {
    return mayShare(NamespaceKind.MOUNT) && root.value().map(path -> path.equals("/")).orElse(true);
  }

  /** Whether nothing at all keeps it from the host: it is a process of root's outside of all. */
  public boolean isNotIsolated() {
    return namespaces.stream().allMatch(fact -> fact.sharing() == Sharing.HOST)
        && root.value().filter(path -> path.equals("/")).isPresent()
        && status.seccompMode() == 0
        && !confinement.isConfined()
        && isHostRoot()
        && hasOnHost(Capability.CAP_SYS_ADMIN);
  }

  /** What could not be told, or not be read, and would count for the grade. */
  public List<String> notKnown() {
    List<String> names = new ArrayList<>();
    namespaces.stream()
        .filter(fact -> fact.sharing() == Sharing.UNKNOWN)
        .forEach(fact -> names.add(fact.kind().ociName() + " namespace"));
    filters.filter(Subject::isHidden).ifPresent(_ -> names.add("system call filter"));
    Map<String, Reading<?>> readings = new LinkedHashMap<>();
    readings.put("host's mounts", mounts);
    readings.put("engines' sockets", sockets);
    readings.put("devices", devices);
    readings.put("descriptors", descriptors);
    readings.forEach((name, reading) -> {
      if (isHidden(reading)) {
        names.add(name);
      }
    });
    return List.copyOf(names);
  }

  private static boolean isHidden(Reading<?> reading) {
    return reading instanceof Reading.Hidden;
  }
}
