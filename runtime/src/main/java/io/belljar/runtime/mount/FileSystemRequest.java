package io.belljar.runtime.mount;

import io.belljar.linux.NamespaceKind;
import io.belljar.runtime.Facts;
import io.belljar.runtime.cgroup.GroupSteps;
import io.belljar.runtime.namespace.Namespaces;
import io.belljar.spec.config.Config;
import java.nio.file.Path;

/**
 * What the container's file system is made from.
 *
 * @param config the container's configuration
 * @param bundle where relative sources are looked up, absolute
 * @param rootfs the directory that becomes the root, absolute
 * @param noPivot moves the root instead of pivot_root(2)
 * @param namespaces the container's namespaces
 * @param facts of the machine
 * @param groups the container's control groups
 */
public record FileSystemRequest(
    Config config,
    Path bundle,
    Path rootfs,
    boolean noPivot,
    Namespaces namespaces,
    Facts facts,
    GroupSteps groups) {

  /** Whether mounts are the container's own, so that they may be made at all. */
  boolean ownsMounts() {
    return namespaces.creates(NamespaceKind.MOUNT);
  }

  /** Whether it is set up by the root of a user namespace, who may not make device nodes. */
  boolean inUserNamespace() {
    return namespaces.has(NamespaceKind.USER);
  }
}
