package io.belljar.cli.toolbox;

import io.belljar.toolbox.unshare.UnshareOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The users and groups of a new user namespace. */
final class UserMapOptions {
  private static final String ROOT = "0";

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--map-user",
      paramLabel = "UID|NAME",
      description = "The caller is this user inside; implies --user, as all that follow.")
  String mapUser;

  @Option(
      names = "--map-users",
      paramLabel = "INNER:OUTER:COUNT",
      description =
          "Map a range of users; auto: the caller's first in /etc/subuid; subids: the same, each to"
              + " itself; all: every user there is.")
  List<String> mapUsers = new ArrayList<>();

  @Option(
      names = "--map-group",
      paramLabel = "GID|NAME",
      description = "The caller's group is this one inside.")
  String mapGroup;

  @Option(
      names = "--map-groups",
      paramLabel = "INNER:OUTER:COUNT",
      description = "Map a range of groups, likewise.")
  List<String> mapGroups = new ArrayList<>();

  @Option(
      names = {"-r", "--map-root-user"},
      description = "The caller is root inside.")
  boolean mapRootUser;

  @Option(
      names = {"-c", "--map-current-user"},
      description = "The caller is the same user inside.")
  boolean mapCurrentUser;

  @Option(names = "--map-auto", description = "As --map-users=auto --map-groups=auto.")
  boolean mapAuto;

  @Option(names = "--map-subids", description = "As --map-users=subids --map-groups=subids.")
  boolean mapSubids;

  @Option(
      names = "--owner",
      paramLabel = "UID:GID",
      description = "Whose the user namespace is; implies --user.")
  String owner;

  @Option(
      names = "--setgroups",
      paramLabel = "allow|deny",
      description = "Whether groups may be given up inside.")
  String setgroups;

  UnshareOptions.Mapping mapping() {
    return new UnshareOptions.Mapping(
        single("--map-user", mapUser),
        single("--map-group", mapGroup),
        withFlags(mapUsers),
        withFlags(mapGroups),
        Optional.ofNullable(setgroups),
        Optional.ofNullable(owner));
  }

  /** Of -r, -c and the option itself the last one counts. */
  private Optional<String> single(String own, String value) {
    Optional<String> last = Optional.empty();
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (name.equals(own)) {
        last = Optional.of(value);
      } else if (name.equals("--map-root-user")) {
        last = Optional.of(ROOT);
      } else if (name.equals("--map-current-user")) {
        last = Optional.of(UnshareOptions.CALLER);
      }
    }
    return last;
  }

  private List<String> withFlags(List<String> ranges) {
    List<String> all = new ArrayList<>(ranges);
    if (mapAuto) {
      all.add("auto");
    }
    if (mapSubids) {
      all.add("subids");
    }
    return all;
  }
}
