package io.belljar.spec.config;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonPath;
import io.belljar.spec.json.JsonWriter;
import io.belljar.spec.process.Capabilities;
import io.belljar.spec.process.Capability;
import io.belljar.spec.process.Process;
import io.belljar.spec.process.Rlimit;
import io.belljar.spec.process.RlimitType;
import io.belljar.spec.process.Scheduler;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A process, in a configuration or alone. */
final class ProcessChecks {
  // A working directory through a descriptor would be one of the runtime's (CVE-2024-21626).
  private static final Pattern DESCRIPTOR =
      Pattern.compile(
          "/dev/fd(/.*)?|/proc/(self|thread-self|\\d+)/(task/\\d+/)?fd(/.*)?", Pattern.DOTALL);

  private final Process process;
  private final String document;
  private final String path;

  private ProcessChecks(Process process, String document, String path) {
    this.process = process;
    this.document = document;
    this.path = path;
  }

  /**
   * Checks a process.
   *
   * @param path where it stands in the document; empty if the document is just a process
   */
  static void check(Process process, String document, String path) {
    ProcessChecks checks = new ProcessChecks(process, document, path);
    checks.cwd();
    checks.capabilities();
    checks.rlimits();
    process.scheduler().ifPresent(checks::scheduler);
  }

  private void cwd() {
    if (DESCRIPTOR.matcher(ContainerPath.normalize(process.cwd())).matches()) {
      throw refuse("cwd", JsonWriter.quote(process.cwd()) + " leads through a file descriptor");
    }
  }

  private void capabilities() {
    if (process.capabilities().isEmpty()) {
      return;
    }
    Capabilities sets = process.capabilities().get();
    for (Capability capability : sets.effective()) {
      if (!sets.permitted().contains(capability)) {
        throw refuse("capabilities.effective", capability.word() + " is not in permitted");
      }
    }
  }

  private void rlimits() {
    Set<RlimitType> seen = EnumSet.noneOf(RlimitType.class);
    List<Rlimit> limits = process.rlimits();
    for (int i = 0; i < limits.size(); i++) {
      Rlimit limit = limits.get(i);
      String place = JsonPath.element("rlimits", i);
      if (!seen.add(limit.type())) {
        throw refuse(place + ".type", JsonWriter.quote(limit.type().word()) + " is there already");
      }
      if (Long.compareUnsigned(limit.soft(), limit.hard()) > 0) {
        throw refuse(
            place + ".soft",
            Long.toUnsignedString(limit.soft())
                + " is above the hard limit, "
                + Long.toUnsignedString(limit.hard()));
      }
    }
  }

  /** The rules of sched_setattr(2). */
  private void scheduler(Scheduler scheduler) {
    Scheduler.Policy policy = scheduler.policy();
    boolean ordinary =
        policy == Scheduler.Policy.SCHED_OTHER || policy == Scheduler.Policy.SCHED_BATCH;
    boolean realtime = policy == Scheduler.Policy.SCHED_FIFO || policy == Scheduler.Policy.SCHED_RR;
    if (ordinary && (scheduler.nice() < -20 || scheduler.nice() > 19)) {
      throw refuse("scheduler.nice", scheduler.nice() + " is out of range (-20 to 19)");
    }
    if (scheduler.priority() != 0 && !realtime) {
      throw refuse(
          "scheduler.priority",
          scheduler.priority() + " is only for SCHED_FIFO and SCHED_RR, not " + policy.word());
    }
    boolean times =
        scheduler.runtime() != 0 || scheduler.deadline() != 0 || scheduler.period() != 0;
    if (times && policy != Scheduler.Policy.SCHED_DEADLINE) {
      throw refuse(
          "scheduler",
          "runtime, deadline and period are only for SCHED_DEADLINE, not " + policy.word());
    }
  }

  private InvalidDocumentException refuse(String property, String problem) {
    String place = path.isEmpty() ? property : path + "." + property;
    return new InvalidDocumentException(document, place, problem);
  }
}
