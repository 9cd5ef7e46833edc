package io.belljar.runtime.copy;

import io.belljar.linux.proc.IdMapping;
import io.belljar.linux.proc.ProcFs;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.spec.config.Config;
import java.util.List;
import java.util.OptionalLong;

/**
 * Who a container's users and groups are on the host (user_namespaces(7)).
 *
 * @param uids its users
 * @param gids its groups
 */
record Identities(Map uids, Map gids) {
  /** The host's own. */
  static final Identities HOST = new Identities(Map.SAME, Map.SAME);

  /** One kind of ids. */
  record Map(List<IdMapping> mappings) {
    static final Map SAME = new Map(List.of());

    private static final long NOBODY = 65534; // /proc/sys/kernel/overflowuid's default

    Map {
      mappings = List.copyOf(mappings);
    }

    /** The container's id for one of the host's; nobody's where it has none. */
    long inside(long outside) {
      if (mappings.isEmpty()) {
        return outside;
      }
      return mappings.stream()
          .filter(m -> outside >= m.outside() && outside - m.outside() < m.length())
          .mapToLong(m -> m.inside() + (outside - m.outside()))
          .findFirst()
          .orElse(NOBODY);
    }

    /** The host's id for one of the container's, if it has one there. */
    OptionalLong outside(long inside) {
      if (mappings.isEmpty()) {
        return OptionalLong.of(inside);
      }
      return mappings.stream()
          .filter(m -> inside >= m.inside() && inside - m.inside() < m.length())
          .mapToLong(m -> m.outside() + (inside - m.inside()))
          .findFirst();
    }
  }

  /** Those of a container: of its process while that runs, else what it was made with. */
  static Identities of(LiveContainer container, ProcFs proc) {
    return container
        .process()
        .flatMap(process ->
            proc.uidMap(process.pid())
                .flatMap(uids ->
                    proc.gidMap(process.pid())
                        .map(gids -> new Identities(new Map(uids), new Map(gids)))))
        .orElseGet(() -> configured(container.stored().config()));
  }

  /** What a configuration asks for. */
  static Identities configured(Config config) {
    return new Identities(
        new Map(mappings(config.linux().uidMappings())),
        new Map(mappings(config.linux().gidMappings())));
  }

  private static List<IdMapping> mappings(List<io.belljar.spec.linux.IdMapping> configured) {
    return configured.stream()
        .map(m -> new IdMapping(m.containerId(), m.hostId(), m.size()))
        .toList();
  }
}
