package io.belljar.spec.process;

import java.util.Optional;

/**
 * {@code process.execCPUAffinity}: where a process that joins the container runs. CPU lists as
 * {@code 0-3,7}.
 *
 * @param initial before it enters the container's cgroup
 * @param last {@code final} in the document: afterwards
 */
public record ExecCpuAffinity(Optional<String> initial, Optional<String> last) {}
