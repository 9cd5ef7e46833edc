package io.belljar.toolbox.report;

/**
 * The socket of a program that acts as root for whoever may connect.
 *
 * @param path inside the process's root
 * @param owner whose it is: {@code Docker}
 * @param connectable whether the process may connect, by the socket's permissions
 * @param ofHost whether it lies on a file system that the host has mounted, too
 */
public record SocketFact(String path, String owner, boolean connectable, boolean ofHost) {}
