package io.belljar.linux.seccomp;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The part of libseccomp's interface that compiles filters
 * (https://man7.org/linux/man-pages/man3/seccomp_init.3.html and the pages it refers to). Nothing
 * in it puts a filter into force.
 *
 * <p>Every method throws {@link SeccompException}, naming the function and the errno, when the
 * library reports a failure.
 */
interface Libseccomp {
  /** Attributes of a filter: {@code enum scmp_filter_attr}. */
  enum Attribute {
    CTL_NNP(3),
    CTL_TSYNC(4),
    CTL_OPTIMIZE(8);

    private final int value;

    Attribute(int value) {
      this.value = value;
    }

    int value() {
      return value;
    }
  }

  /** A filter under construction; to be closed (seccomp_release(3)). */
  interface Filter extends AutoCloseable {
    /** seccomp_arch_add(3); an architecture that is already there is no error. */
    void addArchitecture(Architecture architecture);

    /** seccomp_attr_set(3). */
    void setAttribute(Attribute attribute, int value);

    /** seccomp_rule_add_array(3); a rule that is already there is no error. */
    void addRule(int action, int syscall, List<ArgumentCondition> conditions);

    /** seccomp_export_bpf(3): an array of {@code struct sock_filter}. */
    byte[] export();

    @Override
    void close();
  }

  /** seccomp_version(3), as {@code 2.5.4}. */
  String version();

  /** seccomp_api_get(3): what library and kernel can do together; 6 and above: notifications. */
  int apiLevel();

  /** seccomp_arch_native(3). */
  Architecture nativeArchitecture();

  /** seccomp_arch_resolve_name(3). */
  Optional<Architecture> resolveArchitecture(String name);

  /** seccomp_syscall_resolve_name(3): this machine's number; below 0 for other machines' calls. */
  OptionalInt resolveSyscall(String name);

  /** seccomp_syscall_resolve_name_arch(3): empty also where the architecture lacks the call. */
  OptionalInt resolveSyscall(Architecture architecture, String name);

  /** seccomp_syscall_resolve_num_arch(3) for this machine. */
  Optional<String> nameOf(int syscall);

  /** seccomp_init(3). */
  Filter newFilter(int defaultAction);
}
