package io.belljar.toolbox.unshare;

import static io.belljar.linux.OpenFlags.O_PATH;

import io.belljar.linux.NamespaceKind;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.MountStep;
import io.belljar.toolbox.command.KindOrder;
import io.belljar.toolbox.command.ToolPlan;
import java.util.Map;

/**
 * Keeps namespaces alive without a process, by mounting each on a file of the caller's
 * (namespaces(7)).
 *
 * @param targets the files
 * @param pid the process that is in the namespaces
 */
record PinSteps(Map<NamespaceKind, String> targets, int pid) {
  boolean isEmpty() {
    return targets.isEmpty();
  }

  void mount(ToolPlan.Builder plan) {
    for (NamespaceKind kind : KindOrder.KINDS) {
      if (targets.containsKey(kind)) {
        mount(plan, kind, targets.get(kind));
      }
    }
  }

  private void mount(ToolPlan.Builder plan, NamespaceKind kind, String file) {
    String namespace = "/proc/%d/ns/%s".formatted(pid, kind.childrenProcName());
    String complaint = "mount %s on %s failed".formatted(namespace, file);
    String why = "option --" + option(kind) + "=" + file;
    Slot source = plan.slot("namespace " + kind.procName());
    Slot target = plan.slot("file for " + kind.procName());
    plan.add(new FileStep.Open(source, namespace, O_PATH, 0), why, complaint);
    plan.add(new FileStep.Open(target, file, O_PATH, 0), why, complaint);
    plan.add(new MountStep.Bind(target, source, 0, 0, 0, 0, 0, 0), why, complaint);
  }

  private static String option(NamespaceKind kind) {
    return kind == NamespaceKind.NETWORK ? "net" : kind.ociName();
  }
}
