/** Filters of system calls: compiled, kept, and the default one. */
package io.belljar.runtime.seccomp;
