package io.belljar.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceListTest {
  @Test
  void deniesEverythingWithoutRules() {
    assertThat(DeviceList.of(List.of())).isEqualTo(new DeviceList(false, List.of()));
  }

  @Test
  void keepsWhatDiffersFromTheDefault() {
    DeviceList list = list("deny a *:* rwm", "allow c 1:3 rwm", "allow b *:* m", "deny c 9:9 r");
    assertThat(list.defaultAllow()).isFalse();
    assertThat(lines(list.exceptions())).containsExactly("allow b *:* m", "allow c 1:3 rwm");
  }

  @Test
  void addsUpAccessToTheSameDevice() {
    assertThat(lines(list("allow c 1:3 r", "allow c 1:3 w").exceptions()))
        .containsExactly("allow c 1:3 rw");
  }

  @Test
  void takesAnExceptionAwayAgain() {
    assertThat(lines(list("allow c 1:3 rwm", "deny c 1:3 w").exceptions()))
        .containsExactly("allow c 1:3 rm");
    assertThat(list("allow c 1:3 rw", "deny c 1:3 rwm").exceptions()).isEmpty();
  }

  @Test
  void startsAnewWithARuleForAllDevices() {
    DeviceList list = list("allow c 1:3 rwm", "allow a *:* rwm", "deny b 8:0 rw");
    assertThat(list.defaultAllow()).isTrue();
    assertThat(lines(list.exceptions())).containsExactly("deny b 8:0 rw");
  }

  @Test
  void takesPartOfAllDevicesForBothTypesOnly() {
    assertThat(lines(list("allow a *:* r").exceptions()))
        .containsExactly("allow b *:* r", "allow c *:* r");
    assertThat(list("allow a *:* r").defaultAllow()).isFalse();
  }

  @Test
  void refusesAHoleInAWildcard() {
    assertThatThrownBy(() -> list("allow c 1:* rwm", "deny c 1:3 w"))
        .isInstanceOf(DeviceRuleException.class)
        .hasMessage(
            "device rule \"deny c 1:3 w\": an earlier rule is about all devices of a kind that this"
                + " one is about; the kernel would ignore the exception; name the devices one by"
                + " one");
  }

  @Test
  void acceptsAHoleThatIsNoneBecauseTheAccessDiffers() {
    assertThat(lines(list("allow c *:* m", "allow c 1:3 rwm", "deny c 1:3 w").exceptions()))
        .containsExactly("allow c *:* m", "allow c 1:3 rm");
  }

  @Test
  void writesTheRulesForV1() {
    assertThat(lines(list("allow c 1:3 rwm").rules()))
        .containsExactly("deny a *:* rwm", "allow c 1:3 rwm");
  }

  @Test
  void changesOnlyWhatDiffersOnUpdate() {
    DeviceList before = list("allow c 1:3 rwm", "allow c 1:5 rw", "allow b 8:0 r");
    DeviceList after = list("allow c 1:3 rwm", "allow c 1:5 r", "allow b 8:0 rw");
    assertThat(lines(before.transitionTo(after))).containsExactly("deny c 1:5 w", "allow b 8:0 w");
    assertThat(before.transitionTo(before)).isEmpty();
  }

  @Test
  void setsEverythingAnewWhenTheDefaultIsToAllow() {
    DeviceList open = list("allow a *:* rwm", "deny b 8:0 w");
    assertThat(lines(open.transitionTo(list("allow c 1:3 r"))))
        .containsExactly("deny a *:* rwm", "allow c 1:3 r");
    assertThat(lines(open.transitionTo(open))).containsExactly("allow a *:* rwm", "deny b 8:0 w");
  }

  @Test
  void refusesARuleWithoutAccess() {
    assertThatThrownBy(() -> rule("allow c 1:3 "))
        .hasMessage("a device rule needs at least one of r, w, m");
    assertThat(DeviceRule.Access.parse("rx")).isEmpty();
  }

  static DeviceList list(String... rules) {
    return DeviceList.of(List.of(rules).stream().map(DeviceListTest::rule).toList());
  }

  /** The rule of {@link DeviceRule#toString}. */
  static DeviceRule rule(String text) {
    String[] words = text.split(" ", 4);
    String[] numbers = words[2].split(":");
    Set<DeviceRule.Access> access = DeviceRule.Access.parse(words[3]).orElseThrow();
    return new DeviceRule(
        words[0].equals("allow"),
        DeviceRule.Type.of(words[1]).orElseThrow(),
        number(numbers[0]),
        number(numbers[1]),
        access);
  }

  private static OptionalInt number(String word) {
    return word.equals("*") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(word));
  }

  private static List<String> lines(List<DeviceRule> rules) {
    return rules.stream().map(DeviceRule::toString).toList();
  }
}
