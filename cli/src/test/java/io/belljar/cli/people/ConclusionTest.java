package io.belljar.cli.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.ExitStatus;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.Root;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.resources.Memory;
import io.belljar.spec.resources.Resources;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConclusionTest {
  private static Optional<String> message(int code, long kills) {
    Memory memory = Memory.builder().limit(OptionalLong.of(64 << 20)).build();
    Linux linux = Linux.builder().resources(Resources.builder().memory(memory).build()).build();
    Config config = Config.builder(new Root("/", false)).linux(linux).build();
    return Conclusion.message("web", new ExitStatus(code, kills), config);
  }

  @Test
  void saysNothingOfWhatTheCommandSaidItself() {
    assertThat(message(0, 0)).isEmpty();
    assertThat(message(3, 0)).isEmpty();
    assertThat(message(130, 0)).isEmpty();
  }

  @Test
  void namesTheLimitThatKilledIt() {
    assertThat(message(137, 1)).contains("web was killed by its memory limit of 64 MiB");
    assertThat(message(1, 2))
        .contains("web: 2 processes in it were killed by the memory limit of 64 MiB");
  }

  @Test
  void explainsTheCodeOfASignal() {
    assertThat(message(139, 0))
        .contains("web ended with 139, which stands for SIGSEGV (invalid memory access)");
  }
}
