package io.belljar.spec.state;

import io.belljar.spec.order.Ordered;
import java.time.Instant;
import java.util.Map;

/**
 * What runc's {@code state} and {@code list --format json} print of a container.
 *
 * @param ociVersion the version of the specification
 * @param id the container
 * @param pid its first process, 0 if it has none
 * @param status where it is in its life
 * @param bundle the bundle's absolute path
 * @param rootfs the root file system's absolute path
 * @param created when it was made
 * @param annotations the configuration's
 * @param owner the name of the user who owns it; empty in {@code state}, as runc has it
 */
public record ContainerState(
    String ociVersion,
    String id,
    int pid,
    Status status,
    String bundle,
    String rootfs,
    Instant created,
    Map<String, String> annotations,
    String owner) {
  public ContainerState {
    annotations = Ordered.copy(annotations);
  }
}
