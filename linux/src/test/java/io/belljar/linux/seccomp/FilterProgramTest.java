package io.belljar.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.linux.Machine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilterProgramTest {
  private static final int X86_64 = 0xc000003e;
  private static final int I386 = 0x40000003;
  private static final int ALLOW = 0x7fff0000;
  private static final int EPERM = 0x00050001;
  private static final int NOTIFY = 0x7fc00000;

  private static final int READ = 0;
  private static final int CLONE = 56;
  private static final int PERSONALITY = 135;

  @Test
  void tellsAllowedFromRefusedCallsOfACompiledFilter() {
    FilterSet filter = compiled(allow("read", "openat2"));
    assertThat(verdict(filter, X86_64, READ)).isEqualTo(CallVerdict.ALLOWED);
    assertThat(verdict(filter, X86_64, 437)).isEqualTo(CallVerdict.ALLOWED);
    assertThat(verdict(filter, X86_64, 1)).isEqualTo(CallVerdict.REFUSED);
    assertThat(verdict(filter, X86_64, 1000)).isEqualTo(CallVerdict.REFUSED);
    assertThat(verdict(filter, I386, 3)).isEqualTo(CallVerdict.REFUSED);
  }

  @Test
  void findsThatArgumentsDecide() {
    SyscallRule masked =
        new SyscallRule(
            List.of("clone"),
            SeccompAction.ALLOW,
            OptionalInt.empty(),
            List.of(new ArgumentCondition(0, 0x7e020000L, 0, Comparison.MASKED_EQ)));
    SyscallRule equal =
        new SyscallRule(
            List.of("personality"),
            SeccompAction.ALLOW,
            OptionalInt.empty(),
            List.of(new ArgumentCondition(0, 0xffffffffL, 0, Comparison.EQ)));
    FilterSet filter = compiled(allow("read"), masked, equal);
    assertThat(verdict(filter, X86_64, CLONE)).isEqualTo(CallVerdict.SOMETIMES);
    assertThat(verdict(filter, X86_64, PERSONALITY)).isEqualTo(CallVerdict.SOMETIMES);
    assertThat(verdict(filter, X86_64, READ)).isEqualTo(CallVerdict.ALLOWED);
  }

  @Test
  void followsAFilterThatIsABinaryTree() {
    assumeX86();
    String[] names =
        CallNames.all().values().stream()
            .filter(name -> !name.equals("ptrace"))
            .toArray(String[]::new);
    FilterSet filter = compiled(allow(names));
    CallNames.all()
        .forEach((number, name) ->
            assertThat(verdict(filter, X86_64, number))
                .as(name)
                .isEqualTo(name.equals("ptrace") ? CallVerdict.REFUSED : CallVerdict.ALLOWED));
  }

  @Test
  void letsTheStrictestOfSeveralFiltersCount() {
    FilterProgram allowing = program(0x06, 0, 0, ALLOW);
    FilterProgram refusing = program(0x06, 0, 0, EPERM);
    assertThat(verdict(new FilterSet(List.of(allowing, refusing)), X86_64, 0))
        .isEqualTo(CallVerdict.REFUSED);
    assertThat(verdict(new FilterSet(List.of(allowing, program(0x06, 0, 0, NOTIFY))), X86_64, 0))
        .isEqualTo(CallVerdict.SUPERVISED);
    assertThat(verdict(new FilterSet(List.of(allowing, allowing)), X86_64, 0))
        .isEqualTo(CallVerdict.ALLOWED);
  }

  @Test
  void computesWithTheIndexRegisterAndScratchMemory() {
    // A = nr; M[3] = A; X = M[3]; A = 7; A += X; return A == 12 ? allow : EPERM
    FilterProgram filter =
        program(
            0x20, 0, 0, 0, 0x02, 0, 0, 3, 0x61, 0, 0, 3, 0x00, 0, 0, 7, 0x0c, 0, 0, 0, 0x15, 0, 1,
            12, 0x06, 0, 0, ALLOW, 0x06, 0, 0, EPERM);
    assertThat(filter.answers(X86_64, 5, new StepBudget())).containsExactly(ALLOW);
    assertThat(filter.answers(X86_64, 6, new StepBudget())).containsExactly(EPERM);
  }

  @Test
  void followsBothBranchesOfAnUnknownArgument() {
    FilterProgram filter =
        program(0x20, 0, 0, 16, 0x15, 0, 1, 12, 0x06, 0, 0, ALLOW, 0x06, 0, 0, EPERM);
    assertThat(filter.answers(X86_64, 5, new StepBudget())).containsExactlyInAnyOrder(ALLOW, EPERM);
  }

  @Test
  void isLinearWhereEveryArgumentLeavesItsTrace() {
    // Each bit of an argument adds to the memory or does not: every way has another state.
    int bits = 800;
    int[] words = new int[(bits * 5 + 2) * 4];
    int at = 0;
    for (int bit = 0; bit < bits; bit++) {
      at = put(words, at, 0x20, 0, 0, 16); // A = argument
      at = put(words, at, 0x45, 0, 3, 1 << (bit % 32)); // if the bit is set
      at = put(words, at, 0x60, 0, 0, bit % 16); // A = M
      at = put(words, at, 0x04, 0, 0, 1 + bit); // A += …
      at = put(words, at, 0x02, 0, 0, bit % 16); // M = A
    }
    at = put(words, at, 0x15, 0, 0, 0);
    put(words, at, 0x06, 0, 0, ALLOW);
    assertThat(program(words).answers(X86_64, 5, new StepBudget())).containsExactly(ALLOW);
  }

  @Test
  void forgetsWhatDiffersWhereWaysMeet() {
    // A = argument == 12 ? 1 : 2; return A == 3 ? allow : EPERM
    FilterProgram filter =
        program(
            0x20, 0, 0, 16, 0x15, 0, 2, 12, 0x00, 0, 0, 1, 0x05, 0, 0, 1, 0x00, 0, 0, 2, 0x15, 0, 1,
            3, 0x06, 0, 0, ALLOW, 0x06, 0, 0, EPERM);
    assertThat(filter.answers(X86_64, 5, new StepBudget())).containsExactlyInAnyOrder(ALLOW, EPERM);
  }

  @Test
  void refusesToJudgeMoreThanItsBudget() {
    int[] words = new int[4096 * 4];
    for (int at = 0; at < words.length - 4; ) {
      at = put(words, at, 0x00, 0, 0, 0);
    }
    put(words, words.length - 4, 0x06, 0, 0, ALLOW);
    FilterSet filters = new FilterSet(Collections.nCopies(512, program(words)));
    List<Integer> numbers = IntStream.range(0, 460).boxed().toList();
    assertThatThrownBy(() -> filters.verdicts(X86_64, numbers))
        .isInstanceOf(SeccompException.class)
        .hasMessage("the filters are too large to be judged");
  }

  @Test
  void refusesWhatIsNoProgram() {
    assertThatThrownBy(() -> FilterProgram.of(new byte[7]))
        .isInstanceOf(SeccompException.class)
        .hasMessage("a filter of 7 bytes is cut off");
    assertThatThrownBy(() -> program(0x20, 0, 0, 0).answers(X86_64, 0, new StepBudget()))
        .isInstanceOf(SeccompException.class)
        .hasMessage("the filter leaves its program");
    assertThatThrownBy(
            () -> program(0x05, 0, 0, -1, 0x06, 0, 0, ALLOW).answers(X86_64, 0, new StepBudget()))
        .hasMessage("the filter leaves its program");
  }

  private static CallVerdict verdict(FilterSet filters, int architecture, int number) {
    return filters.verdicts(architecture, List.of(number)).get(number);
  }

  private static int put(int[] words, int at, int... instruction) {
    System.arraycopy(instruction, 0, words, at, instruction.length);
    return at + instruction.length;
  }

  private static void assumeX86() {
    assumeTrue(Machine.current() == Machine.X86_64, "the numbers in this test are x86-64's");
    try {
      SeccompCompiler.libraryVersion();
    } catch (LibraryMissingException e) {
      assumeTrue(false, e.getMessage());
    }
  }

  private static SyscallRule allow(String... names) {
    return new SyscallRule(List.of(names), SeccompAction.ALLOW, OptionalInt.empty(), List.of());
  }

  private static FilterSet compiled(SyscallRule... rules) {
    assumeX86();
    CompiledFilter filter =
        SeccompCompiler.compile(
            new FilterDescription(
                SeccompAction.ERRNO,
                OptionalInt.of(1),
                List.of(),
                Optional.empty(),
                List.of(rules)));
    return new FilterSet(List.of(FilterProgram.of(filter.program())));
  }

  /** Groups of four: code, jump when true, jump when false, operand. */
  private static FilterProgram program(int... words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * 2).order(ByteOrder.nativeOrder());
    IntStream.range(0, words.length / 4)
        .map(i -> i * 4)
        .forEach(i ->
            bytes
                .putShort((short) words[i])
                .put((byte) words[i + 1])
                .put((byte) words[i + 2])
                .putInt(words[i + 3]));
    return FilterProgram.of(bytes.array());
  }
}
