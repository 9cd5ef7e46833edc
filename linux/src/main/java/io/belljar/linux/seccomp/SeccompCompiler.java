package io.belljar.linux.seccomp;

import io.belljar.linux.Errno;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Compiles a seccomp profile to the BPF program that seccomp(2) takes, with libseccomp.
 *
 * <p>libseccomp.so.2 is loaded at the first use.
 */
public final class SeccompCompiler {
  /** The kernel's limit for one program, BPF_MAXINSNS. */
  private static final int MAX_INSTRUCTIONS = 4096;

  /** From how many rules on libseccomp sorts them into a binary tree, as runc does. */
  private static final int TREE_THRESHOLD = 32;

  private static final int NOTIFY_API_LEVEL = 6;

  // libseccomp 2.5 keeps what it learns about the kernel in unguarded static variables.
  private static final Object LIBRARY_LOCK = new Object();

  private final Libseccomp library;
  private final FilterDescription description;
  private final Set<String> unknown = new LinkedHashSet<>();
  private final List<Architecture> architectures = new ArrayList<>();

  private SeccompCompiler(Libseccomp library, FilterDescription description) {
    this.library = library;
    this.description = description;
  }

  /**
   * Compiles the profile.
   *
   * @throws SeccompException for a profile that cannot be compiled
   * @throws LibraryMissingException when libseccomp.so.2 is not on this machine
   */
  public static CompiledFilter compile(FilterDescription description) {
    synchronized (LIBRARY_LOCK) {
      return new SeccompCompiler(NativeLibseccomp.load(), description).compile();
    }
  }

  /**
   * The version of libseccomp on this machine, {@code 2.5.4}.
   *
   * @throws LibraryMissingException when it is not there
   */
  public static String libraryVersion() {
    return NativeLibseccomp.load().version();
  }

  private CompiledFilter compile() {
    checkNotify();
    resolveArchitectures();
    long flags = flags();
    byte[] filter = compileFilter();
    byte[] stub = ClassicInstruction.encode(enosysStub());
    byte[] program = new byte[stub.length + filter.length];
    System.arraycopy(stub, 0, program, 0, stub.length);
    System.arraycopy(filter, 0, program, stub.length, filter.length);
    int instructions = program.length / ClassicInstruction.SIZE;
    if (instructions > MAX_INSTRUCTIONS) {
      throw new SeccompException(
          "the seccomp profile needs "
              + instructions
              + " instructions, but the kernel takes at most "
              + MAX_INSTRUCTIONS);
    }
    return new CompiledFilter(program, flags, List.copyOf(unknown));
  }

  private void checkNotify() {
    int level = library.apiLevel();
    if (description.notifies() && level < NOTIFY_API_LEVEL) {
      throw new SeccompException(
          "SCMP_ACT_NOTIFY needs libseccomp 2.5.0 and Linux 5.7; this is libseccomp "
              + library.version()
              + " at API level "
              + level);
    }
  }

  private void resolveArchitectures() {
    architectures.add(library.nativeArchitecture());
    for (String name : description.architectures()) {
      Architecture architecture = Architecture.of(name, library);
      if (!architectures.contains(architecture)) {
        architectures.add(architecture);
      }
    }
  }

  /** The profile's flags, and those that its actions need. */
  private long flags() {
    long flags = 0;
    // Without a word in the profile, as runc: leave speculative execution as it is.
    List<String> names = description.flags().orElse(List.of("SECCOMP_FILTER_FLAG_SPEC_ALLOW"));
    for (String name : names) {
      flags |=
          switch (name) {
            // The filter is for a process with one thread.
            case "SECCOMP_FILTER_FLAG_TSYNC" -> 0;
            case "SECCOMP_FILTER_FLAG_LOG" -> SeccompFlags.SECCOMP_FILTER_FLAG_LOG;
            case "SECCOMP_FILTER_FLAG_SPEC_ALLOW" -> SeccompFlags.SECCOMP_FILTER_FLAG_SPEC_ALLOW;
            case "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV" -> waitKillable();
            default ->
                throw new SeccompException(
                    "flag \"" + name + "\" in the seccomp profile is not known to belljar");
          };
    }
    return description.notifies() ? flags | SeccompFlags.SECCOMP_FILTER_FLAG_NEW_LISTENER : flags;
  }

  private long waitKillable() {
    if (!description.notifies()) {
      throw new SeccompException(
          "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV needs a rule with SCMP_ACT_NOTIFY");
    }
    return SeccompFlags.SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
  }

  private byte[] compileFilter() {
    int defaultAction = description.defaultAction().returnValue(description.defaultErrno());
    try (Libseccomp.Filter filter = library.newFilter(defaultAction)) {
      architectures.forEach(filter::addArchitecture);
      // Both would only matter for seccomp_load(3): the launcher loads the filter.
      filter.setAttribute(Libseccomp.Attribute.CTL_NNP, 0);
      filter.setAttribute(Libseccomp.Attribute.CTL_TSYNC, 0);
      if (description.rules().stream().mapToInt(r -> r.names().size()).sum() > TREE_THRESHOLD) {
        filter.setAttribute(Libseccomp.Attribute.CTL_OPTIMIZE, 2);
      }
      for (SyscallRule rule : description.rules()) {
        for (String name : rule.names()) {
          addRule(filter, defaultAction, rule, name);
        }
      }
      return filter.export();
    }
  }

  private void addRule(Libseccomp.Filter filter, int defaultAction, SyscallRule rule, String name) {
    OptionalInt number = library.resolveSyscall(name);
    if (number.isEmpty()) {
      unknown.add(name);
      return;
    }
    int action = rule.action().returnValue(rule.errno());
    if (action == defaultAction) {
      return; // libseccomp refuses a rule that changes nothing
    }
    try {
      if (rule.hasTwoConditionsOnOneArgument()) {
        for (ArgumentCondition condition : rule.conditions()) {
          filter.addRule(action, number.getAsInt(), List.of(condition));
        }
      } else {
        filter.addRule(action, number.getAsInt(), rule.conditions());
      }
    } catch (SeccompException e) {
      throw new SeccompException(
          "rule for system call \"" + name + "\" in the seccomp profile: " + e.getMessage(), e);
    }
  }

  private List<ClassicInstruction> enosysStub() {
    boolean defaultIsEnosys =
        description.defaultAction() == SeccompAction.ERRNO
            && description.defaultErrno().equals(OptionalInt.of(Errno.ENOSYS.number()));
    EnosysStub stub = new EnosysStub();
    if (!description.defaultAction().isPermissive() && !defaultIsEnosys) {
      for (Architecture architecture : architectures) {
        description.rules().stream()
            .flatMap(rule -> rule.names().stream())
            .map(name -> library.resolveSyscall(architecture, name))
            .filter(OptionalInt::isPresent)
            .mapToInt(OptionalInt::getAsInt)
            .max()
            .ifPresent(highest -> stub.limit(architecture, highest));
      }
    }
    return stub.build();
  }
}
