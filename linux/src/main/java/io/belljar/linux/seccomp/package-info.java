/** Filters of system calls: what they say, and libseccomp, which compiles them. */
package io.belljar.linux.seccomp;
