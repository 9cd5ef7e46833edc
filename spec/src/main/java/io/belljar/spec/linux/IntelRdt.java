package io.belljar.spec.linux;

import java.util.List;
import java.util.Optional;

/**
 * {@code linux.intelRdt}: a directory of resctrl.
 *
 * @param closId its name; absent means the container's
 * @param schemata lines for its file {@code schemata}
 * @param l3CacheSchema a line about the cache
 * @param memBwSchema a line about memory bandwidth
 * @param enableMonitoring a monitoring group of the container's own (1.3)
 * @param enableCmt cache monitoring (before 1.3)
 * @param enableMbm bandwidth monitoring (before 1.3)
 */
public record IntelRdt(
    Optional<String> closId,
    List<String> schemata,
    Optional<String> l3CacheSchema,
    Optional<String> memBwSchema,
    boolean enableMonitoring,
    boolean enableCmt,
    boolean enableMbm) {
  public IntelRdt {
    schemata = List.copyOf(schemata);
  }
}
