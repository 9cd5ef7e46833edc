package io.belljar.cli.people;

import io.belljar.ExitStatus;
import io.belljar.cli.ErrorLine;
import io.belljar.linux.Signal;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.Conclude;
import io.belljar.spec.config.Config;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What comes after the end of a container: its launcher asks for it with a request of its own,
 * {@code belljar --finish ID CODE}, as the planner that started the container may long be gone.
 */
final class Conclusion {
  /** The first argument of the request; it is no option for people. */
  static final String REQUEST = "--finish";

  // Whoever stopped it, at the keyboard or otherwise, knows.
  private static final Set<Signal> EXPECTED = Set.of(Signal.INT, Signal.TERM, Signal.HUP);

  private Conclusion() {}

  static boolean isAsked(List<String> arguments) {
    return arguments.size() == 3 && arguments.getFirst().equals(REQUEST);
  }

  /** Cleans up, and says why it ended where there is something to say. */
  static void carryOut(PeopleContext context) {
    List<String> arguments = context.caller().request().arguments();
    int code = arguments.get(2).matches("[0-9]{1,3}") ? Integer.parseInt(arguments.get(2)) : 0;
    carryOut(context, new ContainerId(arguments.get(1)), code);
  }

  /** The same, for a container that ended with this code. */
  static void carryOut(PeopleContext context, ContainerId id, int code) {
    Conclude.run(context.invocation(), id)
        .flatMap(ending -> message(ending, code))
        .ifPresent(line -> context.caller().printError(ErrorLine.of("belljar", line)));
  }

  private static Optional<String> message(Conclude.Ending ending, int code) {
    return message(
        name(ending.container().id()),
        new ExitStatus(code, ending.memoryKills().orElse(0)),
        ending.container().config());
  }

  /** The beginning of an id is enough to recognise it by. */
  private static String name(ContainerId id) {
    return id.value().matches("[0-9a-f]{64}") ? id.value().substring(0, 12) : id.value();
  }

  /** One line, if there is something to say besides the exit code. */
  static Optional<String> message(String name, ExitStatus status, Config config) {
    if (status.killedByMemoryLimit()) {
      return Optional.of(name + " was killed by its memory limit" + limit(config));
    }
    if (status.memoryKills() > 0) {
      return status.reason().map(reason -> name + ": " + reason + limit(config));
    }
    return status
        .signal()
        .filter(signal -> !EXPECTED.contains(signal))
        .map(signal ->
            "%s ended with %d, which stands for %s (%s)"
                .formatted(name, status.code(), signal.name(), meaning(signal)));
  }

  private static String limit(Config config) {
    OptionalLong limit = config.linux().resources().memory().limit();
    return limit.isEmpty() ? "" : " of " + size(limit.getAsLong());
  }

  private static String size(long bytes) {
    return bytes % (1 << 20) == 0
        ? (bytes >> 20) + " MiB"
        : bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " bytes";
  }

  private static String meaning(Signal signal) {
    return switch (signal.number()) {
      case 4 -> "illegal instruction";
      case 6 -> "aborted";
      case 7 -> "bus error";
      case 8 -> "arithmetic error";
      case 9 -> "killed";
      case 11 -> "invalid memory access";
      case 31 -> "system call that is not allowed";
      default -> "signal " + signal.number();
    };
  }
}
