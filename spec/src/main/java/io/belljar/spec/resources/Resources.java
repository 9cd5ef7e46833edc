package io.belljar.spec.resources;

import io.belljar.spec.order.Ordered;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code linux.resources}; also the document that {@code update --resources} reads.
 *
 * @param devices the rules of the device controller, in the order in which they apply
 * @param memory limits in bytes
 * @param cpu shares, quota and cpuset
 * @param pids how many processes
 * @param blockIo weights and rates of block devices
 * @param hugepageLimits limits in bytes per page size
 * @param network class and priorities of the container's packets (cgroup v1)
 * @param rdma limits per device
 * @param unified cgroup v2 files and what is written into them
 */
public record Resources(
    List<DeviceRule> devices,
    Memory memory,
    Cpu cpu,
    Pids pids,
    BlockIo blockIo,
    List<HugepageLimit> hugepageLimits,
    Network network,
    Map<String, Rdma> rdma,
    Map<String, String> unified) {
  /** No limit at all. */
  public static final Resources NONE = builder().build();

  public Resources {
    devices = List.copyOf(devices);
    hugepageLimits = List.copyOf(hugepageLimits);
    rdma = Ordered.copy(rdma);
    unified = Ordered.copy(unified);
  }

  /** Without any limit. */
  public static Builder builder() {
    return new Builder(Optional.empty());
  }

  /** From this one, to change single limits. */
  public Builder toBuilder() {
    return new Builder(Optional.of(this));
  }

  /** Makes resources. */
  public static final class Builder {
    private List<DeviceRule> devices = List.of();
    private Memory memory = Memory.NONE;
    private Cpu cpu = Cpu.NONE;
    private Pids pids = Pids.NONE;
    private BlockIo blockIo = BlockIo.NONE;
    private List<HugepageLimit> hugepageLimits = List.of();
    private Network network = Network.NONE;
    private Map<String, Rdma> rdma = Map.of();
    private Map<String, String> unified = Map.of();

    private Builder(Optional<Resources> from) {
      from.ifPresent(resources -> {
        devices = resources.devices;
        memory = resources.memory;
        cpu = resources.cpu;
        pids = resources.pids;
        blockIo = resources.blockIo;
        hugepageLimits = resources.hugepageLimits;
        network = resources.network;
        rdma = resources.rdma;
        unified = resources.unified;
      });
    }

    public Builder devices(List<DeviceRule> rules) {
      this.devices = rules;
      return this;
    }

    public Builder memory(Memory limits) {
      this.memory = limits;
      return this;
    }

    public Builder cpu(Cpu limits) {
      this.cpu = limits;
      return this;
    }

    public Builder pids(Pids limit) {
      this.pids = limit;
      return this;
    }

    public Builder blockIo(BlockIo limits) {
      this.blockIo = limits;
      return this;
    }

    public Builder hugepageLimits(List<HugepageLimit> limits) {
      this.hugepageLimits = limits;
      return this;
    }

    public Builder network(Network settings) {
      this.network = settings;
      return this;
    }

    public Builder rdma(Map<String, Rdma> limits) {
      this.rdma = limits;
      return this;
    }

    public Builder unified(Map<String, String> files) {
      this.unified = files;
      return this;
    }

    public Resources build() {
      return new Resources(
          devices, memory, cpu, pids, blockIo, hugepageLimits, network, rdma, unified);
    }
  }
}
