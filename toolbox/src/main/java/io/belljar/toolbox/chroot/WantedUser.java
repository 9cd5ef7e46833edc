package io.belljar.toolbox.chroot;

import io.belljar.runtime.user.PasswordFile;
import io.belljar.runtime.user.PasswordFile.Account;
import io.belljar.toolbox.command.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who the command of a chroot is, as coreutils reads {@code --userspec} and {@code --groups}.
 *
 * @param uid empty: who the caller is
 * @param gid empty: what the caller has
 * @param groups the additional groups; empty: they stay
 */
record WantedUser(OptionalLong uid, OptionalLong gid, Optional<List<Long>> groups) {
  private static final long MOST_ID = 0xFFFF_FFFEL;

  static WantedUser of(ChrootOptions options, ChrootFacts facts) {
    if (options.userspec().isEmpty() && options.groups().isEmpty()) {
      return new WantedUser(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }
    return new Reader(facts.accounts().get()).read(options);
  }

  private record Reader(List<PasswordFile> accounts) {
    WantedUser read(ChrootOptions options) {
      String spec = options.userspec().orElse("");
      // "user:" is "user": the group that a user logs in with is taken in any case.
      String trimmed = spec.endsWith(":") ? spec.substring(0, spec.length() - 1) : spec;
      int colon = trimmed.indexOf(':');
      String user = colon < 0 ? trimmed : trimmed.substring(0, colon);
      String group = colon < 0 ? "" : trimmed.substring(colon + 1);
      OptionalLong uid = user.isEmpty() ? OptionalLong.empty() : OptionalLong.of(uid(user));
      OptionalLong gid = group.isEmpty() ? OptionalLong.empty() : OptionalLong.of(gid(group));
      Optional<String> name = Optional.empty();
      if (uid.isPresent() && (options.groups().isEmpty() || gid.isEmpty())) {
        Optional<Account> account = account(uid.getAsLong());
        name = account.map(Account::name);
        if (gid.isEmpty()) {
          long unknown = uid.getAsLong();
          gid =
              OptionalLong.of(
                  account
                      .map(Account::gid)
                      .orElseThrow(() ->
                          new Refusal("no group specified for unknown uid: " + (int) unknown)));
        }
      }
      return new WantedUser(uid, gid, groups(options.groups(), uid, gid, name));
    }

    private Optional<List<Long>> groups(
        Optional<String> list, OptionalLong uid, OptionalLong gid, Optional<String> name) {
      if (list.isPresent()) {
        return Optional.of(list.get().isEmpty() ? List.of() : listed(list.get()));
      }
      if (uid.isEmpty()) {
        return Optional.empty();
      }
      if (name.isEmpty() || gid.isEmpty()) {
        return Optional.of(List.of());
      }
      return Optional.of(
          Stream.concat(Stream.of(gid.getAsLong()), memberships(name.get())).distinct().toList());
    }

    private Stream<Long> memberships(String name) {
      return accounts.stream()
          .filter(file -> file.account(name).isPresent())
          .limit(1)
          .flatMap(file -> file.groupsOf(name).stream())
          .map(Integer::longValue);
    }

    private List<Long> listed(String list) {
      List<Long> gids = new ArrayList<>();
      for (String word : list.split(",", -1)) {
        if (!word.isEmpty()) {
          gids.add(group(word).orElseThrow(() -> new Refusal("invalid group '" + word + "'")));
        }
      }
      if (gids.isEmpty()) {
        throw new Refusal("invalid group list '" + list + "'");
      }
      return gids;
    }

    private long uid(String user) {
      Optional<Account> named =
          user.startsWith("+") ? Optional.empty() : first(file -> file.account(user));
      return named
          .map(account -> (long) account.uid())
          .or(() -> number(user))
          .orElseThrow(() -> new Refusal("invalid user"));
    }

    private long gid(String group) {
      return group(group).orElseThrow(() -> new Refusal("invalid group"));
    }

    /** A name comes first, although it may be a number; "+" says that it is none. */
    private Optional<Long> group(String group) {
      Optional<Integer> named =
          group.startsWith("+") ? Optional.empty() : first(file -> file.groupId(group));
      return named.map(Integer::longValue).or(() -> number(group));
    }

    private Optional<Account> account(long uid) {
      return uid > Integer.MAX_VALUE ? Optional.empty() : first(file -> file.account((int) uid));
    }

    private <T> Optional<T> first(Function<PasswordFile, Optional<T>> lookup) {
      return accounts.stream().map(lookup).flatMap(Optional::stream).findFirst();
    }

    private static Optional<Long> number(String text) {
      return text.matches("\\+?[0-9]{1,10}") && Long.parseLong(text) <= MOST_ID
          ? Optional.of(Long.parseLong(text))
          : Optional.empty();
    }
  }
}
