package io.belljar.spec.resources;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code linux.resources.memory}. Limits are bytes; −1 is unlimited.
 *
 * @param limit memory
 * @param reservation the soft limit
 * @param swap memory and swap together (not swap alone, as cgroup v2 counts it)
 * @param kernel kernel memory; obsolete since Linux 5.4
 * @param kernelTcp buffers of TCP
 * @param swappiness 0 to 100
 * @param disableOomKiller whether processes wait at the limit instead of being killed (v1)
 * @param useHierarchy whether children count (v1)
 * @param checkBeforeUpdate whether an update refuses a limit below what is in use
 */
public record Memory(
    OptionalLong limit,
    OptionalLong reservation,
    OptionalLong swap,
    OptionalLong kernel,
    OptionalLong kernelTcp,
    OptionalLong swappiness,
    Optional<Boolean> disableOomKiller,
    Optional<Boolean> useHierarchy,
    Optional<Boolean> checkBeforeUpdate) {
  /** No limit. */
  public static final Memory NONE = builder().build();

  /** Without limits. */
  public static Builder builder() {
    return new Builder(Optional.empty());
  }

  /** From this one, to change single limits. */
  public Builder toBuilder() {
    return new Builder(Optional.of(this));
  }

  /** Makes memory limits. */
  public static final class Builder {
    private OptionalLong limit = OptionalLong.empty();
    private OptionalLong reservation = OptionalLong.empty();
    private OptionalLong swap = OptionalLong.empty();
    private OptionalLong kernel = OptionalLong.empty();
    private OptionalLong kernelTcp = OptionalLong.empty();
    private OptionalLong swappiness = OptionalLong.empty();
    private Optional<Boolean> disableOomKiller = Optional.empty();
    private Optional<Boolean> useHierarchy = Optional.empty();
    private Optional<Boolean> checkBeforeUpdate = Optional.empty();

    private Builder(Optional<Memory> from) {
      from.ifPresent(memory -> {
        limit = memory.limit;
        reservation = memory.reservation;
        swap = memory.swap;
        kernel = memory.kernel;
        kernelTcp = memory.kernelTcp;
        swappiness = memory.swappiness;
        disableOomKiller = memory.disableOomKiller;
        useHierarchy = memory.useHierarchy;
        checkBeforeUpdate = memory.checkBeforeUpdate;
      });
    }

    public Builder limit(OptionalLong bytes) {
      this.limit = bytes;
      return this;
    }

    public Builder reservation(OptionalLong bytes) {
      this.reservation = bytes;
      return this;
    }

    public Builder swap(OptionalLong bytes) {
      this.swap = bytes;
      return this;
    }

    public Builder kernel(OptionalLong bytes) {
      this.kernel = bytes;
      return this;
    }

    public Builder kernelTcp(OptionalLong bytes) {
      this.kernelTcp = bytes;
      return this;
    }

    public Builder swappiness(OptionalLong percent) {
      this.swappiness = percent;
      return this;
    }

    public Builder disableOomKiller(Optional<Boolean> disable) {
      this.disableOomKiller = disable;
      return this;
    }

    public Builder useHierarchy(Optional<Boolean> use) {
      this.useHierarchy = use;
      return this;
    }

    public Builder checkBeforeUpdate(Optional<Boolean> check) {
      this.checkBeforeUpdate = check;
      return this;
    }

    public Memory build() {
      return new Memory(
          limit,
          reservation,
          swap,
          kernel,
          kernelTcp,
          swappiness,
          disableOomKiller,
          useHierarchy,
          checkBeforeUpdate);
    }
  }
}
