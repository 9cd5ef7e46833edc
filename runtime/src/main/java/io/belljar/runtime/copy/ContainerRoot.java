package io.belljar.runtime.copy;

import io.belljar.linux.OpenFlags;
import io.belljar.linux.ResolveFlags;
import io.belljar.linux.file.Descriptor;
import io.belljar.linux.file.FileException;
import io.belljar.linux.file.MountGuard;
import io.belljar.linux.file.Names;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.user.PasswordFile;
import io.belljar.spec.state.Status;
import java.util.Optional;

/**
 * The root directory of a container, held open. Whatever is opened through it stays in it: the
 * kernel resolves links as if it were /. Of a container that runs, no file is asked for that is on
 * a mount of its own making which could keep us waiting ({@link MountGuard}).
 */
public final class ContainerRoot implements Space, AutoCloseable {
  private static final int DIRECTORY = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
  private static final int INSIDE =
      ResolveFlags.RESOLVE_IN_ROOT | ResolveFlags.RESOLVE_NO_MAGICLINKS;

  private final Descriptor root;
  private final Identities identities;

  private ContainerRoot(Descriptor root, Identities identities) {
    this.root = root;
    this.identities = identities;
  }

  /**
   * The root as the container sees it, with what is mounted in it; when it does not run, the
   * directory that it was made with.
   *
   * @throws CopyException when it is just being made, or ends at this moment
   */
  static ContainerRoot seen(LiveContainer container, ProcFs proc) {
    if (container.status() == Status.CREATING) {
      throw new CopyException(container.id().value(), "is being created; try again");
    }
    Optional<ProcessIdentity> process = container.process();
    return process
        .map(first -> {
          Descriptor root = running(container, first, proc);
          try {
            requireItsOwn(container, root);
            return new ContainerRoot(root, of(container, proc));
          } catch (RuntimeException e) {
            root.close();
            throw e;
          }
        })
        .orElseGet(() -> stored(container));
  }

  /**
   * The accounts of a container: of the root as it sees it when it runs.
   *
   * @throws CopyException when it ends at this moment
   * @throws io.belljar.runtime.rootfs.RootfsException a file is too large or cannot be read
   */
  public static PasswordFile accounts(LiveContainer container, ProcFs proc) {
    Optional<ProcessIdentity> process = container.process();
    if (process.isEmpty()) {
      return PasswordFile.read(container.stored().rootfs());
    }
    try (Descriptor root = running(container, process.get(), proc)) {
      return PasswordFile.read(root);
    }
  }

  /** The directory that it was made with, as the host sees it: nothing is mounted over it. */
  static ContainerRoot stored(LiveContainer container) {
    String path = Names.of(container.stored().rootfs());
    try {
      Descriptor root = Descriptor.open(path, DIRECTORY);
      return new ContainerRoot(root, Identities.configured(container.stored().config()));
    } catch (FileException e) {
      throw CopyException.of(path, e);
    }
  }

  private static Identities of(LiveContainer container, ProcFs proc) {
    return Identities.of(container, proc);
  }

  /**
   * The directory of a process in /proc stands for that process only: if it is alive with its start
   * time after the directory was opened, it was it when the directory was opened.
   */
  private static Descriptor running(LiveContainer container, ProcessIdentity process, ProcFs proc) {
    try (Descriptor directory = Descriptor.open("/proc/" + process.pid(), DIRECTORY)) {
      requireAlive(container, process, proc);
      Descriptor root =
          directory.resolve("root", DIRECTORY, 0).guarded(new MountGuard(proc, process.pid()));
      try {
        requireAlive(container, process, proc);
        return root;
      } catch (RuntimeException e) {
        root.close();
        throw e;
      }
    } catch (FileException e) {
      requireAlive(container, process, proc);
      throw new CopyException(
          "the root of container " + container.id(), "cannot be opened: " + e.reason());
    }
  }

  private static void requireAlive(LiveContainer container, ProcessIdentity process, ProcFs proc) {
    if (!proc.isAlive(process)) {
      throw new CopyException(container.id().value(), "has ended at this moment; try again");
    }
  }

  private static void requireItsOwn(LiveContainer container, Descriptor root) {
    try (Descriptor host = Descriptor.open("/", DIRECTORY)) {
      if (host.status().isSame(root.status())) {
        throw new CopyException(container.id().value(), "has the host's root: use cp(1)");
      }
    }
  }

  @Override
  public Descriptor open(String path, int flags) {
    return root.resolve(path, flags, INSIDE);
  }

  /** Who its users are on the host. */
  Identities identities() {
    return identities;
  }

  @Override
  public void close() {
    root.close();
  }
}
