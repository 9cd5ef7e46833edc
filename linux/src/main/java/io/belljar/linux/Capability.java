package io.belljar.linux;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The capabilities of Linux ({@code linux/capability.h}, capabilities(7)). */
public enum Capability {
  CAP_CHOWN(0),
  CAP_DAC_OVERRIDE(1),
  CAP_DAC_READ_SEARCH(2),
  CAP_FOWNER(3),
  CAP_FSETID(4),
  CAP_KILL(5),
  CAP_SETGID(6),
  CAP_SETUID(7),
  CAP_SETPCAP(8),
  CAP_LINUX_IMMUTABLE(9),
  CAP_NET_BIND_SERVICE(10),
  CAP_NET_BROADCAST(11),
  CAP_NET_ADMIN(12),
  CAP_NET_RAW(13),
  CAP_IPC_LOCK(14),
  CAP_IPC_OWNER(15),
  CAP_SYS_MODULE(16),
  CAP_SYS_RAWIO(17),
  CAP_SYS_CHROOT(18),
  CAP_SYS_PTRACE(19),
  CAP_SYS_PACCT(20),
  CAP_SYS_ADMIN(21),
  CAP_SYS_BOOT(22),
  CAP_SYS_NICE(23),
  CAP_SYS_RESOURCE(24),
  CAP_SYS_TIME(25),
  CAP_SYS_TTY_CONFIG(26),
  CAP_MKNOD(27),
  CAP_LEASE(28),
  CAP_AUDIT_WRITE(29),
  CAP_AUDIT_CONTROL(30),
  CAP_SETFCAP(31),
  CAP_MAC_OVERRIDE(32),
  CAP_MAC_ADMIN(33),
  CAP_SYSLOG(34),
  CAP_WAKE_ALARM(35),
  CAP_BLOCK_SUSPEND(36),
  CAP_AUDIT_READ(37),
  CAP_PERFMON(38),
  CAP_BPF(39),
  CAP_CHECKPOINT_RESTORE(40);

  private final int number;

  Capability(int number) {
    this.number = number;
  }

  /** The number, as capset(2) and {@code PR_CAPBSET_DROP} take it. */
  public int number() {
    return number;
  }

  /** The bit of this capability in a 64-bit set, as in {@code CapEff} of /proc/PID/status. */
  public long bit() {
    return 1L << number;
  }

  /** The capability of this number, if it has a name in this version. */
  public static Optional<Capability> of(int number) {
    for (Capability capability : values()) {
      if (capability.number == number) {
        return Optional.of(capability);
      }
    }
    return Optional.empty();
  }

  /** The capability of exactly this name ({@code CAP_CHOWN}), as OCI documents write it. */
  public static Optional<Capability> ofName(String name) {
    for (Capability capability : values()) {
      if (capability.name().equals(name)) {
        return Optional.of(capability);
      }
    }
    return Optional.empty();
  }

  /** The capability that a person may have meant: {@code chown}, {@code cap_chown}. */
  public static Optional<Capability> parse(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    return ofName(upper.startsWith("CAP_") ? upper : "CAP_" + upper);
  }

  /** The 64-bit set that holds these capabilities. */
  public static long mask(Collection<Capability> capabilities) {
    long mask = 0;
    for (Capability capability : capabilities) {
      mask |= capability.bit();
    }
    return mask;
  }

  /** The capabilities in a 64-bit set; bits without a name are left out. */
  public static Set<Capability> setOf(long mask) {
    EnumSet<Capability> set = EnumSet.noneOf(Capability.class);
    for (Capability capability : values()) {
      if ((mask & capability.bit()) != 0) {
        set.add(capability);
      }
    }
    return Collections.unmodifiableSet(set);
  }

  /** The names in a 64-bit set: {@code CAP_CHOWN|CAP_KILL}; unknown bits as hexadecimal. */
  public static String format(long mask) {
    return Tables.CAPABILITIES.format(mask);
  }

  /** Holder, so that the table is built after the constants. */
  private static final class Tables {
    static final FlagTable CAPABILITIES = table();

    private static FlagTable table() {
      return FlagTable.of(
          Arrays.stream(values())
              .map(capability -> FlagTable.bit(capability.name(), capability.bit()))
              .toArray(FlagTable.Flag[]::new));
    }
  }
}
