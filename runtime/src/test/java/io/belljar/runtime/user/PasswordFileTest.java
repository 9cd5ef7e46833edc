package io.belljar.runtime.user;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordFileTest {
  private static final String PASSWD =
      """
      root:x:0:0:root user:/root:/bin/bash
        adm:x:42:43:adm:/var/adm:/bin/false

      111:x:222:333::/var/garbage
      odd:x:111:112::/home/odd:::::
      2147483648:x:0:0:toolarge:/root:/bin/bash
      4294967296:x:0:0:wraps:/root:/bin/bash
      badid:x:many:0::/:
      short:x
      user7456:x:7456:100:Vasya:/home/user7456
      this is just some garbage data
      """;
  private static final String GROUP =
      """
      # root:x:7:root
      root:x:0:root
      adm:x:43:
      grp:x:1234:root,adm,user7456
      444:x:555:111
      odd:x:444:
      2147483648:x:0:
      late:x:77:user7456
      bad:x:1e3:user7456
      """;
  private static final ContainerUser DEFAULTS =
      new ContainerUser(8888, 8889, List.of(8890), "/8888");

  private final PasswordFile accounts = accounts(PASSWD, GROUP);

  @Test
  void givesANameItsIdsGroupsAndHome() {
    assertThat(resolve("root")).isEqualTo(user(0, 0, "/root", 0, 1234));
    assertThat(resolve("adm")).isEqualTo(user(42, 43, "/var/adm", 1234));
    assertThat(resolve("user7456")).isEqualTo(user(7456, 100, "/home/user7456", 1234, 77));
  }

  @Test
  void takesANumberForAnIdAlways() {
    assertThat(resolve("111")).isEqualTo(user(111, 112, "/home/odd", 8890));
    assertThat(resolve("111:444")).isEqualTo(user(111, 444, "/home/odd", 8890));
    assertThat(resolve("42")).isEqualTo(user(42, 43, "/var/adm", 1234));
    assertThat(resolve("1")).isEqualTo(user(1, 8889, "/8888", 8890));
    assertThat(resolve("+42")).isEqualTo(resolve("42"));
  }

  @Test
  void takesAGroupThatIsNamedAndNoOther() {
    assertThat(resolve("root:adm")).isEqualTo(user(0, 43, "/root", 8890));
    assertThat(resolve("adm:1234")).isEqualTo(user(42, 1234, "/var/adm", 8890));
    assertThat(resolve("1337:4321")).isEqualTo(user(1337, 4321, "/8888", 8890));
    assertThat(resolve("2147483647:2147483647"))
        .isEqualTo(user(2147483647, 2147483647, "/8888", 8890));
    assertThat(resolve(":grp")).isEqualTo(user(8888, 1234, "/8888", 8890));
  }

  @Test
  void takesTheDefaultsForNothing() {
    assertThat(resolve("")).isEqualTo(DEFAULTS);
    assertThat(accounts.resolve("", ContainerUser.ROOT)).isEqualTo(user(0, 0, "/root", 0, 1234));
    PasswordFile none = PasswordFile.of(Optional.empty(), Optional.empty());
    assertThat(none.resolve("5:6", ContainerUser.ROOT)).isEqualTo(user(5, 6, ""));
    assertThat(none.resolve("5", ContainerUser.ROOT)).isEqualTo(user(5, 0, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4294967296",
        "4294967295",
        "2147483648",
        "-1",
        "-1:0",
        "0:-3",
        "0:4294967296",
        "42:2147483648",
        "9223372036854775808",
        "18446744073709551616",
        "0:99999999999999999999"
      })
  void refusesNumbersThatWouldWrap(String spec) {
    assertThatThrownBy(() -> resolve(spec))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(": uids and gids must be in range 0-2147483647");
  }

  @Test
  void refusesWhoIsNotThere() {
    assertThatThrownBy(() -> resolve("nobody"))
        .hasMessage("unable to find user nobody: no matching entries in passwd file");
    assertThatThrownBy(() -> resolve("root:wheel"))
        .hasMessage("unable to find group wheel: no matching entries in group file");
    assertThatThrownBy(() -> resolve("8888:a:b"))
        .hasMessage("unable to find group a:b: no matching entries in group file");
    assertThatThrownBy(() -> resolve("0x10")).hasMessageContaining("unable to find user 0x10");
    assertThatThrownBy(() -> resolve("x\ny")).hasMessageContaining("unable to find user x\\x0ay");
  }

  @Test
  void doesNotMakeRootOfAnAccountWithoutANumber() {
    assertThatThrownBy(() -> resolve("badid")).hasMessageContaining("unable to find user badid");
    assertThatThrownBy(() -> resolve("short")).hasMessageContaining("unable to find user short");
    assertThatThrownBy(() -> resolve("1:bad")).hasMessageContaining("unable to find group bad");
  }

  @Test
  void addsGroupsByNameAndNumberOnce() {
    assertThat(accounts.additionalGroups(List.of("grp", "1234", "10001", "adm")))
        .containsExactly(1234, 10001, 43);
    assertThatThrownBy(() -> accounts.additionalGroups(List.of("adm", "gone")))
        .hasMessage("unable to find group gone: no matching entries in group file");
    assertThatThrownBy(() -> accounts.additionalGroups(List.of("2147483648")))
        .hasMessage("2147483648: uids and gids must be in range 0-2147483647");
  }

  @Test
  void boundsWhatItReads() {
    assertThatThrownBy(() -> accounts("", "x".repeat(PasswordFile.MAX_BYTES + 1)))
        .hasMessage("/etc/group: is larger than 10485760 bytes");
    assertThatThrownBy(() -> accounts("x".repeat(70_000), ""))
        .hasMessage("/etc/passwd: has a line longer than 65536 bytes");
    assertThatThrownBy(() -> accounts("", "x".repeat(2 << 20)))
        .hasMessage("/etc/group: has a line longer than 1048576 bytes");
    PasswordFile million = accounts("a:x:1:1::\n".repeat(1_000_000), "");
    assertThatThrownBy(() -> million.resolve("b", DEFAULTS)).hasMessageContaining("user b");
  }

  @Test
  void readsTheFilesOfARootWithoutLeavingIt(@TempDir Path directory) throws Exception {
    Path root = Files.createDirectories(directory.resolve("root/etc")).getParent();
    Files.writeString(directory.resolve("passwd"), "evil:x:0:0::/:\n");
    Files.createSymbolicLink(root.resolve("etc/passwd"), Path.of("../../passwd"));
    Files.writeString(root.resolve("etc/group"), GROUP);
    PasswordFile read = PasswordFile.read(root);
    assertThatThrownBy(() -> read.resolve("evil", DEFAULTS)).hasMessageContaining("user evil");
    assertThat(read.resolve("5:grp", DEFAULTS).gid()).isEqualTo(1234);
  }

  private static PasswordFile accounts(String passwd, String group) {
    return PasswordFile.of(Optional.of(passwd.getBytes(UTF_8)), Optional.of(group.getBytes(UTF_8)));
  }

  private ContainerUser resolve(String spec) {
    return accounts.resolve(spec, DEFAULTS);
  }

  private static ContainerUser user(int uid, int gid, String home, Integer... groups) {
    return new ContainerUser(uid, gid, List.of(groups), home);
  }
}
