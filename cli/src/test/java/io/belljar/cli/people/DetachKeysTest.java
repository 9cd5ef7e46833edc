package io.belljar.cli.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.runtime.lifecycle.LifecycleException;
import org.junit.jupiter.api.Test;

class DetachKeysTest {
  @Test
  void areWhatTheTerminalSends() {
    assertThat(DetachKeys.bytes("ctrl-p,ctrl-q").toArray()).containsExactly(0x10, 0x11);
    assertThat(DetachKeys.bytes("q").toArray()).containsExactly('q');
    assertThat(DetachKeys.bytes("a,ctrl-@,ctrl-\\,ctrl-_,DEL").toArray())
        .containsExactly('a', 0, 0x1c, 0x1f, 0x7f);
  }

  @Test
  void areDockersWhereNoneAreNamed() {
    assertThat(DetachKeys.bytes("")).isEqualTo(DetachKeys.bytes(DetachKeys.DEFAULT));
  }

  @Test
  void areRefusedWhereTheyAreNone() {
    refuses("ctrl-1", "'ctrl-1'");
    refuses("ctrl-P", "'ctrl-P'");
    refuses("ab", "'ab'");
    refuses("a,", "''");
    refuses("\u00e9", "'\u00e9'");
    refuses("a" + ",a".repeat(64), "there are more than 64");
  }

  @Test
  void areRefusedWhereTheCommandCannotBeLeft() {
    DetachKeys.requireUnused("q", false, "cure");
    DetachKeys.requireUnused(null, true, "cure");
    assertThatThrownBy(() -> DetachKeys.requireUnused("q", true, "take -d"))
        .isInstanceOf(LifecycleException.class)
        .hasMessage(
            "--detach-keys: what runs in the foreground is the caller's child, and cannot be left:"
                + " take -d");
    assertThatThrownBy(() -> DetachKeys.requireUnused("qq", false, "cure"))
        .isInstanceOf(LifecycleException.class)
        .hasMessageStartingWith("Invalid detach keys (qq) provided");
  }

  private static void refuses(String keys, String why) {
    assertThatThrownBy(() -> DetachKeys.bytes(keys))
        .isInstanceOf(LifecycleException.class)
        .hasMessageStartingWith("Invalid detach keys (" + keys + ") provided: " + why);
  }
}
