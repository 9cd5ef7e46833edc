package io.belljar.runtime.process;

import static io.belljar.linux.Errno.EACCES;
import static io.belljar.linux.Errno.EBADF;

import io.belljar.linux.PersonalityFlags;
import io.belljar.linux.ResourceLimit;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.runtime.Descriptors;
import io.belljar.runtime.Facts;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.namespace.NamespaceSteps;
import io.belljar.runtime.seccomp.CallFilter;
import io.belljar.spec.linux.Personality;
import io.belljar.spec.process.Capabilities;
import io.belljar.spec.process.Process;
import io.belljar.spec.process.Rlimit;
import java.util.Optional;

/**
 * Steps that make a process what the command is to be: limits, user, capabilities, filters.
 *
 * <p>The order is runc's, and matters:
 *
 * <pre>
 *   label, limits, umask    while everything is still allowed
 *   standard files          given to the user who is to use them
 *   no_new_privs
 *   filter                  here only without no_new_privs: later it would take CAP_SYS_ADMIN
 *   bounding set            takes CAP_SETPCAP
 *   working directory       as root; tried again as the user where root may not enter (NFS)
 *   user, capabilities      the bounding set is final, nothing can come back
 *   filter                  with no_new_privs: as late as can be, so that it need not allow our calls
 * </pre>
 */
public final class IdentitySteps {
  /** The owner of a terminal stays its group's: only the user changes, as in runc. */
  private static final long SAME_GROUP = 0xffffffffL;

  private final Process process;
  private final String origin;
  private final Facts facts;
  private final Optional<Personality> personality;
  private final Optional<CallFilter> filter;

  /**
   * @param process what the command is to be
   * @param origin what asks for it: {@code config: process}
   * @param facts of the machine
   * @param personality the container's execution domain
   * @param filter the container's filter of system calls
   * @throws InvalidRequestException when this machine has not what it asks for
   */
  public IdentitySteps(
      Process process,
      String origin,
      Facts facts,
      Optional<Personality> personality,
      Optional<CallFilter> filter) {
    this.process = process;
    this.origin = origin;
    this.facts = facts;
    this.personality = personality;
    this.filter = filter;
    if (hasLabel() && !facts.appArmor()) {
      throw InvalidRequestException.ofConfig(
          "process.apparmorProfile", "AppArmor is not enabled in this kernel");
    }
  }

  /** Whether steps here write to the host's procfs, in {@link Descriptors#proc}. */
  public boolean needsProc() {
    return hasLabel();
  }

  private boolean hasLabel() {
    return process.apparmorProfile().isPresent();
  }

  /** What is done while the process still has all privileges. */
  public void prepare(Plan.Builder plan) {
    if (hasLabel()) {
      String why = origin + ".apparmorProfile";
      NamespaceSteps.openSelf(plan, why);
      plan.add(
          new FileStep.WriteProc(
              Descriptors.self(plan),
              "attr/apparmor/exec",
              Bytes.of("exec " + process.apparmorProfile().orElseThrow())),
          why);
    }
    for (int i = 0; i < process.rlimits().size(); i++) {
      Rlimit limit = process.rlimits().get(i);
      int resource = ResourceLimit.ofName(limit.type().name()).orElseThrow().number();
      plan.add(
          new IdentityStep.Limit(resource, limit.soft(), limit.hard()),
          origin + ".rlimits[" + i + "]");
    }
    personality.ifPresent(domain ->
        plan.add(
            new IdentityStep.SetPersonality(
                domain.domain() == Personality.Domain.LINUX32
                    ? PersonalityFlags.PER_LINUX32
                    : PersonalityFlags.PER_LINUX),
            "config: linux.personality"));
    int umask = process.user().umask().orElse(0022);
    plan.add(
        new IdentityStep.SetUmask(umask),
        process.user().umask().isPresent() ? origin + ".user.umask" : "default: umask 0022");
    plan.add(
        new FileStep.StdioOwner(process.user().uid(), SAME_GROUP),
        origin + ".user: standard files are the user's to reopen");
  }

  /** Gives privileges up for good, and enters the working directory. */
  public void drop(Plan.Builder plan) {
    if (process.noNewPrivileges()) {
      plan.add(new IdentityStep.NoNewPrivileges(), origin + ".noNewPrivileges");
    } else {
      addFilter(plan, ", while it may still be attached");
    }
    Capabilities sets = process.capabilities().orElse(Capabilities.NONE);
    String capabilities = origin + ".capabilities";
    plan.add(
        new IdentityStep.BoundCapabilities(known(Capabilities.mask(sets.bounding()))),
        capabilities + ".bounding");
    plan.addTolerating(
        EACCES.number(), new IdentityStep.ChangeDirectory(process.cwd(), 0), origin + ".cwd");
    plan.add(
        new IdentityStep.Become(
            process.user().uid(), process.user().gid(), process.user().additionalGids()),
        origin + ".user");
    long permitted = known(Capabilities.mask(sets.permitted()));
    long inheritable = known(Capabilities.mask(sets.inheritable()));
    plan.add(
        new IdentityStep.SetCapabilities(
            known(Capabilities.mask(sets.effective())), permitted, inheritable),
        capabilities);
    // The kernel has only those in the ambient set that are in both others (capabilities(7)).
    // runc's
    // own default asks for more, and runc drops it as we do. Without inheritable ones there is
    // nothing to clear, either.
    long ambient = Capabilities.mask(sets.ambient()) & permitted & inheritable;
    if (ambient != 0 || inheritable != 0) {
      plan.add(new IdentityStep.RaiseAmbient(ambient), capabilities + ".ambient");
    }
    plan.add(
        new IdentityStep.ChangeDirectory(process.cwd(), 1),
        origin + ".cwd, where only the user may enter it");
  }

  // A document for a newer kernel names capabilities that this one has not; nobody has those.
  private long known(long mask) {
    return mask & facts.knownCapabilities();
  }

  /**
   * Finds the program, as the user who is to execute it. From here on the kernel resolves paths of
   * the image: the program's, and those of its interpreters. A descriptor of the host that were
   * still open could be named in them, by {@code /proc/self/fd} (CVE-2024-21626); so all are closed
   * but the fifo, which leads nowhere.
   */
  public void find(Plan.Builder plan) {
    // Numbers, as a record's equals is put together at run time, by every new planner anew.
    int fifo = Descriptors.startFifo(plan).number();
    for (Slot slot : plan.slots()) {
      if (slot.number() != fifo) {
        plan.addTolerating(
            EBADF.number(),
            new FileStep.Close(slot),
            "default: no path of the image may lead to the host");
      }
    }
    plan.add(
        new IdentityStep.FindProgram(
            ProgramSearch.candidates(process.args().getFirst(), process.env())),
        origin + ".args[0]");
  }

  /** Becomes the command. */
  public void execute(Plan.Builder plan, int preserveFds) {
    if (process.noNewPrivileges()) {
      addFilter(plan, "");
    }
    plan.add(
        new IdentityStep.Execute(process.args(), process.env(), preserveFds),
        preserveFds == 0 ? origin + ".args" : origin + ".args, option --preserve-fds");
  }

  private void addFilter(Plan.Builder plan, String when) {
    filter.ifPresent(calls ->
        plan.add(
            new IdentityStep.FilterCalls(calls.flags(), calls.program()),
            "config: linux.seccomp" + when));
  }
}
