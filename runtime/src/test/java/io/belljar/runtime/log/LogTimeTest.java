package io.belljar.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimeTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("+02:00");

  @ParameterizedTest
  @CsvSource({
    "10s, 2026-11-23T11:59:50Z",
    "1h30m, 2026-11-23T10:30:00Z",
    "1.5h, 2026-11-23T10:30:00Z",
    "250ms, 2026-11-23T11:59:59.750Z",
    "-1m, 2026-11-23T12:01:00Z",
    "1136073845, 2006-01-01T00:04:05Z",
    "1136073845.000000001, 2006-01-01T00:04:05.000000001Z",
    "1136073845.5, 2006-01-01T00:04:05.500Z",
    "0, 1970-01-01T00:00:00Z",
    "2026-11-23, 2026-11-22T22:00:00Z",
    "2026-11-23Z, 2026-11-23T00:00:00Z",
    "2026-11-23T10, 2026-11-23T08:00:00Z",
    "2026-11-23T10:20, 2026-11-23T08:20:00Z",
    "2026-11-23T10:20:30, 2026-11-23T08:20:30Z",
    "2026-11-23T10:20:30.5, 2026-11-23T08:20:30.500Z",
    "2026-11-23T10:20:30Z, 2026-11-23T10:20:30Z",
    "2026-11-23T10:20:30.123456789Z, 2026-11-23T10:20:30.123456789Z",
    "2026-11-23T10:20:30+01:00, 2026-11-23T09:20:30Z",
    "2026-11-23T10Z, 2026-11-23T10:00:00Z",
  })
  void readsTimesAsDockerDoes(String text, Instant expected) {
    assertEquals(Optional.of(expected), LogTime.parse(text, NOW, ZONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "10x",
        "s",
        "h10",
        "1h 2m",
        "2026-13-01",
        "2026-11-23T25",
        "--1s",
        "1e5",
        "99999999999999999999h",
        "2026-11-23T10:20:30+1",
        "tomorrow"
      })
  void refusesWhatIsNoTime(String text) {
    assertEquals(Optional.empty(), LogTime.parse(text, NOW, ZONE), text);
  }
}
