package io.belljar.toolbox.report;

/**
 * A mount of the process that shows something of the host.
 *
 * @param point where, inside the process's root
 * @param source the path on the host
 */
public record MountFact(String point, String source, String type, boolean writable) {}
