package io.belljar.spec.linux;

import io.belljar.spec.json.Vocabulary;
import java.util.List;

/**
 * {@code linux.personality} (personality(2)).
 *
 * @param domain the execution domain
 * @param flags none is defined by the specification; kept, not used
 */
public record Personality(Domain domain, List<String> flags) {
  public Personality {
    flags = List.copyOf(flags);
  }

  /** Execution domains. */
  public enum Domain implements Vocabulary.Word {
    LINUX,
    LINUX32;

    /** The names. */
    public static final Vocabulary<Domain> VOCABULARY =
        new Vocabulary<>(Domain.class, "a personality domain");
  }
}
