package io.belljar.runtime.container;

/** Where the standard files of a container lead that it does not share with its caller. */
public sealed interface Output {
  /** The caller's own output, but nothing to read. */
  record WithoutInput() implements Output {}

  /**
   * The monitor's log, in the container's state, and whoever attaches to the container.
   *
   * @param most how many bytes the newer of the log's two files may have
   * @param input whether who attaches can write to the container; otherwise it has nothing to read
   * @param announcement what the caller gets on its own output, once the container runs
   */
  record Logged(long most, boolean input, String announcement) implements Output {}
}
