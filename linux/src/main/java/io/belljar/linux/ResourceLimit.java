package io.belljar.linux;

import java.util.Optional;

/** The resource limits of setrlimit(2) ({@code asm-generic/resource.h}). */
public enum ResourceLimit {
  RLIMIT_CPU(0),
  RLIMIT_FSIZE(1),
  RLIMIT_DATA(2),
  RLIMIT_STACK(3),
  RLIMIT_CORE(4),
  RLIMIT_RSS(5),
  RLIMIT_NPROC(6),
  RLIMIT_NOFILE(7),
  RLIMIT_MEMLOCK(8),
  RLIMIT_AS(9),
  RLIMIT_LOCKS(10),
  RLIMIT_SIGPENDING(11),
  RLIMIT_MSGQUEUE(12),
  RLIMIT_NICE(13),
  RLIMIT_RTPRIO(14),
  RLIMIT_RTTIME(15);

  private final int number;

  ResourceLimit(int number) {
    this.number = number;
  }

  /** No limit ({@code RLIM_INFINITY}): all 64 bits set, an unsigned number. */
  public static final long INFINITY = -1L;

  /** The number, as prlimit(2) takes it. */
  public int number() {
    return number;
  }

  /** The limit of exactly this name ({@code RLIMIT_NOFILE}), as OCI documents write it. */
  public static Optional<ResourceLimit> ofName(String name) {
    for (ResourceLimit limit : values()) {
      if (limit.name().equals(name)) {
        return Optional.of(limit);
      }
    }
    return Optional.empty();
  }

  /** The limit of this number. */
  public static Optional<ResourceLimit> of(int number) {
    for (ResourceLimit limit : values()) {
      if (limit.number == number) {
        return Optional.of(limit);
      }
    }
    return Optional.empty();
  }

  /** A limit's value as text: an unsigned number, or {@code unlimited}. */
  public static String format(long value) {
    return value == INFINITY ? "unlimited" : Long.toUnsignedString(value);
  }
}
