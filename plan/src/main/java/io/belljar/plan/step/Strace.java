package io.belljar.plan.step;

import io.belljar.linux.AtFlags;
import io.belljar.linux.Capability;
import io.belljar.linux.CloneFlags;
import io.belljar.linux.FileMode;
import io.belljar.linux.FlagTable;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.PersonalityFlags;
import io.belljar.linux.ResolveFlags;
import io.belljar.linux.ResourceLimit;
import io.belljar.linux.Signal;
import io.belljar.linux.mount.MountAttributes;
import io.belljar.linux.mount.MountFlags;
import io.belljar.plan.Bytes;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.WireText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Arguments of system calls as strace(1) writes them, in the order of its tables where that is not
 * the kernel's.
 */
final class Strace {
  /** Any text: what is known only when the call is made, or too long to show. */
  static final String ANY = "…";

  static final String NULL = "NULL";
  static final String CWD = "AT_FDCWD";

  /** More of a string than this is cut off, as {@code strace -s 200} does. */
  static final int MOST_SHOWN = 200;

  private static final FlagTable OPEN_FLAGS =
      FlagTable.of(
          FlagTable.field("O_RDONLY", OpenFlags.O_ACCMODE, OpenFlags.O_RDONLY),
          FlagTable.field("O_WRONLY", OpenFlags.O_ACCMODE, OpenFlags.O_WRONLY),
          FlagTable.field("O_RDWR", OpenFlags.O_ACCMODE, OpenFlags.O_RDWR),
          FlagTable.bit("O_CREAT", OpenFlags.O_CREAT),
          FlagTable.bit("O_EXCL", OpenFlags.O_EXCL),
          FlagTable.bit("O_NOCTTY", OpenFlags.O_NOCTTY),
          FlagTable.bit("O_TRUNC", OpenFlags.O_TRUNC),
          FlagTable.bit("O_APPEND", OpenFlags.O_APPEND),
          FlagTable.bit("O_NONBLOCK", OpenFlags.O_NONBLOCK),
          FlagTable.bit("O_SYNC", OpenFlags.O_SYNC),
          FlagTable.bit("O_DSYNC", OpenFlags.O_DSYNC),
          FlagTable.bit("O_ASYNC", OpenFlags.O_ASYNC),
          FlagTable.bit("O_DIRECT", OpenFlags.O_DIRECT),
          FlagTable.bit("O_NOFOLLOW", OpenFlags.O_NOFOLLOW),
          FlagTable.bit("O_NOATIME", OpenFlags.O_NOATIME),
          FlagTable.bit("O_CLOEXEC", OpenFlags.O_CLOEXEC),
          FlagTable.bit("O_PATH", OpenFlags.O_PATH),
          FlagTable.bit("O_TMPFILE", OpenFlags.O_TMPFILE),
          FlagTable.bit("O_DIRECTORY", OpenFlags.O_DIRECTORY));

  /** SECCOMP_FILTER_FLAG_* of {@code linux/seccomp.h}. */
  private static final FlagTable FILTER_FLAGS =
      FlagTable.of(
          FlagTable.bit("SECCOMP_FILTER_FLAG_TSYNC", 1),
          FlagTable.bit("SECCOMP_FILTER_FLAG_LOG", 2),
          FlagTable.bit("SECCOMP_FILTER_FLAG_SPEC_ALLOW", 4),
          FlagTable.bit("SECCOMP_FILTER_FLAG_NEW_LISTENER", 8),
          FlagTable.bit("SECCOMP_FILTER_FLAG_TSYNC_ESRCH", 16),
          FlagTable.bit("SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", 32));

  private Strace() {}

  /** The descriptor in a slot. */
  static String slot(Slot slot) {
    return "<" + slot.name() + ">";
  }

  /** The process id of a role. */
  static String pid(Role role) {
    return "<pid of " + role.name().toLowerCase(Locale.ROOT) + ">";
  }

  static String quote(String text) {
    return quote(WireText.encode(text));
  }

  static String quote(Bytes bytes) {
    return quote(bytes.toArray());
  }

  private static String quote(byte[] bytes) {
    StringBuilder quoted = new StringBuilder("\"");
    int shown = Math.min(bytes.length, MOST_SHOWN);
    for (int i = 0; i < shown; i++) {
      int unit = bytes[i] & 0xFF;
      switch (unit) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case '\f' -> quoted.append("\\f");
        case 11 -> quoted.append("\\v");
        default -> {
          if (unit >= ' ' && unit < 0x7F) {
            quoted.append((char) unit);
          } else {
            quoted.append('\\').append(octal(unit, i + 1 < shown ? bytes[i + 1] : 0));
          }
        }
      }
    }
    return quoted.append(shown < bytes.length ? "\"..." : "\"").toString();
  }

  /** As short as it can be without running into a digit that follows. */
  private static String octal(int unit, byte next) {
    String digits = Integer.toOctalString(unit);
    return next >= '0' && next <= '9' ? "000".substring(digits.length()) + digits : digits;
  }

  /** A vector of arguments; long ones are cut off. */
  static String vector(List<String> texts) {
    int shown = Math.min(texts.size(), 32);
    String list = texts.stream().limit(shown).map(Strace::quote).collect(Collectors.joining(", "));
    return "[" + list + (shown < texts.size() ? ", ...]" : "]");
  }

  /** An environment: its values are nobody's business, so only their number is shown. */
  static String environment(List<String> variables) {
    return ANY + " /* " + variables.size() + (variables.size() == 1 ? " var" : " vars") + " */";
  }

  static String openFlags(long flags) {
    return OPEN_FLAGS.format(flags);
  }

  /** The argument of openat2: O_CLOEXEC is always added. */
  static String openHow(long flags, long mode, long resolve) {
    String permissions =
        mode != 0 || (flags & OpenFlags.O_CREAT) != 0 ? ", mode=" + mode(mode) : "";
    return "{flags=%s%s, resolve=%s}"
        .formatted(
            openFlags(flags | OpenFlags.O_CLOEXEC),
            permissions,
            ResolveFlags.TABLE.format(resolve));
  }

  /** Permission bits, with the bits of a type by name. */
  static String mode(long mode) {
    String type = FileMode.TABLE.format(mode & FileMode.S_IFMT);
    String special =
        FileMode.TABLE.format(mode & (FileMode.S_ISUID | FileMode.S_ISGID | FileMode.S_ISVTX));
    long permissions = mode & 0777;
    String octal = permissions == 0 ? "000" : "0" + Long.toOctalString(permissions);
    if ((mode & FileMode.S_IFMT) == 0) {
      return special.equals("0") ? octal : "0" + Long.toOctalString(mode);
    }
    return type + (special.equals("0") ? "" : "|" + special) + "|" + octal;
  }

  static String device(long major, long minor) {
    return "makedev(0x%x, 0x%x)".formatted(major, minor);
  }

  static String attributes(long attributes) {
    return MountAttributes.TABLE.format(attributes);
  }

  static String mountAttributes(long set, long clear, long propagation) {
    return "{attr_set=%s, attr_clr=%s, propagation=%s, userns_fd=0}"
        .formatted(attributes(set), attributes(clear), MountFlags.TABLE.format(propagation));
  }

  static String emptyPath(boolean recursive) {
    return AtFlags.TABLE.format(AtFlags.AT_EMPTY_PATH | (recursive ? AtFlags.AT_RECURSIVE : 0));
  }

  /** The kinds of namespace as unshare(2) and setns(2) take them. */
  static String kinds(long flags) {
    return CloneFlags.TABLE.format(flags);
  }

  static String seccompFlags(long flags) {
    return FILTER_FLAGS.format(flags);
  }

  static String signal(int number) {
    if (number == 32) {
      return "SIGRTMIN";
    }
    return number > 32 ? "SIGRT_" + (number - 32) : new Signal(number).name();
  }

  static String capability(int number) {
    return Capability.of(number)
        .map(Capability::name)
        .orElseGet(() -> "0x" + Integer.toHexString(number) + " /* CAP_??? */");
  }

  static String capabilities(long mask) {
    return mask == 0
        ? "0"
        : bits(mask).stream()
            .map(number -> "1<<" + capability(number))
            .collect(Collectors.joining("|"));
  }

  /** The numbers of the bits that are set. */
  static List<Integer> bits(long mask) {
    return IntStream.range(0, 64).filter(bit -> (mask >>> bit & 1) != 0).boxed().toList();
  }

  static String resource(int number) {
    return ResourceLimit.of(number)
        .map(ResourceLimit::name)
        .orElseGet(() -> "0x" + Integer.toHexString(number) + " /* RLIMIT_??? */");
  }

  static String limit(long value) {
    if (value == ResourceLimit.INFINITY) {
      return "RLIM64_INFINITY";
    }
    return Long.compareUnsigned(value, 1024) > 0 && Long.remainderUnsigned(value, 1024) == 0
        ? Long.toUnsignedString(Long.divideUnsigned(value, 1024)) + "*1024"
        : Long.toUnsignedString(value);
  }

  static String persona(long persona) {
    String flags = PersonalityFlags.TABLE.format(persona & ~0xFFL);
    String domain =
        (persona & 0xFF) == 0 ? "PER_LINUX" : PersonalityFlags.TABLE.format(persona & 0xFF);
    return flags.equals("0") ? domain : domain + "|" + flags;
  }
}
