package io.belljar.toolbox.chroot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.Role;
import io.belljar.plan.step.IdentityStep.Become;
import io.belljar.plan.step.IdentityStep.Execute;
import io.belljar.plan.step.MountStep;
import io.belljar.plan.step.Step;
import io.belljar.runtime.user.PasswordFile;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.command.ToolCaller;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChrootPlannerTest {
  private static final PasswordFile INSIDE =
      accounts("alice:x:1234:1235::/:\n", "alice:x:1235:\nmusic:x:77:alice\n4321:x:55:\n");
  private static final PasswordFile HOST =
      accounts("alice:x:5:5::/:\nbob:x:6:7::/:\n", "alice:x:5:\nbob:x:7:\n");

  @Test
  void changesTheRootThenTheUserThenBecomesTheCommand() {
    List<Step> steps = steps("alice", "");
    assertThat(steps.stream().filter(step -> !(step instanceof Become)).map(Object::getClass))
        .containsSubsequence(MountStep.ChangeRoot.class, Execute.class);
    assertThat(becomes(steps))
        .containsExactly(
            new Become(Become.UNCHANGED, Become.UNCHANGED, List.of(1235L, 77L), Become.PLAINLY),
            become(Become.UNCHANGED, 1235),
            become(1234, Become.UNCHANGED));
  }

  @Test
  void looksNamesUpInTheNewRootFirst() {
    assertThat(becomes(steps("bob", ""))).contains(become(6, Become.UNCHANGED));
    assertThat(becomes(steps("alice:bob", "4321")))
        .containsExactly(
            new Become(Become.UNCHANGED, Become.UNCHANGED, List.of(55L), Become.PLAINLY),
            become(Become.UNCHANGED, 7),
            become(1234, Become.UNCHANGED));
  }

  @Test
  void withoutACommandTheShellIsInteractive() {
    assertThat(steps("", "").getLast())
        .isInstanceOfSatisfying(
            Execute.class,
            execute -> assertThat(execute.args()).containsExactly("/bin/bash", "-i"));
  }

  @Test
  void refusesInTheWordsOfCoreutils() {
    refuses("invalid user", "carol", "");
    refuses("invalid group", "alice:carol", "");
    refuses("no group specified for unknown uid: 777", "777", "");
    refuses("invalid group 'carol'", "", "carol");
    refuses("invalid group list ','", "", ",");
    assertThatThrownBy(() ->
            ChrootPlanner.plan(
                new ChrootOptions("/x", Optional.empty(), Optional.empty(), true, List.of()),
                facts()))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.isUsage()).isTrue())
        .hasMessage("option --skip-chdir only permitted if NEWROOT is old '/'");
  }

  private static void refuses(String message, String userspec, String groups) {
    assertThatThrownBy(() -> steps(userspec, groups))
        .isInstanceOf(Refusal.class)
        .hasMessage(message);
  }

  private static Become become(long uid, long gid) {
    return new Become(uid, gid, List.of(), Become.PLAINLY | Become.KEEP_GROUPS);
  }

  private static List<Step> becomes(List<Step> steps) {
    return steps.stream().filter(Become.class::isInstance).toList();
  }

  private static List<Step> steps(String userspec, String groups) {
    return ChrootPlanner.plan(
            new ChrootOptions(
                "/srv",
                Optional.of(userspec).filter(text -> !text.isEmpty()),
                Optional.of(groups).filter(text -> !text.isEmpty()),
                false,
                List.of()),
            facts())
        .plan()
        .steps(Role.LAUNCHER);
  }

  private static ChrootFacts facts() {
    return new ChrootFacts(
        new ToolCaller(42, 0, 0, 0022, List.of("SHELL=/bin/bash")),
        false,
        () -> List.of(INSIDE, HOST));
  }

  private static PasswordFile accounts(String passwd, String group) {
    return PasswordFile.of(
        Optional.of(passwd.getBytes(StandardCharsets.UTF_8)),
        Optional.of(group.getBytes(StandardCharsets.UTF_8)));
  }
}
