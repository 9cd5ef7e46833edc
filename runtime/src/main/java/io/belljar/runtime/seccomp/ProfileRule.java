package io.belljar.runtime.seccomp;

import io.belljar.linux.Capability;
import io.belljar.linux.Machine;
import io.belljar.runtime.KernelVersion;
import io.belljar.spec.seccomp.SeccompAction;
import io.belljar.spec.seccomp.SeccompOperator;
import io.belljar.spec.seccomp.Syscall;
import io.belljar.spec.seccomp.SyscallArgument;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A rule of the default profile, and when it counts.
 *
 * @param syscall the rule
 * @param with the bounding set must have it
 * @param without the bounding set must not have it
 * @param machine where it counts; empty: everywhere
 * @param since from which kernel on
 */
record ProfileRule(
    Syscall syscall,
    Optional<Capability> with,
    Optional<Capability> without,
    Optional<Machine> machine,
    Optional<KernelVersion> since) {

  boolean counts(Set<Capability> bounding, KernelVersion kernel, Machine running) {
    return with.map(bounding::contains).orElse(true)
        && without.map(capability -> !bounding.contains(capability)).orElse(true)
        && machine.map(running::equals).orElse(true)
        && since.map(first -> kernel.compareTo(first) >= 0).orElse(true);
  }

  /** Reads the words of a rule, as {@code default-profile.txt} describes them. */
  static ProfileRule parse(List<String> words) {
    Parser parser = new Parser(words.iterator());
    parser.parse();
    return parser.rule();
  }

  private static final class Parser {
    private final Iterator<String> words;
    private final List<String> names = new ArrayList<>();
    private final List<SyscallArgument> arguments = new ArrayList<>();
    private SeccompAction action = SeccompAction.SCMP_ACT_ALLOW;
    private OptionalInt errno = OptionalInt.empty();
    private Optional<Capability> with = Optional.empty();
    private Optional<Capability> without = Optional.empty();
    private Optional<Machine> machine = Optional.empty();
    private Optional<KernelVersion> since = Optional.empty();

    Parser(Iterator<String> words) {
      this.words = words;
    }

    void parse() {
      String first = words.next();
      if (first.equals("errno")) {
        action = SeccompAction.SCMP_ACT_ERRNO;
        errno = OptionalInt.of(Integer.parseInt(words.next()));
      } else if (!first.equals("allow")) {
        throw new IllegalArgumentException("\"" + first + "\" is not an action of a profile");
      }
      while (words.hasNext()) {
        String word = words.next();
        switch (word) {
          case "if" -> arguments.add(argument());
          case "with" -> with = Optional.of(capability());
          case "without" -> without = Optional.of(capability());
          case "on" ->
              machine = Optional.of(Machine.valueOf(words.next().toUpperCase(Locale.ROOT)));
          case "since" -> since = Optional.of(KernelVersion.parse(words.next()));
          default -> names.add(word);
        }
      }
    }

    private SyscallArgument argument() {
      int index = Integer.parseInt(words.next().substring("arg".length()));
      SeccompOperator operator =
          switch (words.next()) {
            case "<" -> SeccompOperator.SCMP_CMP_LT;
            case "==" -> SeccompOperator.SCMP_CMP_EQ;
            case "!=" -> SeccompOperator.SCMP_CMP_NE;
            case "&==" -> SeccompOperator.SCMP_CMP_MASKED_EQ;
            case String other -> throw new IllegalArgumentException("no comparison: " + other);
          };
      long value = Long.parseUnsignedLong(words.next());
      long second =
          operator == SeccompOperator.SCMP_CMP_MASKED_EQ ? Long.parseUnsignedLong(words.next()) : 0;
      return new SyscallArgument(index, value, second, operator);
    }

    private Capability capability() {
      return Capability.ofName(words.next()).orElseThrow();
    }

    ProfileRule rule() {
      return new ProfileRule(
          new Syscall(names, action, errno, arguments), with, without, machine, since);
    }
  }
}
