package io.belljar.toolbox.report;

import java.util.List;

/**
 * What the seccomp filters of a process let through, of the system calls of this machine that have
 * a name.
 *
 * @param filters how many filters there are
 * @param names how many calls have a name
 * @param allowed how many pass whatever their arguments
 * @param sometimes how many pass with some arguments
 * @param supervised how many are for another process to decide
 * @param refused how many never pass
 * @param passing the risky calls that pass whatever their arguments, see {@link RiskyCalls}
 * @param allowsUnknown whether a call passes that no filter can know: they list what is refused
 */
public record FilterFacts(
    int filters,
    int names,
    int allowed,
    int sometimes,
    int supervised,
    int refused,
    List<String> passing,
    boolean allowsUnknown) {
  /** Copies the list. */
  public FilterFacts {
    passing = List.copyOf(passing);
  }
}
