/**
 * Reading /proc: processes, mounts, namespaces. What others can write there is bounded and checked.
 */
package io.belljar.linux.proc;
