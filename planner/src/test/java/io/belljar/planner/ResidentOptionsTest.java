package io.belljar.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResidentOptionsTest {
  private static void assertRefused(String message, String... arguments) {
    assertThatThrownBy(() -> ResidentOptions.parse(List.of(arguments)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void hasDefaults() {
    assertThat(ResidentOptions.parse(List.of("--socket", "/run/belljar/p")))
        .isEqualTo(
            new ResidentOptions(
                Path.of("/run/belljar/p"),
                false,
                Duration.ofMinutes(30),
                Optional.empty(),
                64,
                true));
  }

  @Test
  void readsOptions() {
    ResidentOptions options =
        ResidentOptions.parse(List.of("--once", "--idle", "5", "--socket", "/p"));
    assertThat(options.once()).isTrue();
    assertThat(options.idle()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aUnitsPlannerStaysInItsCgroup() {
    ResidentOptions options = ResidentOptions.parse(List.of("--inherited", "--socket", "/p"));
    assertThat(options.inherited()).isTrue();
    assertThat(options.leaveGroups()).isFalse();
  }

  @Test
  void readsSystemProperties() {
    System.setProperty(ResidentOptions.IDLE_PROPERTY, "9");
    System.setProperty(ResidentOptions.HOME_PROPERTY, "/opt/belljar");
    System.setProperty(ResidentOptions.GROUP_PROPERTY, "keep");
    try {
      ResidentOptions options = ResidentOptions.parse(List.of("--socket", "/p"));
      assertThat(options.idle()).isEqualTo(Duration.ofSeconds(9));
      assertThat(options.home()).contains(Path.of("/opt/belljar"));
      assertThat(options.leaveGroups()).isFalse();
    } finally {
      System.clearProperty(ResidentOptions.IDLE_PROPERTY);
      System.clearProperty(ResidentOptions.HOME_PROPERTY);
      System.clearProperty(ResidentOptions.GROUP_PROPERTY);
    }
  }

  @Test
  void rejectsWhatItDoesNotKnow() {
    assertRefused("--socket PATH is missing");
    assertRefused("--socket needs a value", "--socket");
    assertRefused("unknown option --twice", "--twice");
    assertRefused("--socket p: the path is not absolute", "--socket", "p");
    assertRefused("--idle soon: a number of seconds is needed", "--socket", "/p", "--idle", "soon");
    assertRefused("--idle: at least one second is needed", "--socket", "/p", "--idle", "0");
  }
}
