/** {@code linux.resources}: what the container's cgroup limits (runtime-spec, config-linux.md). */
package io.belljar.spec.resources;
