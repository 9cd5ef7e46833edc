package io.belljar.toolbox.unshare;

import io.belljar.runtime.user.PasswordFile;
import io.belljar.toolbox.command.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Users or groups of a new user namespace: what the options say, made to numbers.
 *
 * @param single the caller is this id inside, and nothing else is mapped: what a process may map
 *     without help
 * @param ranges what only a process with privileges may map, or newuidmap(1) and newgidmap(1)
 */
record IdMaps(OptionalLong single, List<IdRange> ranges) {
  private static final Pattern RANGE =
      Pattern.compile("([0-9]{1,10})([:,])([0-9]{1,10})\\2([0-9]{1,10})");

  /** What differs between users and groups. */
  enum Side {
    USERS("uid", "/etc/subuid", "/proc/self/uid_map", "newuidmap"),
    GROUPS("gid", "/etc/subgid", "/proc/self/gid_map", "newgidmap");

    final String id;
    final String subordinates;
    final String kernelMap;
    final String helper;

    Side(String id, String subordinates, String kernelMap, String helper) {
      this.id = id;
      this.subordinates = subordinates;
      this.kernelMap = kernelMap;
      this.helper = helper;
    }

    String mapFile() {
      return id + "_map";
    }
  }

  /**
   * Reads the options of one side.
   *
   * @param typed {@code --map-user} or {@code --map-group}
   * @param wanted {@code --map-users} or {@code --map-groups}
   * @param caller the caller's own id
   * @param owned whether {@code --owner} makes the caller another, so that it needs help
   * @throws Refusal when they make no sense
   */
  static IdMaps of(
      Side side,
      Optional<String> typed,
      List<String> wanted,
      long caller,
      boolean owned,
      UnshareFacts facts) {
    OptionalLong single =
        typed.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(
                typed.get().equals(UnshareOptions.CALLER)
                    ? caller
                    : id(side, typed.get(), facts.accounts().get()));
    List<IdRange> ranges = new ArrayList<>();
    for (String text : wanted) {
      ranges(side, text, facts).forEach(range -> ranges.addFirst(range));
    }
    if (ranges.isEmpty() && (single.isEmpty() || !owned)) {
      return new IdMaps(single, List.of());
    }
    return new IdMaps(
        OptionalLong.empty(), IdRange.withSingle(ranges, caller, single.orElse(IdRange.UNSET)));
  }

  private static long id(Side side, String text, PasswordFile accounts) {
    OptionalLong number = Numbers.id(text);
    if (number.isPresent()) {
      return number.getAsLong();
    }
    Optional<Long> named =
        side == Side.USERS
            ? accounts.account(text).map(account -> (long) account.uid())
            : accounts.groupId(text).map(Integer::longValue);
    return named.orElseThrow(
        () -> new Refusal("failed to parse %s: '%s'".formatted(side.id, text)));
  }

  private static List<IdRange> ranges(Side side, String text, UnshareFacts facts) {
    return switch (text) {
      case "auto" -> List.of(subordinate(side, false, facts));
      case "subids" -> List.of(subordinate(side, true, facts));
      case "all" -> kernelMap(side, facts);
      default -> List.of(range(text));
    };
  }

  /** {@code inner:outer:count}, or {@code outer,inner,count} as older versions have it. */
  private static IdRange range(String text) {
    Matcher parts = RANGE.matcher(text);
    if (!parts.matches()) {
      throw new Refusal("invalid mapping '" + text + "'");
    }
    long first = Long.parseLong(parts.group(1));
    long second = Long.parseLong(parts.group(3));
    long count = Long.parseLong(parts.group(4));
    return parts.group(2).equals(":")
        ? new IdRange(first, second, count)
        : new IdRange(second, first, count);
  }

  /** The caller's first line in /etc/subuid or /etc/subgid (subuid(5)). */
  private static IdRange subordinate(Side side, boolean identity, UnshareFacts facts) {
    long uid = facts.caller().uid();
    String name =
        facts
            .accounts()
            .get()
            .account((int) uid)
            .map(PasswordFile.Account::name)
            .orElseThrow(() -> new Refusal("you (user " + uid + ") don't exist."));
    String file = side.subordinates;
    String content =
        facts
            .files()
            .find(file)
            .orElseThrow(
                () -> new Refusal("could not open '" + file + "': No such file or directory"));
    for (String line : content.lines().toList()) {
      String[] fields = line.split(":", -1);
      if (fields.length == 3 && (fields[0].equals(name) || fields[0].equals(Long.toString(uid)))) {
        long outer = subordinateNumber(fields[1]);
        long count = subordinateNumber(fields[2]);
        return new IdRange(identity ? outer : IdRange.UNSET, outer, count);
      }
    }
    throw new Refusal("no line matching user \"" + name + "\" in " + file);
  }

  private static long subordinateNumber(String text) {
    return Numbers.id(text.strip())
        .orElseThrow(() -> new Refusal("failed to parse subid map: '" + text + "'"));
  }

  private static List<IdRange> kernelMap(Side side, UnshareFacts facts) {
    List<IdRange> ranges = new ArrayList<>();
    for (String line : facts.files().find(side.kernelMap).orElse("").lines().toList()) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length == 3) {
        long start = Long.parseLong(fields[0]);
        ranges.add(new IdRange(start, start, Long.parseLong(fields[2])));
      }
    }
    return ranges;
  }
}
