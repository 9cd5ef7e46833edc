package io.belljar.spec.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VocabularyOfTheKernelTest {
  private static Map<Integer, String> defines(String header, String prefix) throws IOException {
    Path file = Path.of("/usr/include", header);
    assumeTrue(Files.exists(file), () -> file + " is not installed");
    Matcher define =
        Pattern.compile(
                "^\\s*#\\s*define\\s+(" + prefix + "[A-Z_]+)\\s+(\\d+)\\s*(/\\*.*)?$",
                Pattern.MULTILINE)
            .matcher(Files.readString(file));
    Map<Integer, String> numbers = new TreeMap<>();
    while (define.find()) {
      numbers.put(Integer.valueOf(define.group(2)), define.group(1));
    }
    return numbers;
  }

  @Test
  void numbersCapabilitiesAsTheKernelDoes() throws IOException {
    Map<Integer, String> kernel = defines("linux/capability.h", "CAP_");
    assertThat(kernel).isNotEmpty();
    kernel.forEach(
        (number, name) -> assertThat(Capability.valueOf(name).number()).isEqualTo(number));
    assertThat(Capability.CAP_CHECKPOINT_RESTORE.number()).isEqualTo(40);
  }

  @Test
  void numbersLimitsAsTheKernelDoes() throws IOException {
    Map<Integer, String> kernel = defines("asm-generic/resource.h", "RLIMIT_");
    assertThat(kernel).isNotEmpty();
    kernel.forEach(
        (number, name) -> assertThat(RlimitType.valueOf(name).number()).isEqualTo(number));
  }

  @Test
  void makesMasksOfSets() {
    assertThat(Capabilities.mask(Set.of())).isZero();
    assertThat(Capabilities.mask(Set.of(Capability.CAP_CHOWN, Capability.CAP_CHECKPOINT_RESTORE)))
        .isEqualTo(1L | 1L << 40);
    assertThat(Capabilities.mask(Set.of(Capability.values()))).isEqualTo((1L << 41) - 1);
  }
}
