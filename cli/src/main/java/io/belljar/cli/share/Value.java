package io.belljar.cli.share;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What an option's value or an operand can be, as far as a shell can complete it. It is read from
 * the label that the help shows: {@code DIR|TARBALL}, {@code CONTAINER}, {@code none|host}.
 *
 * @param kinds what it may name
 * @param words what it may be literally; one that ends with a colon goes on
 */
record Value(Set<Kind> kinds, List<String> words) {
  /** Things that a shell can list. */
  enum Kind {
    FILE,
    DIRECTORY,
    /** A program of the host, and after it its arguments. */
    PROGRAM,
    CONTAINER,
    PID,
    USER,
    SIGNAL,
    /** A command of the program itself. */
    COMMAND,
    TOPIC
  }

  Value {
    kinds = Set.copyOf(kinds);
    words = List.copyOf(words);
  }

  /** Whether nothing is known. */
  boolean isAnything() {
    return kinds.isEmpty() && words.isEmpty();
  }

  static Value of(String label) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    List<String> words = new ArrayList<>();
    boolean topic = label.contains("TOPIC");
    for (String part : label.replaceAll("[\\[(<>)\\]]", "").split("\\|")) {
      String first = part.split("[:,=.]", 2)[0];
      switch (first) {
        case "FILE", "PATH", "TARBALL", "SOCKET", "PROFILE", "SOURCE", "DESTINATION" ->
            kinds.add(Kind.FILE);
        case "DIR" -> kinds.add(Kind.DIRECTORY);
        case "PROGRAM" -> kinds.add(Kind.PROGRAM);
        case "COMMAND" -> kinds.add(topic ? Kind.COMMAND : Kind.PROGRAM);
        case "CONTAINER" -> kinds.add(Kind.CONTAINER);
        case "PID" -> kinds.add(Kind.PID);
        case "USER" -> kinds.add(Kind.USER);
        case "SIGNAL" -> kinds.add(Kind.SIGNAL);
        case "TOPIC" -> kinds.add(Kind.TOPIC);
        default -> {
          if (first.matches("[a-z][a-z-]*")) {
            words.add(part.length() > first.length() ? first + ":" : first);
          }
        }
      }
    }
    return new Value(kinds, words);
  }
}
