/** Looking into another process with ptrace(2), without changing it. */
package io.belljar.linux.trace;
