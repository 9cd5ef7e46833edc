package io.belljar.runtime.cgroup;

import io.belljar.linux.cgroup.DeviceList;
import io.belljar.linux.cgroup.DeviceRule;
import io.belljar.linux.cgroup.DeviceRule.Access;
import io.belljar.linux.cgroup.DeviceRuleException;
import io.belljar.runtime.InvalidRequestException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which devices a container may use: the rules of {@code linux.resources.devices}, from "none" on,
 * and after them the devices that every container has (config-linux.md, "Default Devices"; the list
 * is runc's).
 */
final class DeviceRules {
  private static final String PATH = "linux.resources.devices";
  private static final Set<Access> ALL = EnumSet.allOf(Access.class);

  private static final List<DeviceRule> DEFAULTS =
      List.of(
          // A node may be made for any device: it is opening it that the other rules decide on.
          rule(
              DeviceRule.Type.CHARACTER,
              OptionalInt.empty(),
              OptionalInt.empty(),
              Set.of(Access.MKNOD)),
          rule(
              DeviceRule.Type.BLOCK,
              OptionalInt.empty(),
              OptionalInt.empty(),
              Set.of(Access.MKNOD)),
          character(1, 3), // null
          character(1, 5), // zero
          character(1, 7), // full
          character(1, 8), // random
          character(1, 9), // urandom
          character(5, 0), // tty
          character(5, 2), // ptmx
          character(10, 200), // net/tun
          rule(DeviceRule.Type.CHARACTER, OptionalInt.of(136), OptionalInt.empty(), ALL)); // pts/*

  private DeviceRules() {}

  private static DeviceRule character(int major, int minor) {
    return rule(DeviceRule.Type.CHARACTER, OptionalInt.of(major), OptionalInt.of(minor), ALL);
  }

  private static DeviceRule rule(
      DeviceRule.Type type, OptionalInt major, OptionalInt minor, Set<Access> access) {
    return new DeviceRule(true, type, major, minor, access);
  }

  /**
   * What the configuration's rules and the defaults amount to.
   *
   * @throws InvalidRequestException for a hole in a wildcard, which the kernel would not keep
   */
  static DeviceList of(List<io.belljar.spec.resources.DeviceRule> configured) {
    List<DeviceRule> rules = new ArrayList<>();
    for (int i = 0; i < configured.size(); i++) {
      add(rules, configured.get(i), PATH + "[" + i + "]");
    }
    try {
      DeviceList asked = DeviceList.of(rules);
      if (asked.defaultAllow()) {
        return asked;
      }
      rules.addAll(DEFAULTS);
      return DeviceList.of(rules);
    } catch (DeviceRuleException e) {
      throw new InvalidRequestException("config.json: " + PATH + ": " + e.getMessage(), e);
    }
  }

  private static void add(
      List<DeviceRule> rules, io.belljar.spec.resources.DeviceRule rule, String path) {
    Set<Access> access = EnumSet.noneOf(Access.class);
    rule.access()
        .forEach(one ->
            access.add(
                switch (one) {
                  case READ -> Access.READ;
                  case WRITE -> Access.WRITE;
                  case MKNOD -> Access.MKNOD;
                }));
    if (access.isEmpty() && rule.allow()) {
      return; // allows nothing
    }
    DeviceRule.Type type =
        switch (rule.type()) {
          case ALL -> DeviceRule.Type.ALL;
          case CHARACTER -> DeviceRule.Type.CHARACTER;
          case BLOCK -> DeviceRule.Type.BLOCK;
        };
    rules.add(
        new DeviceRule(
            rule.allow(),
            type,
            number(rule.major(), path + ".major"),
            number(rule.minor(), path + ".minor"),
            access.isEmpty() ? ALL : access));
  }

  /** -1 is how engines written in Go say "any". */
  private static OptionalInt number(OptionalLong number, String path) {
    if (number.isEmpty() || number.getAsLong() == -1) {
      return OptionalInt.empty();
    }
    ControllerLimits.requireRange(path, number.getAsLong(), 0, Integer.MAX_VALUE, "");
    return OptionalInt.of((int) number.getAsLong());
  }
}
