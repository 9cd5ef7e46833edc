package io.belljar.runtime.namespace;

import io.belljar.linux.CloneFlags;
import io.belljar.linux.NamespaceKind;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.linux.Namespace;
import io.belljar.spec.linux.TimeOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which namespaces a container gets: new ones, existing ones that it joins, and, for every other
 * kind, the launcher's.
 *
 * @param created the new ones, CLONE_NEW* flags
 * @param joined the existing ones
 * @param offsets whether the clocks of a new time namespace are shifted
 * @param places the index of each kind in {@code linux.namespaces}
 */
public record Namespaces(
    long created, List<Joined> joined, boolean offsets, Map<NamespaceKind, Integer> places) {
  /**
   * A namespace that is entered.
   *
   * @param kind what it must be
   * @param path its file
   */
  public record Joined(NamespaceKind kind, String path) {}

  public Namespaces {
    joined = List.copyOf(joined);
    places = Map.copyOf(places);
  }

  /**
   * Reads {@code linux.namespaces}.
   *
   * @throws InvalidRequestException when a kind is there twice
   */
  public static Namespaces of(Linux linux) {
    long created = 0;
    List<Joined> joined = new ArrayList<>();
    Map<NamespaceKind, Integer> places = new EnumMap<>(NamespaceKind.class);
    for (int i = 0; i < linux.namespaces().size(); i++) {
      Namespace namespace = linux.namespaces().get(i);
      NamespaceKind kind = NamespaceKind.ofOciName(namespace.type().word()).orElseThrow();
      Integer earlier = places.put(kind, i);
      if (earlier != null) {
        throw InvalidRequestException.ofConfig(
            "linux.namespaces[" + i + "].type",
            "\"" + kind.ociName() + "\" is already linux.namespaces[" + earlier + "]");
      }
      if (namespace.path().isPresent()) {
        joined.add(new Joined(kind, namespace.path().get()));
      } else {
        created |= kind.cloneFlag();
      }
    }
    Map<TimeOffset.Clock, TimeOffset> offsets = linux.timeOffsets();
    return new Namespaces(created, joined, !offsets.isEmpty(), places);
  }

  /** Whether a new one of this kind is made. */
  public boolean creates(NamespaceKind kind) {
    return (created & kind.cloneFlag()) != 0;
  }

  /** Whether an existing one of this kind is entered. */
  public boolean joins(NamespaceKind kind) {
    return joined.stream().anyMatch(namespace -> namespace.kind() == kind);
  }

  /** Whether the container has one of its own, new or joined. */
  public boolean has(NamespaceKind kind) {
    return places.containsKey(kind);
  }

  /**
   * The kinds that the first process is forked into. Not a cgroup namespace: its root is where the
   * process is when it is made, so the process has to be in its group first. Not a time namespace
   * whose clocks are shifted: offsets cannot be written once a process is in it.
   */
  public long forkFlags() {
    return created & ~CloneFlags.CLONE_NEWCGROUP & (offsets ? ~CloneFlags.CLONE_NEWTIME : -1L);
  }

  /** What asked for this kind, for an explanation. */
  public String why(NamespaceKind kind) {
    return "config: linux.namespaces[" + places.get(kind) + "]";
  }

  /** What asked for these kinds. */
  public String why(long flags) {
    List<String> reasons = new ArrayList<>();
    for (NamespaceKind kind : NamespaceKind.values()) {
      if ((flags & kind.cloneFlag()) != 0) {
        reasons.add(String.valueOf(places.get(kind)));
      }
    }
    reasons.sort((left, right) -> Integer.compare(Integer.parseInt(left), Integer.parseInt(right)));
    return reasons.isEmpty()
        ? "config: linux.namespaces has no new one"
        : "config: linux.namespaces[" + String.join(", ", reasons) + "]";
  }
}
