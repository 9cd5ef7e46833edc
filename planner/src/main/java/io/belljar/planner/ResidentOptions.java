package io.belljar.planner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * How a resident planner serves.
 *
 * @param socket where it listens, absolute
 * @param once it ends after one connection
 * @param idle after how long without a request it ends
 * @param home its distribution's directory, whose removal or replacement ends it
 * @param workers how many requests it serves at once; more wait
 * @param leaveGroups whether it leaves the caller's cgroups, when root
 * @param inherited whether standard input is another socket that it listens at, systemd's
 */
public record ResidentOptions(
    Path socket,
    boolean once,
    Duration idle,
    Optional<Path> home,
    int workers,
    boolean leaveGroups,
    boolean inherited) {

  /** System property: seconds, as with {@code --idle}. */
  public static final String IDLE_PROPERTY = "belljar.planner.idle";

  /** System property: the distribution's directory. */
  public static final String HOME_PROPERTY = "belljar.home";

  /** System property: {@code keep} for a planner that stays in the caller's cgroups. */
  public static final String GROUP_PROPERTY = "belljar.planner.cgroup";

  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final int WORKERS = 64;

  /** Without a socket that is inherited. */
  public ResidentOptions(
      Path socket,
      boolean once,
      Duration idle,
      Optional<Path> home,
      int workers,
      boolean leaveGroups) {
    this(socket, once, idle, home, workers, leaveGroups, false);
  }

  public ResidentOptions {
    if (!socket.isAbsolute()) {
      throw new IllegalArgumentException("--socket " + socket + ": the path is not absolute");
    }
    if (idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("--idle: at least one second is needed");
    }
  }

  /**
   * Reads {@code --socket PATH [--once] [--inherited] [--idle SECONDS]}, and the system properties.
   *
   * @throws IllegalArgumentException with one line about what is wrong
   */
  public static ResidentOptions parse(List<String> arguments) {
    Optional<Path> socket = Optional.empty();
    boolean once = false;
    boolean inherited = false;
    Duration idle =
        Optional.ofNullable(System.getProperty(IDLE_PROPERTY))
            .map(value -> seconds(IDLE_PROPERTY, value))
            .orElse(IDLE);
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--socket" -> socket = Optional.of(Path.of(value(option, rest)));
        case "--once" -> once = true;
        case "--inherited" -> inherited = true;
        case "--idle" -> idle = seconds(option, value(option, rest));
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    return new ResidentOptions(
        socket.orElseThrow(() -> new IllegalArgumentException("--socket PATH is missing")),
        once,
        idle,
        Optional.ofNullable(System.getProperty(HOME_PROPERTY)).map(Path::of),
        WORKERS,
        // A unit's processes stay in its cgroup, by which systemd knows them.
        !inherited && !System.getProperty(GROUP_PROPERTY, "").equals("keep"),
        inherited);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }

  private static Duration seconds(String option, String value) {
    try {
      return Duration.ofSeconds(Long.parseLong(value));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s %s: a number of seconds is needed".formatted(option, value), e);
    }
  }
}
