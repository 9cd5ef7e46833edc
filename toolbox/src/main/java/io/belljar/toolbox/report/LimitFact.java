package io.belljar.toolbox.report;

import java.util.Optional;

/**
 * A limit of the control groups that the process is in.
 *
 * @param resource {@code memory}, {@code pids}, {@code cpu}, …
 * @param limit empty: none, in no group from its own up to the root
 * @param use the present use of its own group, where the kernel tells
 * @param group the process's group in that hierarchy
 */
public record LimitFact(
    String resource, Optional<String> limit, Optional<String> use, String group) {}
