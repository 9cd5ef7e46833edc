package io.belljar.cli.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.belljar.runtime.user.PasswordFile;
import io.belljar.runtime.user.UserException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecProcessTest {
  private static ExecProcess as(String user) {
    return new ExecProcess(
        () -> PasswordFile.of(Optional.empty(), Optional.empty()),
        List.of("id"),
        List.of(),
        Optional.of(user),
        Optional.empty(),
        false,
        0);
  }

  @Test
  void aUserThatIsNotNamedIsTheContainersOwnAndNeverRoot() {
    assertEquals(Optional.empty(), as("").user());
    for (String user : List.of(":", ":0")) {
      assertEquals(
          "--user: names no user before the colon",
          assertThrows(UserException.class, () -> as(user)).getMessage());
    }
  }
}
