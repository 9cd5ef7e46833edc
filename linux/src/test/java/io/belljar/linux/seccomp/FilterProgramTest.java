package io.belljar.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.linux.Machine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    assertThat(filter.verdict(X86_64, READ)).isEqualTo(CallVerdict.ALLOWED);
    assertThat(filter.verdict(X86_64, 437)).isEqualTo(CallVerdict.ALLOWED);
    assertThat(filter.verdict(X86_64, 1)).isEqualTo(CallVerdict.REFUSED);
    assertThat(filter.verdict(X86_64, 1000)).isEqualTo(CallVerdict.REFUSED);
    assertThat(filter.verdict(I386, 3)).isEqualTo(CallVerdict.REFUSED);
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
    assertThat(filter.verdict(X86_64, CLONE)).isEqualTo(CallVerdict.SOMETIMES);
    assertThat(filter.verdict(X86_64, PERSONALITY)).isEqualTo(CallVerdict.SOMETIMES);
    assertThat(filter.verdict(X86_64, READ)).isEqualTo(CallVerdict.ALLOWED);
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
            assertThat(filter.verdict(X86_64, number))
                .as(name)
                .isEqualTo(name.equals("ptrace") ? CallVerdict.REFUSED : CallVerdict.ALLOWED));
  }

  @Test
  void letsTheStrictestOfSeveralFiltersCount() {
    FilterProgram allowing = program(0x06, 0, 0, ALLOW);
    FilterProgram refusing = program(0x06, 0, 0, EPERM);
    assertThat(new FilterSet(List.of(allowing, refusing)).verdict(X86_64, 0))
        .isEqualTo(CallVerdict.REFUSED);
    assertThat(new FilterSet(List.of(allowing, program(0x06, 0, 0, NOTIFY))).verdict(X86_64, 0))
        .isEqualTo(CallVerdict.SUPERVISED);
    assertThat(new FilterSet(List.of(allowing, allowing)).verdict(X86_64, 0))
        .isEqualTo(CallVerdict.ALLOWED);
  }

  @Test
  void computesWithTheIndexRegisterAndScratchMemory() {
    // A = nr; M[3] = A; X = M[3]; A = 7; A += X; return A == 12 ? allow : EPERM
    FilterProgram filter =
        program(
            0x20, 0, 0, 0, 0x02, 0, 0, 3, 0x61, 0, 0, 3, 0x00, 0, 0, 7, 0x0c, 0, 0, 0, 0x15, 0, 1,
            12, 0x06, 0, 0, ALLOW, 0x06, 0, 0, EPERM);
    assertThat(filter.answers(X86_64, 5)).containsExactly(ALLOW);
    assertThat(filter.answers(X86_64, 6)).containsExactly(EPERM);
  }

  @Test
  void followsBothBranchesOfAnUnknownArgument() {
    FilterProgram filter =
        program(0x20, 0, 0, 16, 0x15, 0, 1, 12, 0x06, 0, 0, ALLOW, 0x06, 0, 0, EPERM);
    assertThat(filter.answers(X86_64, 5)).containsExactlyInAnyOrder(ALLOW, EPERM);
  }

  @Test
  void refusesWhatIsNoProgram() {
    assertThatThrownBy(() -> FilterProgram.of(new byte[7]))
        .isInstanceOf(SeccompException.class)
        .hasMessage("a filter of 7 bytes is cut off");
    assertThatThrownBy(() -> program(0x20, 0, 0, 0).answers(X86_64, 0))
        .isInstanceOf(SeccompException.class)
        .hasMessage("the filter leaves its program");
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
