package io.belljar.linux.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.linux.Capability;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessStatus;
import org.junit.jupiter.api.Test;

class FilterReaderTest {
  @Test
  void leavesAProcessThatHasNoFilterAsItWas() throws Exception {
    ProcessStatus own = ProcFs.host().status((int) ProcessHandle.current().pid()).orElseThrow();
    assumeTrue(
        (own.capabilities().effective() & Capability.CAP_SYS_ADMIN.bit()) != 0
            && own.seccompMode() == 0,
        "the kernel shows filters to CAP_SYS_ADMIN only");
    // Not a child of this JVM, which would take the news of its stop for that of its end.
    Process shell =
        new ProcessBuilder("sh", "-c", "(sleep 0.5; echo slept) & echo $!; wait").start();
    try (var output = shell.inputReader()) {
      int pid = Integer.parseInt(output.readLine());
      assertThat(FilterReader.read(pid).filters()).isEmpty();
      assertThat(output.readLine()).isEqualTo("slept");
    }
  }

  @Test
  void saysThatAProcessIsNotThere() {
    assertThatThrownBy(() -> FilterReader.read(0x3fffffff))
        .isInstanceOf(TraceException.class)
        .hasMessage("PTRACE_SEIZE: ESRCH (No such process)");
  }
}
