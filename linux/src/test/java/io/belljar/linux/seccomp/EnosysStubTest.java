package io.belljar.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnosysStubTest {
  private static final Architecture X86_64 = new Architecture(0xc000003e);
  private static final Architecture X32 = new Architecture(0x4000003e);
  private static final Architecture AARCH64 = new Architecture(0xc00000b7);
  private static final Architecture S390X = new Architecture(0x80000016);
  private static final int ENOSYS = 0x00050026;
  private static final int FILTER = 0x1234;

  @Test
  void isEmptyWithoutAnyArchitecture() {
    assertThat(new EnosysStub().build()).isEmpty();
  }

  @Test
  void entersTheFilterForKnownNumbersAndUnknownArchitectures() {
    ClassicBpf program = program(limits(X86_64, 100, AARCH64, 50));
    assertThat(program.run(X86_64.token(), 100)).isEqualTo(FILTER);
    assertThat(program.run(AARCH64.token(), 50)).isEqualTo(FILTER);
    assertThat(program.run(0x40000028, 4000)).isEqualTo(FILTER);
  }

  @Test
  void answersEnosysAboveTheHighestNumberOfEachArchitecture() {
    ClassicBpf program = program(limits(X86_64, 100, AARCH64, 50));
    assertThat(program.run(X86_64.token(), 101)).isEqualTo(ENOSYS);
    assertThat(program.run(AARCH64.token(), 51)).isEqualTo(ENOSYS);
    assertThat(program.run(AARCH64.token(), -1)).isEqualTo(ENOSYS);
  }

  @Test
  void leavesX32ToTheFilterWhenTheProfileHasOnlyX8664() {
    ClassicBpf program = program(limits(X86_64, 100, AARCH64, 50));
    assertThat(program.run(X86_64.token(), 0x40000000 | 400)).isEqualTo(FILTER);
  }

  @Test
  void keepsX32ApartFromX8664() {
    ClassicBpf program = program(limits(X86_64, 100, X32, 0x40000000 | 547));
    assertThat(program.run(X86_64.token(), 0x40000000 | 547)).isEqualTo(FILTER);
    assertThat(program.run(X86_64.token(), 0x40000000 | 548)).isEqualTo(ENOSYS);
    assertThat(program.run(X86_64.token(), 547)).isEqualTo(ENOSYS);
    assertThat(program.run(X86_64.token(), 100)).isEqualTo(FILTER);
  }

  @Test
  void answersEnosysToSetupOnS390() {
    ClassicBpf program = program(limits(S390X, 300, AARCH64, 50));
    assertThat(program.run(S390X.token(), 0)).isEqualTo(ENOSYS);
    assertThat(program.run(S390X.token(), 1)).isEqualTo(FILTER);
    assertThat(program.run(AARCH64.token(), 0)).isEqualTo(FILTER);
  }

  private static EnosysStub limits(Architecture a, int highestA, Architecture b, int highestB) {
    EnosysStub stub = new EnosysStub();
    stub.limit(a, highestA);
    stub.limit(b, highestB);
    return stub;
  }

  /** The head before a filter that answers {@link #FILTER} to everything. */
  private static ClassicBpf program(EnosysStub stub) {
    List<ClassicInstruction> program = new ArrayList<>(stub.build());
    program.add(new ClassicInstruction(ClassicInstruction.RETURN, 0, 0, FILTER));
    return new ClassicBpf(ClassicInstruction.encode(program));
  }
}
