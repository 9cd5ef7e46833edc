package io.belljar;

/**
 * A limit of each process by itself (getrlimit(2)).
 *
 * @param name {@code nofile}, {@code core}, {@code nproc} …: the constant without RLIMIT_
 * @param soft the limit; -1 for none
 * @param hard how far the process may raise it; -1 for any
 */
public record Ulimit(String name, long soft, long hard) {}
