package io.belljar.linux.cgroup;

import io.belljar.linux.cgroup.DeviceRule.Access;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a list of device rules amounts to in the devices controller of cgroup v1 ({@code
 * security/device_cgroup.c} of the kernel, {@code cgroup-v1/devices.rst}): a default, and
 * exceptions from it.
 *
 * <p>The controller does not keep rules in their order: a rule for all devices replaces everything
 * before it; a rule against the default adds an exception; a rule like the default takes an equal
 * exception away. The same semantics are used for cgroup v2, so that a container's devices do not
 * depend on the machine's cgroup version. Two differences from the kernel, both stricter: a rule
 * that would be ignored silently (a hole in a wildcard exception) is an error, and a rule of type
 * {@code a} that names numbers or only some access is taken as one for {@code b} and one for {@code
 * c}, where the kernel would take it as one for all devices.
 *
 * @param defaultAllow whether what is not excepted is allowed
 * @param exceptions what differs from the default, sorted; their {@code allow} is its opposite
 */
public record DeviceList(boolean defaultAllow, List<DeviceRule> exceptions) {
  /** Copies the list. */
  public DeviceList {
    exceptions = List.copyOf(exceptions);
  }

  /**
   * What these rules, in their order, amount to in a cgroup that denied everything before.
   *
   * @throws DeviceRuleException for a hole in a wildcard exception
   */
  public static DeviceList of(Collection<DeviceRule> rules) {
    Builder builder = new Builder();
    rules.forEach(builder::apply);
    return builder.build();
  }

  /** The rules that bring a v1 devices cgroup in any state to this list, for the v1 files. */
  public List<DeviceRule> rules() {
    List<DeviceRule> rules = new ArrayList<>();
    rules.add(DeviceRule.all(defaultAllow));
    rules.addAll(exceptions);
    return List.copyOf(rules);
  }

  /**
   * The rules that bring a v1 devices cgroup from this list to {@code target} without denying in
   * between what both allow. Exceptions of a cgroup that allows by default cannot be read back, so
   * from there everything is set anew.
   */
  public List<DeviceRule> transitionTo(DeviceList target) {
    if (defaultAllow || target.defaultAllow) {
      return target.rules();
    }
    Map<Device, Integer> before = byDevice(exceptions);
    Map<Device, Integer> after = byDevice(target.exceptions);
    List<DeviceRule> rules = new ArrayList<>();
    before.forEach(
        (device, access) -> device.addRule(rules, access & ~after.getOrDefault(device, 0), false));
    after.forEach(
        (device, access) -> device.addRule(rules, access & ~before.getOrDefault(device, 0), true));
    return List.copyOf(rules);
  }

  private static Map<Device, Integer> byDevice(List<DeviceRule> exceptions) {
    Map<Device, Integer> map = new TreeMap<>(Device.ORDER);
    exceptions.forEach(rule -> map.put(Device.of(rule), Access.bits(rule.access())));
    return map;
  }

  /** Which devices an exception is about; -1 is any number. */
  private record Device(DeviceRule.Type type, int major, int minor) {
    private static final Comparator<Device> ORDER =
        (one, other) -> {
          int byType = one.type.compareTo(other.type);
          int byMajor = byType != 0 ? byType : Integer.compare(one.major, other.major);
          return byMajor != 0 ? byMajor : Integer.compare(one.minor, other.minor);
        };

    static Device of(DeviceRule rule) {
      return new Device(rule.type(), rule.major().orElse(-1), rule.minor().orElse(-1));
    }

    /** The wildcards that contain this device without being it. */
    Set<Device> wildcards() {
      Set<Device> wildcards =
          new HashSet<>(
              List.of(
                  new Device(type, -1, minor),
                  new Device(type, major, -1),
                  new Device(type, -1, -1)));
      wildcards.remove(this);
      return wildcards;
    }

    void addRule(List<DeviceRule> rules, int access, boolean allow) {
      if (access != 0) {
        rules.add(new DeviceRule(allow, type, some(major), some(minor), Access.ofBits(access)));
      }
    }

    private static OptionalInt some(int number) {
      return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }
  }

  private static final class Builder {
    private boolean defaultAllow;
    private final Map<Device, Integer> exceptions = new TreeMap<>(Device.ORDER);

    void apply(DeviceRule rule) {
      if (rule.isForAll()) {
        defaultAllow = rule.allow();
        exceptions.clear();
      } else if (rule.type() == DeviceRule.Type.ALL) {
        for (DeviceRule.Type type : List.of(DeviceRule.Type.BLOCK, DeviceRule.Type.CHARACTER)) {
          apply(new DeviceRule(rule.allow(), type, rule.major(), rule.minor(), rule.access()));
        }
      } else if (rule.allow() == defaultAllow) {
        remove(rule);
      } else {
        exceptions.merge(Device.of(rule), Access.bits(rule.access()), (a, b) -> a | b);
      }
    }

    private void remove(DeviceRule rule) {
      Device device = Device.of(rule);
      int access = Access.bits(rule.access());
      for (Device wildcard : device.wildcards()) {
        if ((exceptions.getOrDefault(wildcard, 0) & access) != 0) {
          throw new DeviceRuleException(
              rule,
              "an earlier rule is about all devices of a kind that this one is about; the kernel"
                  + " would ignore the exception; name the devices one by one");
        }
      }
      exceptions.computeIfPresent(device, (d, old) -> (old & ~access) == 0 ? null : old & ~access);
    }

    DeviceList build() {
      List<DeviceRule> rules = new ArrayList<>();
      exceptions.forEach((device, access) -> device.addRule(rules, access, !defaultAllow));
      return new DeviceList(defaultAllow, rules);
    }
  }
}
