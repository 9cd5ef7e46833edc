/** Where control groups are mounted, of both versions, and filters of devices. */
package io.belljar.linux.cgroup;
