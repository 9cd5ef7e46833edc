package io.belljar.toolbox.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.Errno;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.kernel.KernelCall;
import io.belljar.linux.text.TerminalText;
import io.belljar.toolbox.page.Page;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Judges what was found on a machine; the facts are made up. */
class CheckTest {
  private boolean privileged = true;
  private String release = "6.1.0-18-amd64";
  private Trial user = Trial.WORKED;
  private Trial container = Trial.WORKED;
  private Optional<String> libseccomp = Optional.of("2.5.4");
  private final Map<String, String> sysctls = new HashMap<>();
  private MachineFacts.GroupFacts groups =
      new MachineFacts.GroupFacts(
          "v2", Map.of(), Set.of("memory", "cpu", "cpuset", "pids", "io"), true, true);

  private Check check() {
    Map<NamespaceKind, Trial> namespaces = new EnumMap<>(NamespaceKind.class);
    for (NamespaceKind kind : NamespaceKind.values()) {
      namespaces.put(kind, kind == NamespaceKind.USER ? user : Trial.WORKED);
    }
    Map<KernelCall, KernelCall.Answer> calls = new EnumMap<>(KernelCall.class);
    for (KernelCall call : KernelCall.values()) {
      calls.put(call, KernelCall.Answer.AVAILABLE);
    }
    return Check.of(
        new MachineFacts(
            release,
            "mara",
            privileged,
            Optional.of(KernelConfiguration.parse("/boot/config", "CONFIG_PID_NS=y\n# x\n")),
            namespaces,
            Optional.of(user),
            container,
            Trial.WORKED,
            Optional.of(Trial.WORKED),
            sysctls,
            calls,
            Optional.of(true),
            3,
            List.of("errno", "allow"),
            libseccomp,
            Set.of("proc", "sysfs", "tmpfs", "devpts", "mqueue", "cgroup2"),
            groups,
            Optional.of(List.of("apparmor")),
            List.of("100000:65536"),
            List.of("100000:65536"),
            Map.of("newuidmap", "/usr/bin/newuidmap", "newgidmap", "/usr/bin/newgidmap"),
            Optional.empty()));
  }

  private static Item find(Check check, String name) {
    return check.items().stream()
        .filter(item -> item.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + check.items()));
  }

  @Test
  void findsThatRunCanWork() {
    Check check = check();
    assertThat(check.canRun()).isTrue();
    assertThat(check.verdict())
        .containsExactly(
            "belljar run can work for mara.",
            "Ordinary users can make user namespaces, and so containers.");
    assertThat(find(check, "pid").detail()).isEqualTo("CONFIG_PID_NS=y");
    assertThat(find(check, "memory").detail()).isEqualTo("version 2, for --memory");
  }

  @Test
  void namesTheSysctlThatBlocksUserNamespaces() {
    privileged = false;
    user = new Trial(Errno.EPERM.number(), "unshare: EPERM (Operation not permitted)");
    container = user;
    sysctls.put("kernel.unprivileged_userns_clone", "0");
    Check check = check();
    assertThat(check.canRun()).isFalse();
    assertThat(find(check, "user namespaces").cure())
        .isEqualTo("sysctl -w kernel.unprivileged_userns_clone=1");
    assertThat(find(check, "mount").detail())
        .isEqualTo("only in a user namespace, which cannot be made");
    assertThat(check.verdict())
        .contains("belljar run cannot work for mara, an ordinary user.")
        .contains("Cure: sysctl -w kernel.unprivileged_userns_clone=1");
  }

  @Test
  void namesTheRestrictionOfAppArmor() {
    privileged = false;
    container = new Trial(Errno.EPERM.number(), "mount: EPERM (Operation not permitted)");
    sysctls.put("kernel.apparmor_restrict_unprivileged_userns", "1");
    Check check = check();
    assertThat(check.canRun()).isFalse();
    assertThat(find(check, "a whole container").cure()).contains("an AppArmor profile");
  }

  @Test
  void doesNotNeedUserNamespacesForRoot() {
    user = new Trial(Errno.EINVAL.number(), "unshare: EINVAL (Invalid argument)");
    Check check = check();
    assertThat(check.canRun()).isTrue();
    assertThat(find(check, "user namespaces").cure()).isEqualTo("a kernel with CONFIG_USER_NS=y");
    assertThat(check.verdict())
        .contains("Ordinary users cannot make user namespaces, and so no containers.");
  }

  @Test
  void needsARecentKernelAndLibseccomp() {
    release = "5.10.0-8-amd64";
    libseccomp = Optional.empty();
    Check check = check();
    assertThat(check.canRun()).isFalse();
    assertThat(check.verdict()).contains("Missing: Linux 5.10.0-8-amd64, libseccomp.");
  }

  @Test
  void needsGroupsThatRootCanMake() {
    groups = new MachineFacts.GroupFacts("v2", Map.of(), Set.of("memory"), true, false);
    assertThat(check().canRun()).isFalse();
    privileged = false;
    assertThat(check().canRun()).isTrue();
    assertThat(find(check(), "groups can be made").cure()).contains("Delegate=yes");
  }

  @Test
  void everyThingThatFailsHasACure() {
    groups = new MachineFacts.GroupFacts("none", Map.of(), Set.of(), false, false);
    libseccomp = Optional.empty();
    release = "4.19.0";
    assertThat(check().items())
        .filteredOn(item -> item.standing() == Item.Standing.NO)
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item.cure()).as(item.name()).isNotEmpty());
  }

  @Test
  void printsItemsWithoutDetailsOnOneLine() {
    String text = CheckText.of(check(), new Page(0, false, new TerminalText(false)));
    assertThat(text)
        .startsWith("belljar run can work for mara.\n")
        .contains("  yes      pid                       CONFIG_PID_NS=y\n")
        .contains("           cure: apt-get install criu\n");
  }
}
