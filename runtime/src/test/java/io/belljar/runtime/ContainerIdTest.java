package io.belljar.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "web-1", "A_b+c.d", "..a", "0"})
  void acceptsWhatRuncAccepts(String value) {
    assertEquals(value, new ContainerId(value).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a/b", "a b", "é", "a\nb", "a:b"})
  void refusesWhatIsNoSafeName(String value) {
    InvalidRequestException refused =
        assertThrows(InvalidRequestException.class, () -> new ContainerId(value));
    assertEquals(
        "invalid container id \""
            + value.replace('\n', '?')
            + "\": only letters, digits and _ + - . are allowed, and neither \".\" nor \"..\"",
        refused.getMessage());
  }

  @Test
  void speaksOfANameWhereAPersonChoseIt() {
    InvalidRequestException refused =
        assertThrows(InvalidRequestException.class, () -> ContainerId.ofName("a b"));
    assertEquals(
        "invalid name \"a b\": only letters, digits and _ + - . are allowed, and neither \".\" nor"
            + " \"..\"",
        refused.getMessage());
    assertEquals("web", ContainerId.ofName("web").value());
  }

  @Test
  void refusesAnEmptyName() {
    InvalidRequestException refused =
        assertThrows(InvalidRequestException.class, () -> new ContainerId(""));
    assertEquals("container id must not be empty", refused.getMessage());
  }

  @Test
  void refusesAnOverlongName() {
    InvalidRequestException refused =
        assertThrows(InvalidRequestException.class, () -> new ContainerId("a".repeat(1025)));
    assertEquals("invalid container id: 1025 characters, at most 1024", refused.getMessage());
  }
}
