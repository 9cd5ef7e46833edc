package io.belljar.toolbox.report;

/**
 * An open descriptor that leads to a file outside of what the process can see by path.
 *
 * @param target as /proc/PID/fd shows it to the reader
 */
public record DescriptorFact(int number, String target, boolean directory, boolean writable) {}
