package io.belljar.linux.namespace;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.belljar.linux.Errno;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.NamespaceId;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * An open file of a namespace, {@code /proc/PID/ns/…} or a mount of one, and what ioctl_nsfs(2)
 * tells of it. While it is open, the namespace exists.
 */
public final class NamespaceFile implements AutoCloseable {
  // linux/nsfs.h
  private static final long NS_GET_USERNS = 0xb701;
  private static final long NS_GET_PARENT = 0xb702;
  private static final long NS_GET_NSTYPE = 0xb703;
  private static final long NS_GET_OWNER_UID = 0xb704;

  // linux/magic.h
  private static final long NSFS_MAGIC = 0x6e736673;

  private final NamespaceKind kind;
  private final NamespaceId id;
  private final Descriptor descriptor;

  private NamespaceFile(NamespaceKind kind, NamespaceId id, Descriptor descriptor) {
    this.kind = kind;
    this.id = id;
    this.descriptor = descriptor;
  }

  /**
   * Opens it.
   *
   * @throws NamespaceException it cannot be opened (EACCES for the process of another user), or is
   *     no namespace
   */
  public static NamespaceFile open(Path path) {
    return of(path.toString(), Descriptor.open(path));
  }

  /** What it is a namespace of. */
  public NamespaceKind kind() {
    return kind;
  }

  /** Its name; the same for all files of the same namespace. */
  public NamespaceId id() {
    return id;
  }

  /**
   * The user namespace that owns it; of a user namespace, its parent. Empty when it is outside of
   * what the caller may see, which is that of its own user namespace and those below.
   */
  public Optional<NamespaceFile> owner() {
    return related("NS_GET_USERNS", NS_GET_USERNS);
  }

  /**
   * Its parent; only pid and user namespaces have one. Empty for the first one of all, and when it
   * is outside of what the caller may see.
   *
   * @throws NamespaceException EINVAL for other kinds
   */
  public Optional<NamespaceFile> parent() {
    return related("NS_GET_PARENT", NS_GET_PARENT);
  }

  /**
   * The user that made it, as the caller's user namespace has it.
   *
   * @throws NamespaceException EINVAL for what is no user namespace
   */
  public long ownerUid() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment uid = arena.allocate(JAVA_INT);
      descriptor.ioctl(id.toString(), "NS_GET_OWNER_UID", NS_GET_OWNER_UID, uid);
      return Integer.toUnsignedLong(uid.get(JAVA_INT, 0));
    }
  }

  Descriptor descriptor() {
    return descriptor;
  }

  @Override
  public void close() {
    descriptor.close();
  }

  private Optional<NamespaceFile> related(String name, long request) {
    try {
      int number = descriptor.ioctl(id.toString(), name, request, MemorySegment.NULL);
      return Optional.of(of(id + " " + name, new Descriptor(number)));
    } catch (NamespaceException e) {
      if (e.is(Errno.EPERM)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Looks before any ioctl: on some device's file, the same numbers could mean anything. */
  private static NamespaceFile of(String what, Descriptor descriptor) {
    try {
      if (descriptor.fileSystem(what) != NSFS_MAGIC) {
        throw new NamespaceException(what, "not a namespace");
      }
      int flag = descriptor.ioctl(what, "NS_GET_NSTYPE", NS_GET_NSTYPE, MemorySegment.NULL);
      NamespaceKind kind =
          Arrays.stream(NamespaceKind.values())
              .filter(known -> known.cloneFlag() == Integer.toUnsignedLong(flag))
              .findFirst()
              .orElseThrow(() -> new NamespaceException(what, "of a kind that is not known"));
      Path link = Path.of("/proc/self/fd/" + descriptor.number());
      long inode = (long) Files.getAttribute(link, "unix:ino");
      return new NamespaceFile(kind, new NamespaceId(kind.procName(), inode), descriptor);
    } catch (NamespaceException e) {
      descriptor.close();
      throw e;
    } catch (IOException e) {
      descriptor.close();
      throw new NamespaceException(what, String.valueOf(e.getMessage()));
    }
  }
}
