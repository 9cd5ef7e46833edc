/** {@code linux.seccomp}: the system calls that the container may use (config-linux.md). */
package io.belljar.spec.seccomp;
