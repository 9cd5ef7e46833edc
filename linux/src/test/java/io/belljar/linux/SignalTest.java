package io.belljar.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {
  @ParameterizedTest
  @CsvSource({
    "9, 9",
    "KILL, 9",
    "SIGKILL, 9",
    "sigkill, 9",
    "kill, 9",
    "0, 0",
    "64, 64",
    "IOT, 6",
    "CLD, 17",
    "SIGPOLL, 29",
    "IO, 29",
    "RTMIN, 34",
    "SIGRTMIN+3, 37",
    "rtmax-1, 63",
    "RTMAX, 64"
  })
  void readsEveryCommonForm(String text, int number) {
    assertThat(Signal.parse(text)).contains(new Signal(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SIG",
        "65",
        "-9",
        "+9",
        "9 ",
        "SIG9",
        "RTMIN+31",
        "RTMAX-31",
        "RTMIN+",
        "RTMIN-1",
        "SIGSIGKILL",
        "SIG0",
        "99999999999"
      })
  void refusesEverythingElse(String text) {
    assertThat(Signal.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, SIGHUP",
    "29, SIGIO",
    "31, SIGSYS",
    "32, 32",
    "34, SIGRTMIN",
    "49, SIGRTMIN+15",
    "50, SIGRTMAX-14",
    "64, SIGRTMAX",
    "0, 0"
  })
  void namesNumbers(int number, String name) {
    assertThat(new Signal(number)).hasToString(name);
  }

  @Test
  void readsEveryNameItWrites() {
    for (int number = 0; number <= Signal.RTMAX; number++) {
      assertThat(Signal.parse(new Signal(number).name())).contains(new Signal(number));
    }
  }

  @Test
  void refusesNumbersThatTheKernelDoesNotHave() {
    assertThatThrownBy(() -> new Signal(65))
        .hasMessage("signal number must be from 0 to 64, not 65");
  }
}
