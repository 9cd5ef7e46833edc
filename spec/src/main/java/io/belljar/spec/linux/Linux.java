package io.belljar.spec.linux;

import io.belljar.spec.order.Ordered;
import io.belljar.spec.resources.Resources;
import io.belljar.spec.seccomp.Seccomp;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code linux}.
 *
 * @param namespaces at most one of each type; the others are the runtime's
 * @param uidMappings users of a new user namespace
 * @param gidMappings its groups
 * @param timeOffsets clocks of a new time namespace
 * @param devices device nodes besides the default ones
 * @param cgroupsPath the cgroup; absent means one named by the runtime
 * @param resources limits
 * @param rootfsPropagation of the root mount; absent means recursively slave
 * @param seccomp the system call filter
 * @param sysctl kernel parameters, by their names
 * @param maskedPaths absolute paths that cannot be read
 * @param readonlyPaths absolute paths that cannot be written
 * @param mountLabel the SELinux label of mounts
 * @param personality the execution domain
 * @param intelRdt cache and bandwidth allocation
 * @param memoryPolicy NUMA policy
 * @param netDevices interfaces to move into the container, by their names on the host
 */
public record Linux(
    List<Namespace> namespaces,
    List<IdMapping> uidMappings,
    List<IdMapping> gidMappings,
    Map<TimeOffset.Clock, TimeOffset> timeOffsets,
    List<Device> devices,
    Optional<String> cgroupsPath,
    Resources resources,
    Optional<RootfsPropagation> rootfsPropagation,
    Optional<Seccomp> seccomp,
    Map<String, String> sysctl,
    List<String> maskedPaths,
    List<String> readonlyPaths,
    Optional<String> mountLabel,
    Optional<Personality> personality,
    Optional<IntelRdt> intelRdt,
    Optional<MemoryPolicy> memoryPolicy,
    Map<String, NetDevice> netDevices) {
  /** Nothing isolated and nothing limited. */
  public static final Linux NONE = builder().build();

  public Linux {
    namespaces = List.copyOf(namespaces);
    uidMappings = List.copyOf(uidMappings);
    gidMappings = List.copyOf(gidMappings);
    timeOffsets = Ordered.copy(timeOffsets);
    devices = List.copyOf(devices);
    sysctl = Ordered.copy(sysctl);
    maskedPaths = List.copyOf(maskedPaths);
    readonlyPaths = List.copyOf(readonlyPaths);
    netDevices = Ordered.copy(netDevices);
  }

  /** The namespace of {@code type}, if the container does not stay in the runtime's. */
  public Optional<Namespace> namespace(NamespaceType type) {
    return namespaces.stream().filter(namespace -> namespace.type() == type).findFirst();
  }

  /** Whether the container has its own namespace of {@code type}, new or joined. */
  public boolean has(NamespaceType type) {
    return namespace(type).isPresent();
  }

  /** Whether a new namespace of {@code type} is made. */
  public boolean creates(NamespaceType type) {
    return namespace(type).filter(namespace -> namespace.path().isEmpty()).isPresent();
  }

  /** With nothing set. */
  public static Builder builder() {
    return new Builder(Optional.empty());
  }

  /** From this one, to change single properties. */
  public Builder toBuilder() {
    return new Builder(Optional.of(this));
  }

  /** Makes the Linux part of a configuration. */
  public static final class Builder {
    private List<Namespace> namespaces = List.of();
    private List<IdMapping> uidMappings = List.of();
    private List<IdMapping> gidMappings = List.of();
    private Map<TimeOffset.Clock, TimeOffset> timeOffsets = Map.of();
    private List<Device> devices = List.of();
    private Optional<String> cgroupsPath = Optional.empty();
    private Resources resources = Resources.NONE;
    private Optional<RootfsPropagation> rootfsPropagation = Optional.empty();
    private Optional<Seccomp> seccomp = Optional.empty();
    private Map<String, String> sysctl = Map.of();
    private List<String> maskedPaths = List.of();
    private List<String> readonlyPaths = List.of();
    private Optional<String> mountLabel = Optional.empty();
    private Optional<Personality> personality = Optional.empty();
    private Optional<IntelRdt> intelRdt = Optional.empty();
    private Optional<MemoryPolicy> memoryPolicy = Optional.empty();
    private Map<String, NetDevice> netDevices = Map.of();

    private Builder(Optional<Linux> from) {
      from.ifPresent(this::copy);
    }

    private void copy(Linux linux) {
      namespaces = linux.namespaces;
      uidMappings = linux.uidMappings;
      gidMappings = linux.gidMappings;
      timeOffsets = linux.timeOffsets;
      devices = linux.devices;
      cgroupsPath = linux.cgroupsPath;
      resources = linux.resources;
      rootfsPropagation = linux.rootfsPropagation;
      seccomp = linux.seccomp;
      sysctl = linux.sysctl;
      maskedPaths = linux.maskedPaths;
      readonlyPaths = linux.readonlyPaths;
      mountLabel = linux.mountLabel;
      personality = linux.personality;
      intelRdt = linux.intelRdt;
      memoryPolicy = linux.memoryPolicy;
      netDevices = linux.netDevices;
    }

    public Builder namespaces(List<Namespace> list) {
      this.namespaces = list;
      return this;
    }

    public Builder uidMappings(List<IdMapping> mappings) {
      this.uidMappings = mappings;
      return this;
    }

    public Builder gidMappings(List<IdMapping> mappings) {
      this.gidMappings = mappings;
      return this;
    }

    public Builder timeOffsets(Map<TimeOffset.Clock, TimeOffset> offsets) {
      this.timeOffsets = offsets;
      return this;
    }

    public Builder devices(List<Device> nodes) {
      this.devices = nodes;
      return this;
    }

    public Builder cgroupsPath(Optional<String> path) {
      this.cgroupsPath = path;
      return this;
    }

    public Builder resources(Resources limits) {
      this.resources = limits;
      return this;
    }

    public Builder rootfsPropagation(Optional<RootfsPropagation> propagation) {
      this.rootfsPropagation = propagation;
      return this;
    }

    public Builder seccomp(Optional<Seccomp> filter) {
      this.seccomp = filter;
      return this;
    }

    public Builder sysctl(Map<String, String> parameters) {
      this.sysctl = parameters;
      return this;
    }

    public Builder maskedPaths(List<String> paths) {
      this.maskedPaths = paths;
      return this;
    }

    public Builder readonlyPaths(List<String> paths) {
      this.readonlyPaths = paths;
      return this;
    }

    public Builder mountLabel(Optional<String> label) {
      this.mountLabel = label;
      return this;
    }

    public Builder personality(Optional<Personality> domain) {
      this.personality = domain;
      return this;
    }

    public Builder intelRdt(Optional<IntelRdt> allocation) {
      this.intelRdt = allocation;
      return this;
    }

    public Builder memoryPolicy(Optional<MemoryPolicy> policy) {
      this.memoryPolicy = policy;
      return this;
    }

    public Builder netDevices(Map<String, NetDevice> interfaces) {
      this.netDevices = interfaces;
      return this;
    }

    public Linux build() {
      return new Linux(
          namespaces,
          uidMappings,
          gidMappings,
          timeOffsets,
          devices,
          cgroupsPath,
          resources,
          rootfsPropagation,
          seccomp,
          sysctl,
          maskedPaths,
          readonlyPaths,
          mountLabel,
          personality,
          intelRdt,
          memoryPolicy,
          netDevices);
    }
  }
}
