package io.belljar.runtime.seccomp;

import io.belljar.plan.Bytes;

/**
 * A compiled filter of system calls, as seccomp(2) takes it.
 *
 * @param program instructions of eight bytes, struct sock_filter
 * @param flags SECCOMP_FILTER_FLAG_*
 */
public record CallFilter(Bytes program, long flags) {}
