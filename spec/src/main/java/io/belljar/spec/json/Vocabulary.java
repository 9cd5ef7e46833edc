package io.belljar.spec.json;

import io.belljar.spec.order.Ordered;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A closed set of words that a document may use in one place, as the constants of an enum.
 *
 * <p>For vocabularies that the specification owns. What the kernel or a library owns (system call
 * names, file system types) stays a string.
 *
 * @param <E> the enum; {@link Word#word()} is what the document writes
 */
public final class Vocabulary<E extends Enum<E> & Vocabulary.Word> {
  /** An enum constant that a document writes as {@link #word()}. */
  public interface Word {
    /** The enum constant's name. */
    String name();

    /** What the document writes. */
    default String word() {
      return name();
    }
  }

  private final Map<String, E> words = new LinkedHashMap<>();
  private final String what;

  /**
   * Makes the vocabulary of all constants.
   *
   * @param what what one word is, with its article: {@code "a namespace type"}
   */
  public Vocabulary(Class<E> constants, String what) {
    for (E constant : constants.getEnumConstants()) {
      words.put(constant.word(), constant);
    }
    this.what = what;
  }

  /** The constant that the document writes as {@code word}. */
  public Optional<E> find(String word) {
    return Optional.ofNullable(words.get(word));
  }

  /** All words, in the order of the constants. */
  public Set<String> words() {
    return Ordered.copy(words.keySet());
  }

  /** Reads one word; refuses what is not in the vocabulary, and says what is. */
  public E read(JsonNode node) {
    E found = words.get(node.text());
    if (found == null) {
      throw node.refuse("is not " + what + " (" + String.join(", ", words.keySet()) + ")");
    }
    return found;
  }

  /** Reads the member {@code name}, or {@code absent} if it is not there or empty. */
  public E read(JsonNode object, String name, E absent) {
    return find(object, name).orElse(absent);
  }

  /** Reads the member {@code name}; an empty string counts as absent. */
  public Optional<E> find(JsonNode object, String name) {
    return object.get(name).filter(node -> !node.isEmptyText()).map(this::read);
  }

  /** Reads an array of words without their repetitions, in the document's order. */
  public Set<E> readSet(JsonNode object, String name) {
    return Ordered.copy(object.list(name, this::read));
  }
}
