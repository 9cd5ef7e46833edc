package io.belljar;

/** With whom a container shares a namespace (namespaces(7)). */
public sealed interface Sharing {
  /** With nobody: it gets a new one. */
  Sharing PRIVATE = new Private();

  /** With whoever starts it. */
  Sharing HOST = new Host();

  /**
   * With another container that runs.
   *
   * @param name its name, its id, or the beginning of its id
   */
  static Sharing container(String name) {
    return new OfContainer(name);
  }

  /** See {@link Sharing#PRIVATE}. */
  record Private() implements Sharing {}

  /** See {@link Sharing#HOST}. */
  record Host() implements Sharing {}

  /** See {@link Sharing#container}. */
  record OfContainer(String name) implements Sharing {}
}
