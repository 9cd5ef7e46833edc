package io.belljar.runtime.user;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** CVE-2023-25173, CVE-2022-36109: a user's supplementary groups were not set up. */
class Cve2023_25173Test {
  @Test
  void givesANamedUserItsGroupsAndItsPrimaryGroup() {
    PasswordFile accounts =
        PasswordFile.of(
            Optional.of("app:x:1000:1001::/home/app:/bin/sh\n".getBytes(UTF_8)),
            Optional.of("denied:x:50:app\napp:x:1001:\ndata:x:60:other,app\n".getBytes(UTF_8)));
    assertThat(accounts.resolve("app", ContainerUser.ROOT))
        .isEqualTo(new ContainerUser(1000, 1001, List.of(50, 60), "/home/app"));
  }
}
