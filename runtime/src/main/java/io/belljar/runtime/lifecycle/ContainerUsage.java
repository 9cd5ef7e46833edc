package io.belljar.runtime.lifecycle;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.NetworkTraffic;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.cgroup.GroupUsage;
import io.belljar.runtime.state.LiveContainer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code stats}: what a container uses at a moment.
 *
 * @param groups by its groups
 * @param network what its network has carried; empty when it has none of its own
 * @param machineMemory how many bytes the machine has
 * @param nanos the moment, by System.nanoTime
 */
public record ContainerUsage(
    GroupUsage groups, Optional<NetworkTraffic> network, OptionalLong machineMemory, long nanos) {

  /** The usage of a container; empty when it has no process. */
  public static Optional<ContainerUsage> of(Invocation invocation, LiveContainer container) {
    return container
        .process()
        .map(process ->
            new ContainerUsage(
                GroupUsage.of(container.stored().groups(), invocation.observer().groups()),
                traffic(invocation, process),
                invocation.observer().proc().memory(),
                System.nanoTime()));
  }

  private static Optional<NetworkTraffic> traffic(Invocation invocation, ProcessIdentity process) {
    ProcFs proc = invocation.observer().proc();
    boolean own =
        !proc.namespace(process.pid(), NamespaceKind.NETWORK)
            .equals(proc.namespace(invocation.launcher().pid(), NamespaceKind.NETWORK));
    return own ? proc.traffic(process.pid()).filter(_ -> proc.isAlive(process)) : Optional.empty();
  }

  /**
   * How many processors were busy for it since an earlier moment, for example 0.5; 0 where the
   * kernel does not count.
   */
  public double processorsSince(ContainerUsage before) {
    long elapsed = nanos - before.nanos;
    long used = groups.processorNanos().orElse(0) - before.groups.processorNanos().orElse(0);
    return elapsed <= 0 || used <= 0 ? 0 : (double) used / elapsed;
  }
}
