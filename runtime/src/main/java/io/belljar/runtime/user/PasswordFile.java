package io.belljar.runtime.user;

import io.belljar.linux.Errno;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.file.Descriptor;
import io.belljar.linux.file.FileException;
import io.belljar.linux.file.Names;
import io.belljar.linux.text.TerminalText;
import io.belljar.runtime.rootfs.RootfsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The accounts of a root file system, {@code /etc/passwd} and {@code /etc/group} (passwd(5),
 * group(5)), by which Docker's {@code name|uid[:group|gid]} is read.
 *
 * <p>The rules are those of {@code GetExecUser} in github.com/moby/sys/user. Both files come from
 * the image and are hostile: a number in {@code --user} is always an id, never a name (or an entry
 * named {@code 1000} with id 0 would make root of it), ids end at 2147483647 and never wrap, lines
 * whose ids are no numbers do not count, and sizes are bounded.
 */
public final class PasswordFile {
  /** The most that either file may have. */
  public static final int MAX_BYTES = 10 << 20;

  private static final int MAX_PASSWD_LINE = 64 << 10;
  private static final int MAX_GROUP_LINE = 1 << 20;
  private static final String RANGE = "uids and gids must be in range 0-2147483647";

  /**
   * A line of passwd(5).
   *
   * @param name the user's name
   * @param uid the user's number
   * @param gid the number of the group that the user logs in with
   * @param home the home directory
   */
  public record Account(String name, int uid, int gid, String home) {}

  private record Group(String name, int gid, List<String> members) {}

  /** One side of the colon: a number is an id and nothing else. */
  private record Wanted(String text, OptionalInt id) {}

  private final String passwd;
  private final String group;

  private PasswordFile(String passwd, String group) {
    this.passwd = passwd;
    this.group = group;
  }

  /**
   * Accounts from the files' contents; a file that is not there is empty.
   *
   * @throws UserException a content is larger than {@link #MAX_BYTES}, or a line is too long
   */
  public static PasswordFile of(Optional<byte[]> passwd, Optional<byte[]> group) {
    return new PasswordFile(
        text(passwd, "/etc/passwd", MAX_PASSWD_LINE), text(group, "/etc/group", MAX_GROUP_LINE));
  }

  /**
   * The accounts of a root, in which hostile processes may run: its own links are followed inside
   * it only; what is not a regular file counts as not there.
   *
   * @throws RootfsException a file is too large or cannot be read
   */
  public static PasswordFile read(Path root) {
    String name = Names.of(root.toAbsolutePath());
    try (Descriptor open = Descriptor.open(name, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY)) {
      return read(open);
    } catch (FileException e) {
      if (e.is(Errno.ENOENT)) {
        return of(Optional.empty(), Optional.empty());
      }
      throw new RootfsException(root.toString(), e.reason());
    }
  }

  /** As {@link #read(Path)}, of a root that is held open. */
  public static PasswordFile read(Descriptor root) {
    return of(
        RootFile.read(root, "/etc/passwd", MAX_BYTES),
        RootFile.read(root, "/etc/group", MAX_BYTES));
  }

  private static String text(Optional<byte[]> content, String file, int maxLine) {
    byte[] bytes = content.orElse(new byte[0]);
    if (bytes.length > MAX_BYTES) {
      throw new UserException(file + ": is larger than " + MAX_BYTES + " bytes");
    }
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        if (i - start >= maxLine) {
          throw new UserException(file + ": has a line longer than " + maxLine + " bytes");
        }
        start = i + 1;
      }
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * Reads a {@code --user}.
   *
   * @param spec empty, {@code user} or {@code user:group}, each side a name or a number
   * @param defaults what stays where the spec and the files say nothing
   * @throws UserException no such user or group, or a number out of range
   */
  public ContainerUser resolve(String spec, ContainerUser defaults) {
    int colon = spec.indexOf(':');
    Optional<Wanted> wantedUser = wanted(colon < 0 ? spec : spec.substring(0, colon));
    Optional<Wanted> wantedGroup = wanted(colon < 0 ? "" : spec.substring(colon + 1));

    Predicate<Account> isUser =
        wantedUser.isEmpty()
            ? user -> user.uid() == defaults.uid()
            : user -> matches(wantedUser.get(), user.name(), user.uid());
    Optional<Account> user = users().filter(isUser).findFirst();
    if (user.isEmpty() && wantedUser.isPresent() && wantedUser.get().id().isEmpty()) {
      throw new UserException(
          "unable to find user %s: no matching entries in passwd file"
              .formatted(printable(wantedUser.get().text())));
    }
    int uid =
        user.map(Account::uid)
            .or(() -> wantedUser.map(wanted -> wanted.id().getAsInt()))
            .orElse(defaults.uid());
    String home = user.map(Account::home).orElse(defaults.home());
    if (wantedGroup.isPresent()) {
      // A group that is named is the only one: its user's other groups do not come along.
      return new ContainerUser(uid, gid(wantedGroup.get()), defaults.groups(), home);
    }
    List<Integer> groups =
        user.map(Account::name)
            .filter(name -> !name.isEmpty())
            .map(name -> groups().filter(g -> g.members().contains(name)).map(Group::gid).toList())
            .orElse(List.of());
    return new ContainerUser(
        uid,
        user.map(Account::gid).orElse(defaults.gid()),
        groups.isEmpty() ? defaults.groups() : groups,
        home);
  }

  /**
   * Reads the groups of {@code --group-add}: names or numbers; each id once, in the order given.
   *
   * @throws UserException no such group, or a number out of range
   */
  public List<Integer> additionalGroups(List<String> names) {
    Set<Integer> gids = new LinkedHashSet<>();
    for (String name : names) {
      gids.add(
          gid(
              wanted(name)
                  .orElseThrow(() -> new UserException("a group to add has an empty name"))));
    }
    return List.copyOf(gids);
  }

  /** The user of this name (getpwnam(3)), a number among names too. */
  public Optional<Account> account(String name) {
    return users().filter(user -> user.name().equals(name)).findFirst();
  }

  /** The first user of this number (getpwuid(3)). */
  public Optional<Account> account(int uid) {
    return users().filter(user -> user.uid() == uid).findFirst();
  }

  /** The number of the group of this name (getgrnam(3)). */
  public Optional<Integer> groupId(String name) {
    return groups().filter(group -> group.name().equals(name)).findFirst().map(Group::gid);
  }

  /** The numbers of the groups that name this user as a member (getgrouplist(3)). */
  public List<Integer> groupsOf(String user) {
    return groups().filter(group -> group.members().contains(user)).map(Group::gid).toList();
  }

  private int gid(Wanted wanted) {
    Optional<Group> group = groups().filter(g -> matches(wanted, g.name(), g.gid())).findFirst();
    if (group.isEmpty() && wanted.id().isEmpty()) {
      throw new UserException(
          "unable to find group %s: no matching entries in group file"
              .formatted(printable(wanted.text())));
    }
    return group.map(Group::gid).orElseGet(() -> wanted.id().getAsInt());
  }

  private static boolean matches(Wanted wanted, String name, int id) {
    return wanted.id().isPresent() ? wanted.id().getAsInt() == id : wanted.text().equals(name);
  }

  private static Optional<Wanted> wanted(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!isNumber(text)) {
      return Optional.of(new Wanted(text, OptionalInt.empty()));
    }
    return Optional.of(
        new Wanted(
            text,
            OptionalInt.of(
                id(text).orElseThrow(() -> new UserException(printable(text) + ": " + RANGE)))));
  }

  private static boolean isNumber(String text) {
    int start = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    return text.length() > start && text.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
  }

  /** A decimal number with or without a sign, as Go's strconv.Atoi reads it; empty out of range. */
  private static Optional<Integer> id(String text) {
    if (!isNumber(text)) {
      return Optional.empty();
    }
    try {
      int id = Integer.parseInt(text);
      return id < 0 ? Optional.empty() : Optional.of(id);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Stream<Account> users() {
    return lines(passwd)
        .flatMap(line -> {
          List<String> f = fields(line, 7);
          return id(f.get(2))
              .flatMap(uid -> id(f.get(3)).map(gid -> new Account(f.get(0), uid, gid, f.get(5))))
              .stream();
        });
  }

  private Stream<Group> groups() {
    return lines(group)
        .filter(line -> !line.startsWith("#"))
        .flatMap(line -> {
          List<String> f = fields(line, 4);
          return id(f.get(2))
              .map(gid -> new Group(f.get(0), gid, Arrays.asList(f.get(3).split(","))))
              .stream();
        });
  }

  private static Stream<String> lines(String file) {
    return file.lines().map(String::strip).filter(line -> !line.isEmpty());
  }

  /** At least {@code count} fields, those that are missing empty. */
  private static List<String> fields(String line, int count) {
    String[] fields = line.split(":", -1);
    if (fields.length >= count) {
      return Arrays.asList(fields);
    }
    String[] filled = Arrays.copyOf(fields, count);
    Arrays.fill(filled, fields.length, count, "");
    return Arrays.asList(filled);
  }

  private static String printable(String text) {
    String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
    return TerminalText.printable(shown);
  }
}
