package io.belljar.planner;

import java.util.List;

/**
 * What a launcher was asked to do, and the context that it was asked in. Text that is not UTF-8 is
 * as {@link io.belljar.plan.WireText} has it.
 *
 * @param program the name under which the launcher was started: {@code belljar}, {@code
 *     belljar-oci}, or {@code library} for a launcher that a Java program started
 * @param arguments the arguments after the program's name
 * @param environment the caller's environment
 * @param workingDirectory the caller's working directory, absolute; empty when it has none any more
 *     (it was removed, or is not below the caller's root)
 * @param pid the launcher's process id
 * @param uid the caller's user id
 * @param gid the caller's group id
 * @param umask the caller's file mode creation mask, 0 to 0777
 * @param terminals which of the caller's descriptors are terminals
 */
public record Request(
    String program,
    List<String> arguments,
    Environment environment,
    String workingDirectory,
    int pid,
    long uid,
    long gid,
    int umask,
    Terminals terminals) {

  /** How many bytes a request may have on the wire. */
  public static final int MOST_BYTES = 8 << 20;

  public Request {
    arguments = List.copyOf(arguments);
  }
}
