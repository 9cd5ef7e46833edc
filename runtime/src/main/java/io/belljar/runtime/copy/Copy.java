package io.belljar.runtime.copy;

import io.belljar.linux.file.Names;
import io.belljar.runtime.copy.Transfer.Side;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.state.LiveContainer;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * {@code cp}: files out of a container or into it. Paths are as {@link io.belljar.linux.file} has
 * them; those of the host are absolute.
 *
 * <p>Every method returns how many bytes of content were copied, and throws {@link CopyException}
 * when something could not be copied; what was copied before then stays.
 */
public final class Copy {
  private final Invocation invocation;
  private final LiveContainer container;
  private final Options options;
  private final Runnable interruption;

  /**
   * How.
   *
   * @param keepOwners whether copies belong to those whom the originals belong to; else those in
   *     the container belong to its root, those on the host to the caller
   * @param followLink whether a link that is named as the source stands for what it leads to
   * @param gid the caller's group
   */
  public record Options(boolean keepOwners, boolean followLink, long gid) {}

  /**
   * @param container the container, running or not
   * @param interruption is asked often, and throws when nobody waits for the copy any more
   */
  public Copy(
      Invocation invocation, LiveContainer container, Options options, Runnable interruption) {
    this.invocation = invocation;
    this.container = container;
    this.options = options;
    this.interruption = interruption;
  }

  /** From the container to a path of the host. */
  public long out(String source, String destination) {
    try (ContainerRoot root = root()) {
      return transfer(onHost()).run(inside(root, source), host(destination));
    }
  }

  /** From the container to a tar archive. */
  public long out(String source, OutputStream archive) {
    try (ContainerRoot root = root()) {
      return transfer(onHost()).run(inside(root, source), archive);
    }
  }

  /** From a path of the host into the container. */
  public long in(String source, String destination) {
    try (ContainerRoot root = root()) {
      return transfer(inside(root)).run(host(source), inside(root, destination));
    }
  }

  /** From a tar archive into a directory of the container. */
  public long in(InputStream archive, String destination) {
    try (ContainerRoot root = root()) {
      return transfer(inside(root)).run(archive, inside(root, destination));
    }
  }

  private ContainerRoot root() {
    return ContainerRoot.seen(container, invocation.observer().proc());
  }

  private Transfer transfer(Ownership ownership) {
    return new Transfer(ownership, options.followLink(), invocation.warnings(), interruption);
  }

  private static Side host(String path) {
    return new Side(Space.HOST, path, Names.readable(path), Identities.HOST);
  }

  private Side inside(ContainerRoot root, String path) {
    return new Side(
        root,
        path.startsWith("/") ? path : "/" + path,
        container.id() + ":" + Names.readable(path),
        root.identities());
  }

  private Ownership onHost() {
    return options.keepOwners()
        ? Ownership.kept(Identities.HOST)
        : Ownership.of(invocation.uid(), options.gid());
  }

  private Ownership inside(ContainerRoot root) {
    return options.keepOwners()
        ? Ownership.kept(root.identities())
        : Ownership.root(root.identities());
  }
}
