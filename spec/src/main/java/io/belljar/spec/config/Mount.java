package io.belljar.spec.config;

import io.belljar.spec.linux.IdMapping;
import java.util.List;
import java.util.Optional;

/**
 * {@code mounts[]}.
 *
 * @param destination where, in the container
 * @param type the file system; {@code bind} and {@code none} mean nothing to the kernel
 * @param source a device, a path (absolute or relative to the bundle), or a name
 * @param options of fstab(5), and the specification's own
 * @param uidMappings users of an idmapped mount
 * @param gidMappings its groups
 */
public record Mount(
    String destination,
    Optional<String> type,
    Optional<String> source,
    List<String> options,
    List<IdMapping> uidMappings,
    List<IdMapping> gidMappings) {
  public Mount {
    options = List.copyOf(options);
    uidMappings = List.copyOf(uidMappings);
    gidMappings = List.copyOf(gidMappings);
  }

  /** A mount without mappings. */
  public static Mount of(String destination, String type, String source, List<String> options) {
    return new Mount(
        destination, Optional.of(type), Optional.of(source), options, List.of(), List.of());
  }

  /** A bind mount; {@code options} must include {@code bind} or {@code rbind}. */
  public static Mount bind(String destination, String source, List<String> options) {
    return of(destination, "bind", source, options);
  }

  /** Whether the options ask for a bind mount; the type does not matter. */
  public boolean isBind() {
    return options.contains("bind") || options.contains("rbind");
  }

  /** Whether it is idmapped, by its mappings or by {@code idmap} or {@code ridmap}. */
  public boolean isIdMapped() {
    return !uidMappings.isEmpty()
        || !gidMappings.isEmpty()
        || options.contains("idmap")
        || options.contains("ridmap");
  }

  /**
   * The destination as an absolute path.
   *
   * <p>The specification demands one; runc takes a relative one as relative to {@code /}, with a
   * warning, and so do we.
   */
  public String absoluteDestination() {
    return destination.startsWith("/") ? destination : "/" + destination;
  }
}
