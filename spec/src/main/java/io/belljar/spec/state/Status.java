package io.belljar.spec.state;

import io.belljar.spec.json.Vocabulary;

/** {@code status} of a container (runtime.md); {@code paused} is runc's addition. */
public enum Status implements Vocabulary.Word {
  CREATING("creating"),
  CREATED("created"),
  RUNNING("running"),
  PAUSED("paused"),
  STOPPED("stopped");

  /** The names. */
  public static final Vocabulary<Status> VOCABULARY =
      new Vocabulary<>(Status.class, "a container status");

  private final String word;

  Status(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
