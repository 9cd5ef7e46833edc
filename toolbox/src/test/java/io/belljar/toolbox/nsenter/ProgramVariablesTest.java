package io.belljar.toolbox.nsenter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramVariablesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "LD_PRELOAD=/tmp/x.so",
        "LD_LIBRARY_PATH=",
        "PATH=/tmp",
        "SHELL=/tmp/sh",
        "GLIBC_TUNABLES=a=b=c",
        "BASH_ENV=/tmp/x",
        "BASH_FUNC_ls%%=() { id; }"
      })
  void theTargetDoesNotDecideWhatTheCallersProgramsLoad(String entry) {
    assertThat(ProgramVariables.decide(entry)).isTrue();
  }

  @Test
  void otherVariablesAreTheTargets() {
    assertThat(ProgramVariables.decide("HOME=/LD_PRELOAD")).isFalse();
    assertThat(ProgramVariables.decide("LDFLAGS=x")).isFalse();
    assertThat(ProgramVariables.decide("A")).isFalse();
  }
}
