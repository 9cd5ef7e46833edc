package io.belljar.spec.process;

import io.belljar.spec.order.Ordered;
import java.util.Set;

/**
 * {@code process.capabilities}: the five sets, each in the document's order.
 *
 * @param bounding what execve(2) can give at most
 * @param effective what is checked
 * @param inheritable what survives execve(2) if the file says so too
 * @param permitted what can be made effective
 * @param ambient what survives execve(2)
 */
public record Capabilities(
    Set<Capability> bounding,
    Set<Capability> effective,
    Set<Capability> inheritable,
    Set<Capability> permitted,
    Set<Capability> ambient) {
  /** No capability at all. */
  public static final Capabilities NONE =
      new Capabilities(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

  public Capabilities {
    bounding = Ordered.copy(bounding);
    effective = Ordered.copy(effective);
    inheritable = Ordered.copy(inheritable);
    permitted = Ordered.copy(permitted);
    ambient = Ordered.copy(ambient);
  }

  /** A set as the kernel's bit mask. */
  public static long mask(Set<Capability> set) {
    long mask = 0;
    for (Capability capability : set) {
      mask |= 1L << capability.number();
    }
    return mask;
  }
}
