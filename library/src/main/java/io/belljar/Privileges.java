package io.belljar;

import io.belljar.linux.Capability;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a container's processes may do beyond what their user may.
 *
 * @param added capabilities besides Docker's fourteen (capabilities(7))
 * @param dropped those of the fourteen that it does not get; one that is added too is there
 * @param all every capability and device of the host, no filter, nothing masked: a container that
 *     is trusted like the host
 * @param noNewPrivileges executing a set-user-ID program gains nothing (prctl(2))
 * @param calls which system calls
 */
public record Privileges(
    Set<Capability> added,
    Set<Capability> dropped,
    boolean all,
    boolean noNewPrivileges,
    CallFilter calls) {
  /** Docker's. */
  public static final Privileges DEFAULT =
      new Privileges(Set.of(), Set.of(), false, false, CallFilter.DEFAULT);

  public Privileges {
    added = Collections.unmodifiableSet(new LinkedHashSet<>(added));
    dropped = Collections.unmodifiableSet(new LinkedHashSet<>(dropped));
  }

  /** The same with these capabilities, too. */
  public Privileges add(Collection<Capability> capabilities) {
    return new Privileges(union(added, capabilities), dropped, all, noNewPrivileges, calls);
  }

  /** The same without these capabilities. */
  public Privileges drop(Collection<Capability> capabilities) {
    return new Privileges(added, union(dropped, capabilities), all, noNewPrivileges, calls);
  }

  /** The same, but privileged. */
  public Privileges everything() {
    return new Privileges(added, dropped, true, noNewPrivileges, calls);
  }

  /** The same, and none are gained. */
  public Privileges neverMore() {
    return new Privileges(added, dropped, all, true, calls);
  }

  /** The same with this filter. */
  public Privileges calls(CallFilter filter) {
    return new Privileges(added, dropped, all, noNewPrivileges, filter);
  }

  private static Set<Capability> union(Set<Capability> some, Collection<Capability> more) {
    Set<Capability> union = new LinkedHashSet<>(some);
    union.addAll(more);
    return union;
  }
}
