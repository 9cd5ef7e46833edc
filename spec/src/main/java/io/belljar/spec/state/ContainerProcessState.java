package io.belljar.spec.state;

import java.util.List;
import java.util.Optional;

/**
 * What a seccomp agent is sent together with descriptors (config-linux.md, containerprocessstate).
 *
 * @param ociVersion the version of the specification
 * @param fds the names of the descriptors, in their order
 * @param pid the process that the filter belongs to, as the runtime sees it
 * @param metadata {@code linux.seccomp.listenerMetadata}
 * @param state the container's state
 */
public record ContainerProcessState(
    String ociVersion, List<String> fds, int pid, Optional<String> metadata, State state) {
  /** The name of the descriptor that seccomp(2) returned. */
  public static final String SECCOMP_FD = "seccompFd";

  public ContainerProcessState {
    fds = List.copyOf(fds);
  }
}
