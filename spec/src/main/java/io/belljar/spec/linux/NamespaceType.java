package io.belljar.spec.linux;

import io.belljar.spec.json.Vocabulary;

/** {@code linux.namespaces[].type} (namespaces(7)). */
public enum NamespaceType implements Vocabulary.Word {
  PID("pid"),
  NETWORK("network"),
  MOUNT("mount"),
  IPC("ipc"),
  UTS("uts"),
  USER("user"),
  CGROUP("cgroup"),
  TIME("time");

  /** The names. */
  public static final Vocabulary<NamespaceType> VOCABULARY =
      new Vocabulary<>(NamespaceType.class, "a namespace type");

  private final String word;

  NamespaceType(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
