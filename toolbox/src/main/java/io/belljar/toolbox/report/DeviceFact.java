package io.belljar.toolbox.report;

/**
 * A device node in the process's /dev that it may open.
 *
 * @param path inside the process's root
 * @param block a block device; otherwise a character device
 * @param writable whether it may be opened for writing
 */
public record DeviceFact(String path, boolean block, int major, int minor, boolean writable) {}
