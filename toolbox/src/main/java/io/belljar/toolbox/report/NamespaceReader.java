package io.belljar.toolbox.report;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.NamespaceId;
import io.belljar.linux.proc.ProcFs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells the host's namespaces from others.
 *
 * <p>The first namespaces of a machine have fixed numbers ({@code linux/nsfs.h}), six kinds on
 * every kernel, mount and network on newer ones (6.17) only. Where they have none, pid 1 is in the
 * host's, provided that the reader sees the host's pid 1; and otherwise the reader is, provided
 * that all the kinds of his that can be told are the host's.
 */
final class NamespaceReader {
  private final ProcFs proc;
  private final int reader;

  /**
   * @param reader the process on whose behalf is read
   */
  NamespaceReader(ProcFs proc, int reader) {
    this.proc = proc;
    this.reader = reader;
  }

  /** The namespaces of a process, of the kinds that the kernel has. */
  List<NamespaceFact> of(int pid) {
    List<NamespaceFact> facts = new ArrayList<>();
    for (NamespaceKind kind : NamespaceKind.values()) {
      Reading<NamespaceId> id = id(pid, kind);
      if (id.value().isPresent() || id(reader, kind).value().isPresent()) {
        Sharing sharing = id.value().map(known -> sharing(known, kind)).orElse(Sharing.UNKNOWN);
        facts.add(new NamespaceFact(kind, sharing, id.describe(NamespaceId::toString)));
      }
    }
    return List.copyOf(facts);
  }

  /** The sentences that a reader in namespaces of his own should know. */
  List<String> viewpoint() {
    List<String> own =
        of(reader).stream()
            .filter(fact -> fact.sharing() == Sharing.OWN)
            .map(fact -> fact.kind().ociName())
            .toList();
    return own.isEmpty()
        ? List.of()
        : List.of(
            "You are yourself in namespaces that are not the host's (%s): \"host\" means the machine's first namespaces, and what lies outside of yours cannot be seen."
                .formatted(String.join(", ", own)));
  }

  /** Whether the reader is in the host's namespace of this kind. */
  boolean readerIsIn(NamespaceKind kind) {
    return id(reader, kind).value().map(id -> sharing(id, kind)).orElse(Sharing.UNKNOWN)
        == Sharing.HOST;
  }

  private Reading<NamespaceId> id(int pid, NamespaceKind kind) {
    return Reading.of(() -> proc.namespace(pid, kind));
  }

  private Sharing sharing(NamespaceId id, NamespaceKind kind) {
    if (id.inode() == first(kind)) {
      return Sharing.HOST;
    }
    if (kind != NamespaceKind.MOUNT && kind != NamespaceKind.NETWORK) {
      return Sharing.OWN;
    }
    return compare(id, kind);
  }

  /** For the two kinds whose first namespace may have any number. */
  private Sharing compare(NamespaceId id, NamespaceKind kind) {
    Optional<NamespaceId> readers = id(reader, kind).value();
    if (readers.filter(known -> known.inode() == first(kind)).isPresent()) {
      return Sharing.OWN; // this kernel numbers them
    }
    boolean seesHost =
        id(reader, NamespaceKind.PID)
            .value()
            .filter(own -> own.inode() == first(NamespaceKind.PID))
            .isPresent();
    Optional<NamespaceId> host =
        seesHost ? id(1, kind).value().or(() -> readers) : Optional.empty();
    return host.map(known -> known.equals(id) ? Sharing.HOST : Sharing.OWN)
        .orElseGet(() -> readers.filter(id::equals).isPresent() ? Sharing.UNKNOWN : Sharing.OWN);
  }

  private static long first(NamespaceKind kind) {
    return switch (kind) {
      case IPC -> 0xEFFF_FFFFL;
      case UTS -> 0xEFFF_FFFEL;
      case USER -> 0xEFFF_FFFDL;
      case PID -> 0xEFFF_FFFCL;
      case CGROUP -> 0xEFFF_FFFBL;
      case TIME -> 0xEFFF_FFFAL;
      case NETWORK -> 0xEFFF_FFF9L;
      case MOUNT -> 0xEFFF_FFF8L;
    };
  }
}
