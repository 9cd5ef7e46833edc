package io.belljar.spec.linux;

import io.belljar.spec.json.Vocabulary;
import io.belljar.spec.order.Ordered;
import java.util.Optional;
import java.util.Set;

/**
 * {@code linux.memoryPolicy} (set_mempolicy(2)) (1.3).
 *
 * @param mode the policy
 * @param nodes the memory nodes, as {@code 0-3,7}
 * @param flags that modify the mode
 */
public record MemoryPolicy(Mode mode, Optional<String> nodes, Set<Flag> flags) {
  public MemoryPolicy {
    flags = Ordered.copy(flags);
  }

  /** Policies; the ordinal is the kernel's number (linux/mempolicy.h). */
  public enum Mode implements Vocabulary.Word {
    MPOL_DEFAULT,
    MPOL_PREFERRED,
    MPOL_BIND,
    MPOL_INTERLEAVE,
    MPOL_LOCAL,
    MPOL_PREFERRED_MANY,
    MPOL_WEIGHTED_INTERLEAVE;

    /** The names. */
    public static final Vocabulary<Mode> VOCABULARY =
        new Vocabulary<>(Mode.class, "a memory policy");

    /** The kernel's number. */
    @SuppressWarnings("EnumOrdinal") // the constants stand in the kernel's order
    public int number() {
      return ordinal();
    }
  }

  /** Flags; {@link #bit()} is the kernel's. */
  public enum Flag implements Vocabulary.Word {
    MPOL_F_NUMA_BALANCING(1 << 13),
    MPOL_F_RELATIVE_NODES(1 << 14),
    MPOL_F_STATIC_NODES(1 << 15);

    /** The names. */
    public static final Vocabulary<Flag> VOCABULARY =
        new Vocabulary<>(Flag.class, "a memory policy flag");

    private final int bit;

    Flag(int bit) {
      this.bit = bit;
    }

    /** The flag in the mode argument of set_mempolicy(2). */
    public int bit() {
      return bit;
    }
  }
}
