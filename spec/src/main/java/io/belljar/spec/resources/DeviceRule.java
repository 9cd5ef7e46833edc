package io.belljar.spec.resources;

import io.belljar.spec.json.Vocabulary;
import io.belljar.spec.order.Ordered;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code linux.resources.devices[]}: a rule of the device controller.
 *
 * @param allow whether what matches is allowed or denied
 * @param type which kind of device
 * @param major the major number; absent means every one
 * @param minor the minor number; absent means every one
 * @param access what the rule is about
 */
public record DeviceRule(
    boolean allow, Type type, OptionalLong major, OptionalLong minor, Set<Access> access) {
  /** Every access: {@code rwm}. */
  public static final Set<Access> RWM =
      Ordered.copy(List.of(Access.READ, Access.WRITE, Access.MKNOD));

  public DeviceRule {
    access = Ordered.copy(access);
  }

  /** A rule about every device. */
  public static DeviceRule all(boolean allow, Collection<Access> access) {
    return new DeviceRule(
        allow, Type.ALL, OptionalLong.empty(), OptionalLong.empty(), Ordered.copy(access));
  }

  /** A rule that allows all access to one device. */
  public static DeviceRule allow(Type type, long major, long minor) {
    return new DeviceRule(true, type, OptionalLong.of(major), OptionalLong.of(minor), RWM);
  }

  /** The access as the document and the cgroup's files write it: {@code rwm}. */
  public String accessText() {
    StringBuilder text = new StringBuilder();
    access.forEach(one -> text.append(one.word()));
    return text.toString();
  }

  /** The kinds of device that a rule is about. */
  public enum Type implements Vocabulary.Word {
    ALL("a"),
    CHARACTER("c"),
    BLOCK("b");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** What is done with a device. */
  public enum Access implements Vocabulary.Word {
    READ("r"),
    WRITE("w"),
    MKNOD("m");

    private final String word;

    Access(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }
}
