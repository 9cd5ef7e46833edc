package io.belljar.runtime.container;

import io.belljar.linux.NamespaceKind;
import io.belljar.runtime.Facts;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.cgroup.GroupSteps;
import io.belljar.runtime.mount.DeviceNodes;
import io.belljar.runtime.mount.FileSystemRequest;
import io.belljar.runtime.mount.MountSteps;
import io.belljar.runtime.mount.RootSteps;
import io.belljar.runtime.namespace.Namespaces;
import io.belljar.runtime.namespace.UserMaps;
import io.belljar.runtime.process.IdentitySteps;
import io.belljar.runtime.process.TerminalSteps;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.spec.config.Config;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.process.Process;
import java.nio.file.Path;

/** What a new container consists of, each part read from the configuration and checked. */
final class ContainerParts {
  private static final String ORIGIN = "config: process";

  final ContainerRequest request;
  final Facts facts;
  final GroupSteps groups;
  final Config config;
  final Linux linux;
  final Process process;
  final Namespaces namespaces;
  final UserMaps maps;
  final MountSteps mounts;
  final RootSteps root;
  final DeviceNodes devices;
  final TerminalSteps terminal;
  final IdentitySteps identity;
  final ContainerHooks hooks;

  /**
   * @throws InvalidRequestException naming the property that cannot be carried out
   */
  ContainerParts(ContainerRequest request, Facts facts, GroupSteps groups, SeccompFilters filters) {
    this.request = request;
    this.facts = facts;
    this.groups = groups;
    this.config = request.config();
    this.linux = config.linux();
    this.process =
        config.process().orElseThrow(() -> InvalidRequestException.ofConfig("process", "missing"));
    Unsupported.check(config);
    Unsupported.check(process);
    this.namespaces = Namespaces.of(linux);
    this.maps = new UserMaps(linux, namespaces, facts);
    maps.checkGroups(process);
    boolean hasSocket = request.consoleSocket().isPresent();
    boolean leaves = request.mode() == StartMode.CREATE || request.mode() == StartMode.DETACHED;
    TerminalChoice.check(process.terminal(), hasSocket, leaves);
    FileSystemRequest files =
        new FileSystemRequest(
            config,
            request.bundle(),
            request.rootfs(),
            request.noPivot(),
            namespaces,
            facts,
            groups);
    this.root = new RootSteps(files);
    this.mounts = new MountSteps(files);
    this.devices = new DeviceNodes(files);
    this.terminal =
        new TerminalSteps(process, ORIGIN, hasSocket, request.rows(), request.columns());
    this.hooks = new ContainerHooks(request);
    // Last, as a filter that is not kept yet takes the longest.
    this.identity =
        new IdentitySteps(
            process, ORIGIN, facts, linux.personality(), linux.seccomp().map(filters::compile));
  }

  /**
   * Whether init puts itself into its groups. In a mount namespace of another it cannot see them;
   * and where the root lies above them, what the configuration mounts there would take their place:
   * init would write to whatever it was given, and be in no group.
   */
  boolean entersGroups() {
    return !namespaces.joins(NamespaceKind.MOUNT)
        && groups.directories().stream()
            .noneMatch(directory -> Path.of(directory).startsWith(request.rootfs()));
  }
}
