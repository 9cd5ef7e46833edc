package io.belljar.linux.seccomp;

import static io.belljar.linux.seccomp.ClassicInstruction.JUMP;
import static io.belljar.linux.seccomp.ClassicInstruction.JUMP_IF_EQUAL;
import static io.belljar.linux.seccomp.ClassicInstruction.JUMP_IF_GREATER;
import static io.belljar.linux.seccomp.ClassicInstruction.JUMP_IF_SET;
import static io.belljar.linux.seccomp.ClassicInstruction.LOAD_WORD_ABSOLUTE;
import static io.belljar.linux.seccomp.ClassicInstruction.RETURN;

import io.belljar.linux.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The head that is put before a filter which refuses what it does not know: it answers ENOSYS to
 * system calls that are newer than the profile.
 *
 * <p>A C library that gets ENOSYS for clone3 or openat2 falls back to the older call; with the
 * profile's EPERM it would fail. "Newer" is a number above the highest one that the profile names
 * for the architecture. (runc has the same head since 1.0.0-rc93.)
 *
 * <pre>
 *      load arch
 *      if arch == A: go to section A      … for each architecture
 *      go to the filter
 *   A: load number
 *      if number &gt; highest: return ENOSYS
 *      go to the filter
 * </pre>
 */
final class EnosysStub {
  private static final int NUMBER_OFFSET = 0; // struct seccomp_data.nr
  private static final int ARCH_OFFSET = 4; // struct seccomp_data.arch
  private static final int X32_SYSCALL_BIT = 0x40000000;
  private static final int RETURN_ENOSYS =
      SeccompAction.ERRNO.returnValue(OptionalInt.of(Errno.ENOSYS.number()));
  private static final ClassicInstruction TO_FILTER = new ClassicInstruction(JUMP, 0, 0, -1);

  /** The highest number named for an architecture; x32 shares its own with x86-64. */
  private record Highest(OptionalInt ordinary, OptionalInt x32) {}

  private final Map<Integer, Highest> architectures = new TreeMap<>();

  /** Answers ENOSYS above {@code number} for this architecture. */
  void limit(Architecture architecture, int number) {
    Highest old =
        architectures.getOrDefault(
            architecture.auditToken(), new Highest(OptionalInt.empty(), OptionalInt.empty()));
    OptionalInt limit = OptionalInt.of(number);
    architectures.put(
        architecture.auditToken(),
        architecture.isX32() ? new Highest(old.ordinary, limit) : new Highest(limit, old.x32));
  }

  List<ClassicInstruction> build() {
    if (architectures.isEmpty()) {
      return List.of();
    }
    List<ClassicInstruction> sections = new ArrayList<>();
    List<ClassicInstruction> program = new ArrayList<>();
    program.add(new ClassicInstruction(LOAD_WORD_ABSOLUTE, 0, 0, ARCH_OFFSET));
    int remaining = architectures.size();
    for (Map.Entry<Integer, Highest> entry : architectures.entrySet()) {
      remaining--;
      // Over the comparisons still to come, the jump to the filter, and the sections before ours.
      int distance = remaining + 1 + sections.size();
      program.add(new ClassicInstruction(JUMP_IF_EQUAL, distance, 0, entry.getKey()));
      sections.addAll(section(entry.getKey(), entry.getValue()));
    }
    program.add(TO_FILTER);
    program.addAll(sections);
    return resolveJumps(program);
  }

  private static List<ClassicInstruction> section(int auditToken, Highest highest) {
    List<ClassicInstruction> section = new ArrayList<>();
    section.add(new ClassicInstruction(LOAD_WORD_ABSOLUTE, 0, 0, NUMBER_OFFSET));
    if (auditToken == Architecture.AUDIT_ARCH_X86_64) {
      List<ClassicInstruction> ordinary = limit(highest.ordinary);
      section.add(new ClassicInstruction(JUMP_IF_SET, ordinary.size(), 0, X32_SYSCALL_BIT));
      section.addAll(ordinary);
      section.addAll(limit(highest.x32));
      return section;
    }
    if (auditToken == Architecture.AUDIT_ARCH_S390 || auditToken == Architecture.AUDIT_ARCH_S390X) {
      // There large numbers reach the kernel through setup(2), number 0, which leaves 0 in place
      // when it does not know the number. setup itself has had no use for decades.
      section.add(new ClassicInstruction(JUMP_IF_EQUAL, 0, 1, 0));
      section.add(new ClassicInstruction(RETURN, 0, 0, RETURN_ENOSYS));
    }
    section.addAll(limit(highest.ordinary));
    return section;
  }

  private static List<ClassicInstruction> limit(OptionalInt highest) {
    if (highest.isEmpty()) {
      return List.of(TO_FILTER);
    }
    return List.of(
        new ClassicInstruction(JUMP_IF_GREATER, 0, 1, highest.getAsInt()),
        new ClassicInstruction(RETURN, 0, 0, RETURN_ENOSYS),
        TO_FILTER);
  }

  private static List<ClassicInstruction> resolveJumps(List<ClassicInstruction> program) {
    List<ClassicInstruction> resolved = new ArrayList<>();
    for (int i = 0; i < program.size(); i++) {
      ClassicInstruction instruction = program.get(i);
      resolved.add(
          instruction.equals(TO_FILTER)
              ? new ClassicInstruction(JUMP, 0, 0, program.size() - i - 1)
              : instruction);
    }
    return resolved;
  }
}
