package io.belljar.runtime.user;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CVE-2024-40635, CVE-2026-46680: a user that is a number too large became root. */
class Cve2024_40635Test {
  @ParameterizedTest
  @ValueSource(strings = {"4294967296", "4294967296:0", "18446744073709551616"})
  void refusesANumberThatWouldWrapEvenIfTheImageHasSuchAName(String user) {
    String passwd = "4294967296:x:0:0::/root:/bin/sh\n18446744073709551616:x:0:0::/root:/bin/sh\n";
    PasswordFile accounts = PasswordFile.of(Optional.of(passwd.getBytes(UTF_8)), Optional.empty());
    assertThatThrownBy(() -> accounts.resolve(user, ContainerUser.ROOT))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(": uids and gids must be in range 0-2147483647");
  }
}
