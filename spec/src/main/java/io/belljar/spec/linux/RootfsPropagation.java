package io.belljar.spec.linux;

import io.belljar.spec.json.Vocabulary;

/** {@code linux.rootfsPropagation} (mount_namespaces(7)), with runc's recursive forms. */
public enum RootfsPropagation implements Vocabulary.Word {
  SHARED("shared", false),
  SLAVE("slave", false),
  PRIVATE("private", false),
  UNBINDABLE("unbindable", false),
  RSHARED("rshared", true),
  RSLAVE("rslave", true),
  RPRIVATE("rprivate", true),
  RUNBINDABLE("runbindable", true);

  /** The names. */
  public static final Vocabulary<RootfsPropagation> VOCABULARY =
      new Vocabulary<>(RootfsPropagation.class, "a mount propagation");

  private final String word;
  private final boolean recursive;

  RootfsPropagation(String word, boolean recursive) {
    this.word = word;
    this.recursive = recursive;
  }

  @Override
  public String word() {
    return word;
  }

  /** Whether mounts below the root are changed too. */
  public boolean recursive() {
    return recursive;
  }
}
