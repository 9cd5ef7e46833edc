package io.belljar.cli.container;

import io.belljar.cli.people.Variables;
import io.belljar.linux.Capability;
import io.belljar.planner.Environment;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.user.ContainerUser;
import io.belljar.runtime.user.PasswordFile;
import io.belljar.runtime.user.UserException;
import io.belljar.spec.process.Capabilities;
import io.belljar.spec.process.Process;
import io.belljar.spec.process.User;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What {@code exec} makes of a container's own process: another command, and what the options say.
 *
 * @param accounts the container's accounts, by which users are read; hostile
 * @param command what to run
 * @param variables {@code NAME=value}, to be added
 * @param user another user, as {@code --user} has it; never root unless it says so
 * @param directory where it starts, absolute
 * @param terminal whether it gets a terminal
 * @param privileges the capabilities that it gets instead of the container's; 0: the container's
 */
record ExecProcess(
    Supplier<PasswordFile> accounts,
    List<String> command,
    List<String> variables,
    Optional<String> user,
    Optional<String> directory,
    boolean terminal,
    long privileges) {
  private static final String HOME = "HOME=";

  ExecProcess {
    user = user.filter(text -> !text.isEmpty()); // says nothing: the container's own
    if (user.filter(text -> text.startsWith(":")).isPresent()) {
      throw new UserException("--user: names no user before the colon");
    }
    command = List.copyOf(command);
    variables = List.copyOf(variables);
    if (directory.filter(path -> !path.startsWith("/")).isPresent()) {
      throw new InvalidRequestException(
          "--workdir: \"" + directory.get() + "\" is not an absolute path");
    }
  }

  /** The variables of the files, then those of the options. */
  static List<String> variables(
      Path directory, Environment caller, List<String> files, List<String> options) {
    List<String> variables = new ArrayList<>();
    files.forEach(file -> variables.addAll(Variables.file(directory.resolve(file), caller)));
    options.forEach(text -> Variables.of(text, caller).ifPresent(variables::add));
    return variables;
  }

  /** The process. */
  Process of(Process container) {
    Optional<ContainerUser> account =
        user.map(text -> accounts.get().resolve(text, ContainerUser.ROOT));
    Process.Builder process =
        container.toBuilder()
            .args(command)
            .cwd(directory.orElse(container.cwd()))
            .env(environment(container, account))
            .terminal(terminal)
            .consoleSize(Optional.empty());
    account.ifPresent(found -> process.user(identity(found)));
    if (privileges != 0) {
      process.capabilities(Optional.of(capabilities()));
    }
    return process.build();
  }

  /** Docker lists the primary group among the others, too (CVE-2022-36109). */
  private static User identity(ContainerUser account) {
    Set<Long> groups = new LinkedHashSet<>();
    groups.add((long) account.gid());
    account.groups().forEach(gid -> groups.add((long) gid));
    return User.of(account.uid(), account.gid()).withAdditionalGids(List.copyOf(groups));
  }

  private List<String> environment(Process container, Optional<ContainerUser> account) {
    Map<String, String> environment = new LinkedHashMap<>();
    container.env().forEach(entry -> environment.put(name(entry), entry));
    if (terminal) {
      environment.put("TERM", "TERM=xterm");
    }
    account.ifPresent(found -> environment.put("HOME", HOME + home(found)));
    variables.forEach(entry -> environment.put(name(entry), entry));
    return List.copyOf(environment.values());
  }

  private static String name(String entry) {
    int equals = entry.indexOf('=');
    return equals < 0 ? entry : entry.substring(0, equals);
  }

  /** A root's file must not smuggle a second line into whatever copies the variable. */
  private static String home(ContainerUser account) {
    String home = account.home();
    return home.isEmpty() || home.chars().anyMatch(c -> c < ' ') ? "/" : home;
  }

  // Nothing inheritable (CVE-2022-24769): a program of another user would get it by its file.
  private Capabilities capabilities() {
    Set<io.belljar.spec.process.Capability> words = new LinkedHashSet<>();
    for (Capability capability : Capability.setOf(privileges)) {
      words.add(io.belljar.spec.process.Capability.valueOf(capability.name()));
    }
    return new Capabilities(words, words, Set.of(), words, Set.of());
  }
}
