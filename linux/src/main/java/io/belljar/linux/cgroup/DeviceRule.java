package io.belljar.linux.cgroup;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * A rule about devices, as {@code linux.resources.devices} of an OCI document and the v1 devices
 * controller have it.
 *
 * @param allow whether it allows or denies
 * @param type all devices, block or character devices
 * @param major the major number, empty for any
 * @param minor the minor number, empty for any
 * @param access at least one way of access
 */
public record DeviceRule(
    boolean allow, Type type, OptionalInt major, OptionalInt minor, Set<Access> access) {

  /** Which devices. */
  public enum Type {
    ALL('a'),
    BLOCK('b'),
    CHARACTER('c');

    private final char letter;

    Type(char letter) {
      this.letter = letter;
    }

    /** The letter in OCI documents and in the files of the devices controller. */
    public char letter() {
      return letter;
    }

    /** The type of this word of an OCI document: {@code a}, {@code b}, {@code c}. */
    public static Optional<Type> of(String word) {
      for (Type type : values()) {
        if (word.equals(String.valueOf(type.letter))) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }
  }

  /** A way of access, with its bit in {@code BPF_DEVCG_ACC_*} ({@code linux/bpf.h}). */
  public enum Access {
    READ('r', 2),
    WRITE('w', 4),
    MKNOD('m', 1);

    private final char letter;
    private final int bit;

    Access(char letter, int bit) {
      this.letter = letter;
      this.bit = bit;
    }

    int bit() {
      return bit;
    }

    /** The ways of access in a word of an OCI document, {@code rwm}; empty for any other letter. */
    public static Optional<Set<Access>> parse(String word) {
      Set<Access> set = new TreeSet<>();
      for (int i = 0; i < word.length(); i++) {
        switch (word.charAt(i)) {
          case 'r' -> set.add(READ);
          case 'w' -> set.add(WRITE);
          case 'm' -> set.add(MKNOD);
          default -> {
            return Optional.empty();
          }
        }
      }
      return Optional.of(set);
    }

    static int bits(Set<Access> access) {
      int bits = 0;
      for (Access one : access) {
        bits |= one.bit;
      }
      return bits;
    }

    static Set<Access> ofBits(int bits) {
      Set<Access> set = new TreeSet<>();
      for (Access one : values()) {
        if ((bits & one.bit) != 0) {
          set.add(one);
        }
      }
      return set;
    }
  }

  /** Copies the set and checks the numbers. */
  public DeviceRule {
    access = Set.copyOf(access);
    if (access.isEmpty()) {
      throw new IllegalArgumentException("a device rule needs at least one of r, w, m");
    }
    if (major.orElse(0) < 0 || minor.orElse(0) < 0) {
      throw new IllegalArgumentException("device numbers are from 0, not " + major + ":" + minor);
    }
  }

  /** A rule for every device and every access. */
  public static DeviceRule all(boolean allow) {
    return new DeviceRule(
        allow, Type.ALL, OptionalInt.empty(), OptionalInt.empty(), Set.of(Access.values()));
  }

  /** Whether it is about every device and every access. */
  public boolean isForAll() {
    return type == Type.ALL
        && major.isEmpty()
        && minor.isEmpty()
        && access.size() == Access.values().length;
  }

  /** The line for {@code devices.allow} or {@code devices.deny}: {@code c 1:3 rwm}. */
  public String line() {
    StringBuilder line = new StringBuilder();
    line.append(type.letter).append(' ').append(number(major)).append(':').append(number(minor));
    line.append(' ');
    for (Access one : Access.values()) {
      line.append(access.contains(one) ? String.valueOf(one.letter) : "");
    }
    return line.toString();
  }

  private static String number(OptionalInt number) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : "*";
  }

  @Override
  public String toString() {
    return (allow ? "allow " : "deny ") + line();
  }
}
