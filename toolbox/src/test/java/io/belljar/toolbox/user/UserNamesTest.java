package io.belljar.toolbox.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class UserNamesTest {
  @Test
  void theFirstNameOfANumberCountsAndBadLinesDoNot() {
    var names = UserNames.of("root:x:0:0::/:\ntoor:x:0:0::/:\nbad\n:x:5:5\nx:x:-1:0\nlp:x:7:7\n");
    assertEquals("root", names.name(0));
    assertEquals("lp", names.name(7));
    assertEquals("5", names.name(5));
  }
}
