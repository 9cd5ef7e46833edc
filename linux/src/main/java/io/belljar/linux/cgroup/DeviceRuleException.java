package io.belljar.linux.cgroup;

/** A list of device rules asks for what the devices controller cannot do. */
public final class DeviceRuleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String rule;

  DeviceRuleException(DeviceRule rule, String reason) {
    super("device rule \"" + rule + "\": " + reason);
    this.rule = rule.toString();
  }

  /** The rule. */
  public String rule() {
    return rule;
  }
}
