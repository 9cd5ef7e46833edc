package io.belljar.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real calls into the machine's libseccomp, also failing ones. */
class NativeLibseccompTest {
  private Libseccomp library;

  @BeforeEach
  void load() {
    try {
      library = NativeLibseccomp.load();
    } catch (LibraryMissingException e) {
      assumeTrue(false, e.getMessage());
    }
  }

  @Test
  void tellsItsVersion() {
    assertThat(library.version()).matches("2\\.[0-9]+\\.[0-9]+");
    assertThat(library.apiLevel()).isPositive();
  }

  @Test
  void resolvesNames() {
    Architecture aarch64 = library.resolveArchitecture("aarch64").orElseThrow();
    assertThat(aarch64.token()).isEqualTo(0xc00000b7);
    assertThat(library.resolveSyscall(aarch64, "read")).hasValue(63);
    assertThat(library.resolveSyscall(aarch64, "open")).isEmpty();
    assertThat(library.resolveArchitecture("vax")).isEmpty();
    assertThat(library.resolveSyscall("no_such_call")).isEmpty();
  }

  @Test
  void namesFunctionAndErrnoOfAFailedCall() {
    try (Libseccomp.Filter filter = library.newFilter(0x7fff0000)) {
      assertThatThrownBy(() -> filter.addRule(0x7fff0000, 0, List.of()))
          .isInstanceOf(SeccompException.class)
          .hasMessageMatching("seccomp_rule_add_array\\(system call 0\\): (EACCES|EPERM) \\(.*\\)");
      assertThatThrownBy(() -> filter.addArchitecture(new Architecture(4711)))
          .hasMessage("seccomp_arch_add(0x1267): EINVAL (Invalid argument)");
    }
  }

  @Test
  void refusesADefaultActionThatIsNone() {
    assertThatThrownBy(() -> library.newFilter(0x12345678))
        .hasMessage("seccomp_init with default action 0x12345678 failed");
  }

  @Test
  void tellsOfAMissingLibraryInOneLine() {
    LibraryMissingException e =
        new LibraryMissingException(
            "libseccomp.so.2",
            "to compile a seccomp profile",
            "apt-get install libseccomp2",
            new IllegalArgumentException());
    assertThat(e)
        .hasMessage(
            "libseccomp.so.2 was not found, but is needed to compile a seccomp profile:"
                + " apt-get install libseccomp2");
    assertThat(e.library()).isEqualTo("libseccomp.so.2");
  }
}
