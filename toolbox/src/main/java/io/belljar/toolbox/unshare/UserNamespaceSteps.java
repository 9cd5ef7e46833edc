package io.belljar.toolbox.unshare;

import io.belljar.linux.Errno;
import io.belljar.plan.Bytes;
import io.belljar.plan.Role;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.toolbox.command.Complaint;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.command.ToolPlan;
import io.belljar.toolbox.unshare.IdMaps.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the maps of a new user namespace (user_namespaces(7)). A single id, the caller's own, the
 * process maps itself. Ranges are mapped from outside: by root itself, for others by the programs
 * of shadow that may, newuidmap(1) and newgidmap(1).
 */
final class UserNamespaceSteps {
  private static final String SETGROUPS = "/proc/self/setgroups";

  /** What the kernel takes in one write (user_namespaces(7)). */
  private static final int MOST_MAP_BYTES = 4096;

  private final IdMaps users;
  private final IdMaps groups;
  private final Optional<String> setgroups;
  private final UnshareFacts facts;

  private UserNamespaceSteps(
      IdMaps users, IdMaps groups, Optional<String> setgroups, UnshareFacts facts) {
    this.users = users;
    this.groups = groups;
    this.setgroups = setgroups;
    this.facts = facts;
  }

  /** For these options. */
  static UserNamespaceSteps of(UnshareOptions.Mapping mapping, OwnerIds owner, UnshareFacts facts) {
    mapping
        .setgroups()
        .filter(word -> !word.equals("allow") && !word.equals("deny"))
        .ifPresent(word -> {
          throw new Refusal("unsupported --setgroups argument '" + word + "'");
        });
    IdMaps users =
        IdMaps.of(
            Side.USERS,
            mapping.user(),
            mapping.users(),
            facts.caller().uid(),
            owner.isOther(),
            facts);
    IdMaps groups =
        IdMaps.of(
            Side.GROUPS,
            mapping.group(),
            mapping.groups(),
            facts.caller().gid(),
            owner.isOther(),
            facts);
    if (groups.single().isPresent() && mapping.setgroups().equals(Optional.of("allow"))) {
      throw new Refusal("options --setgroups=allow and --map-group are mutually exclusive");
    }
    return new UserNamespaceSteps(users, groups, mapping.setgroups(), facts);
  }

  /** Whether ranges are to be written from outside. */
  boolean needsHelp() {
    return !users.ranges().isEmpty() || !groups.ranges().isEmpty();
  }

  /** The helper's part. */
  void writeFromOutside(ToolPlan.Builder plan) {
    writeFromOutside(plan, Side.USERS, users.ranges());
    writeFromOutside(plan, Side.GROUPS, groups.ranges());
  }

  private void writeFromOutside(ToolPlan.Builder plan, Side side, List<IdRange> ranges) {
    if (ranges.isEmpty()) {
      return;
    }
    String why = side == Side.USERS ? "option --map-users" : "option --map-groups";
    int pid = facts.caller().pid();
    if (facts.caller().uid() != 0) {
      plan.add(run(side, ranges, pid), why + ", by the program that may", helperFailed());
      return;
    }
    String file = "/proc/%d/%s".formatted(pid, side.mapFile());
    StringBuilder text = new StringBuilder();
    ranges.forEach(
        range -> text.append("%d %d %d\n".formatted(range.inner(), range.outer(), range.count())));
    if (text.length() > MOST_MAP_BYTES) {
      throw new Refusal(file + " too large for kernel 4k limit");
    }
    plan.write(file, text.toString(), why, "failed to open ", "failed to write ");
  }

  private ProcessStep.Run run(Side side, List<IdRange> ranges, int pid) {
    String program =
        facts
            .programs()
            .find(side.helper)
            .orElseThrow(() ->
                new Refusal(
                    "failed to execute %s: No such file or directory; it is in the package uidmap"
                        .formatted(side.helper)));
    List<String> arguments = new ArrayList<>(List.of(side.helper, Integer.toString(pid)));
    for (IdRange range : ranges) {
      arguments.add(Long.toString(range.inner()));
      arguments.add(Long.toString(range.outer()));
      arguments.add(Long.toString(range.count()));
    }
    return new ProcessStep.Run(
        program,
        arguments,
        facts.caller().environment(),
        Bytes.EMPTY,
        Role.LAUNCHER,
        Bytes.EMPTY,
        0);
  }

  private static Complaint helperFailed() {
    return new Complaint(List.of("the maps could not be written"), Complaint.Kind.HELPER);
  }

  /**
   * The process's own part. Without privileges over the caller's groups, groups can only be mapped
   * once nobody can drop one any more (CVE-2014-8989).
   */
  void writeFromInside(ToolPlan.Builder plan) {
    users
        .single()
        .ifPresent(
            inner -> single(plan, Side.USERS, inner, facts.caller().uid(), "option --map-user"));
    groups
        .single()
        .ifPresent(inner -> {
          writeSetgroups(plan, "deny", "option --map-group");
          single(plan, Side.GROUPS, inner, facts.caller().gid(), "option --map-group");
        });
    setgroups.ifPresent(word -> writeSetgroups(plan, word, "option --setgroups"));
  }

  private static void single(ToolPlan.Builder plan, Side side, long inner, long outer, String why) {
    plan.write(
        side.kernelMap, "%d %d 1".formatted(inner, outer), why, "cannot open ", "write failed ");
  }

  private static void writeSetgroups(ToolPlan.Builder plan, String word, String why) {
    plan.addTolerating(
        Errno.ENOENT.number(),
        new FileStep.Write(SETGROUPS, Bytes.of(word)),
        why,
        Complaint.of("cannot open " + SETGROUPS, "write failed " + SETGROUPS));
  }
}
