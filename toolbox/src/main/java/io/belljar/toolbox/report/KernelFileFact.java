package io.belljar.toolbox.report;

/**
 * A part of /proc or /sys through which the kernel itself is read or changed.
 *
 * @param name where it usually is: {@code /proc/sys}
 * @param path where it is inside the process's root
 * @param visible whether it is there: neither masked nor without a file system
 * @param writable whether its mount is not read-only
 */
public record KernelFileFact(String name, String path, boolean visible, boolean writable) {}
