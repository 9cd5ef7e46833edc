package io.belljar.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.cgroup.DeviceList;
import io.belljar.spec.resources.DeviceRule;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceRulesTest {
  private static final DeviceRule NONE = DeviceRule.all(false, DeviceRule.RWM);

  private static List<String> lines(DeviceList list) {
    return list.rules().stream().map(Object::toString).toList();
  }

  @Test
  void allowsOnlyTheDefaultDevicesWithoutRules() {
    assertThat(lines(DeviceRules.of(List.of())))
        .startsWith("deny a *:* rwm")
        .contains("allow c 1:3 rwm", "allow c 136:* rwm", "allow c *:* m", "allow b *:* m")
        .doesNotContain("allow c 10:229 rwm");
  }

  @Test
  void addsTheConfiguredDevices() {
    DeviceRule fuse = DeviceRule.allow(DeviceRule.Type.CHARACTER, 10, 229);
    assertThat(lines(DeviceRules.of(List.of(NONE, fuse)))).contains("allow c 10:229 rwm");
  }

  @Test
  void allowsEverythingToAPrivilegedContainer() {
    DeviceRule all = DeviceRule.all(true, DeviceRule.RWM);
    assertThat(DeviceRules.of(List.of(all))).isEqualTo(new DeviceList(true, List.of()));
  }

  @Test
  void takesMinusOneForAnyNumber() {
    DeviceRule rule =
        new DeviceRule(
            true,
            DeviceRule.Type.BLOCK,
            OptionalLong.of(8),
            OptionalLong.of(-1),
            Set.of(DeviceRule.Access.READ));
    assertThat(lines(DeviceRules.of(List.of(NONE, rule)))).contains("allow b 8:* r");
  }

  @Test
  void denyingWithoutAccessDeniesAll() {
    DeviceRule nothing = DeviceRule.all(false, Set.of());
    DeviceRule all = DeviceRule.all(true, DeviceRule.RWM);
    assertThat(DeviceRules.of(List.of(all, nothing)).defaultAllow()).isFalse();
  }

  @Test
  void refusesAHoleInAWildcard() {
    DeviceRule tty =
        new DeviceRule(
            true,
            DeviceRule.Type.CHARACTER,
            OptionalLong.of(4),
            OptionalLong.empty(),
            DeviceRule.RWM);
    DeviceRule hole =
        new DeviceRule(
            false,
            DeviceRule.Type.CHARACTER,
            OptionalLong.of(4),
            OptionalLong.of(1),
            DeviceRule.RWM);
    assertThatThrownBy(() -> DeviceRules.of(List.of(NONE, tty, hole)))
        .hasMessageStartingWith(
            "config.json: linux.resources.devices: device rule \"deny c 4:1 rwm\": an earlier rule");
  }
}
