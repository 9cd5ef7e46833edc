package io.belljar.toolbox.tree;

/**
 * A container, as its engine calls it.
 *
 * @param engine who made it: {@code belljar}, {@code docker}, {@code podman} …
 * @param name its name where that is known, or its id
 */
public record ContainerRef(String engine, String name) {
  private static final int SHORT = 12;

  /** The name; an id of 64 digits is cut to 12, as engines do. */
  public String shortName() {
    return name.matches("[0-9a-f]{64}") ? name.substring(0, SHORT) : name;
  }
}
