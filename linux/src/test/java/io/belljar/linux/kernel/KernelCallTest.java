package io.belljar.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelCallTest {
  @Test
  void asksWithoutDoingAnything() {
    for (KernelCall call : KernelCall.values()) {
      assertThat(call.ask()).as(call.callName()).isNotNull();
    }
    // Belljar needs Linux 5.12, so the machine of this test has these, if no filter hides them.
    assertThat(KernelCall.OPENAT2.ask()).isNotEqualTo(KernelCall.Answer.MISSING);
    assertThat(KernelCall.CLONE3.callName()).isEqualTo("clone3");
  }

  @Test
  void findsTheActionsThatTheKernelLists() throws Exception {
    Path list = Path.of("/proc/sys/kernel/seccomp/actions_avail");
    if (Files.exists(list)) {
      assertThat(SeccompActions.available())
          .containsExactlyElementsOf(List.of(Files.readString(list).strip().split(" ")));
    }
  }
}
