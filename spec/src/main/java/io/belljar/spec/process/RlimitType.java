package io.belljar.spec.process;

import io.belljar.spec.json.Vocabulary;

/** Resources of setrlimit(2), in the kernel's order (asm-generic/resource.h). */
public enum RlimitType implements Vocabulary.Word {
  RLIMIT_CPU,
  RLIMIT_FSIZE,
  RLIMIT_DATA,
  RLIMIT_STACK,
  RLIMIT_CORE,
  RLIMIT_RSS,
  RLIMIT_NPROC,
  RLIMIT_NOFILE,
  RLIMIT_MEMLOCK,
  RLIMIT_AS,
  RLIMIT_LOCKS,
  RLIMIT_SIGPENDING,
  RLIMIT_MSGQUEUE,
  RLIMIT_NICE,
  RLIMIT_RTPRIO,
  RLIMIT_RTTIME;

  /** The names. */
  public static final Vocabulary<RlimitType> VOCABULARY =
      new Vocabulary<>(RlimitType.class, "an rlimit type");

  /** The kernel's number, as in prlimit(2). */
  @SuppressWarnings("EnumOrdinal") // the constants stand in the kernel's order
  public int number() {
    return ordinal();
  }
}
