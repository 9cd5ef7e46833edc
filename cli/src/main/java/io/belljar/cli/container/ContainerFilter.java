package io.belljar.cli.container;

import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.lifecycle.ContainerDetails;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code ps --filter KEY=VALUE}, as Docker reads it: of several values of one key one is enough,
 * but of labels all are needed.
 */
final class ContainerFilter {
  private static final Set<String> STATES =
      Set.of("created", "restarting", "running", "removing", "paused", "exited", "dead");

  private ContainerFilter() {}

  /**
   * What a container has to be like.
   *
   * @throws InvalidRequestException for a filter that there is not
   */
  static Predicate<ContainerDetails> of(List<String> texts) {
    Map<String, Predicate<ContainerDetails>> byKey = new TreeMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 0) {
        throw new InvalidRequestException("invalid filter \"" + text + "\": it is KEY=VALUE");
      }
      String key = text.substring(0, equals).strip();
      Predicate<ContainerDetails> one = one(key, text.substring(equals + 1).strip());
      byKey.merge(key, one, key.equals("label") ? Predicate::and : Predicate::or);
    }
    return byKey.values().stream().reduce(_ -> true, Predicate::and);
  }

  /** Whether it asks for states, so that containers that have ended are looked at, too. */
  static boolean asksForStates(List<String> texts) {
    return texts.stream()
        .anyMatch(text -> text.startsWith("status=") || text.startsWith("exited="));
  }

  private static Predicate<ContainerDetails> one(String key, String value) {
    return switch (key) {
      case "name" -> {
        Predicate<String> matches = pattern(value);
        yield details -> matches.test(details.container().name());
      }
      case "id" -> details -> details.container().id().value().startsWith(value);
      case "label" -> label(value);
      case "status" -> {
        if (!STATES.contains(value)) {
          throw new InvalidRequestException(
              "invalid filter \"status=%s\": it is created, running, paused or exited"
                  .formatted(value));
        }
        yield details -> details.state().equals(value);
      }
      case "exited" -> details -> exitCode(details).equals(Optional.of(value));
      default ->
          throw new InvalidRequestException(
              "invalid filter \"%s\": there are name, id, status, label and exited".formatted(key));
    };
  }

  private static Optional<String> exitCode(ContainerDetails details) {
    return details.container().exit().map(exit -> Integer.toString(exit.code()));
  }

  private static Predicate<String> pattern(String text) {
    try {
      return Pattern.compile(text).asPredicate();
    } catch (PatternSyntaxException _) {
      return name -> name.contains(text);
    }
  }

  private static Predicate<ContainerDetails> label(String text) {
    int equals = text.indexOf('=');
    String key = equals < 0 ? text : text.substring(0, equals);
    return details -> {
      Optional<String> value = Optional.ofNullable(details.container().stored().labels().get(key));
      return equals < 0 ? value.isPresent() : value.equals(Optional.of(text.substring(equals + 1)));
    };
  }
}
