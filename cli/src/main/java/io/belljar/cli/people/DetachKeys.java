package io.belljar.cli.people;

import io.belljar.plan.Bytes;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.lifecycle.LifecycleException;

/** The keys that leave a container running, as Docker's {@code --detach-keys} names them. */
public final class DetachKeys {
  /** Docker's. */
  public static final String DEFAULT = "ctrl-p,ctrl-q";

  private static final String CONTROL = "ctrl-";
  // Their places are their codes: control-@ is 0, control-A is 1.
  private static final String CONTROLS = "@abcdefghijklmnopqrstuvwxyz[\\]^_";
  private static final int DELETE = 127;

  private DetachKeys() {}

  /**
   * What the terminal sends for them. Text without any key means the default, as Docker takes it.
   *
   * @throws LifecycleException when they are not keys
   */
  public static Bytes bytes(String keys) {
    String[] names = (keys.isEmpty() ? DEFAULT : keys).split(",", -1);
    if (names.length > ProcessStep.Attach.MOST_KEYS) {
      throw wrong(keys, "there are more than " + ProcessStep.Attach.MOST_KEYS);
    }
    byte[] codes = new byte[names.length];
    for (int i = 0; i < names.length; i++) {
      int code = code(names[i]);
      if (code < 0) {
        throw wrong(
            keys,
            "'%s' is neither a character, ctrl- and one of a-z, @, [, \\, ], ^ and _, nor DEL"
                .formatted(names[i]));
      }
      codes[i] = (byte) code;
    }
    return Bytes.of(codes);
  }

  /**
   * For the commands that cannot be left, as their container or process is a child of the caller's.
   *
   * @param keys null where the option was not given
   * @param atTerminal whether the command goes on at the caller's terminal, where keys would count
   * @throws LifecycleException when they are not keys, or would count
   */
  public static void requireUnused(String keys, boolean atTerminal, String cure) {
    if (keys == null) {
      return;
    }
    bytes(keys);
    if (atTerminal) {
      throw new LifecycleException(
          "--detach-keys: what runs in the foreground is the caller's child, and cannot be left: "
              + cure);
    }
  }

  private static int code(String name) {
    if (name.length() == 1) {
      return name.charAt(0) < 0x80 ? name.charAt(0) : -1;
    }
    if (name.length() == CONTROL.length() + 1 && name.startsWith(CONTROL)) {
      return CONTROLS.indexOf(name.charAt(CONTROL.length()));
    }
    return name.equals("DEL") ? DELETE : -1;
  }

  private static LifecycleException wrong(String keys, String why) {
    return new LifecycleException("Invalid detach keys (%s) provided: %s".formatted(keys, why));
  }
}
