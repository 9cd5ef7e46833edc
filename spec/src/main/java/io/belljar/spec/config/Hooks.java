package io.belljar.spec.config;

import java.util.List;

/**
 * {@code hooks}, each list in the order in which its hooks run.
 *
 * @param prestart deprecated: before the program starts, in the runtime's namespaces
 * @param createRuntime after the namespaces are made, before pivot_root, in the runtime's
 *     namespaces
 * @param createContainer likewise, in the container's namespaces
 * @param startContainer before the program starts, in the container
 * @param poststart after the program started, in the runtime's namespaces
 * @param poststop after the container was deleted, in the runtime's namespaces
 */
public record Hooks(
    List<Hook> prestart,
    List<Hook> createRuntime,
    List<Hook> createContainer,
    List<Hook> startContainer,
    List<Hook> poststart,
    List<Hook> poststop) {
  /** No hooks. */
  public static final Hooks NONE =
      new Hooks(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  /** The names of the lists, in the order of a container's life. */
  public static final List<String> NAMES =
      List.of(
          "prestart",
          "createRuntime",
          "createContainer",
          "startContainer",
          "poststart",
          "poststop");

  public Hooks {
    prestart = List.copyOf(prestart);
    createRuntime = List.copyOf(createRuntime);
    createContainer = List.copyOf(createContainer);
    startContainer = List.copyOf(startContainer);
    poststart = List.copyOf(poststart);
    poststop = List.copyOf(poststop);
  }
}
