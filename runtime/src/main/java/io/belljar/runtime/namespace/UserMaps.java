package io.belljar.runtime.namespace;

import io.belljar.linux.NamespaceKind;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.Facts;
import io.belljar.runtime.HostFiles;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.user.IdMaps;
import io.belljar.runtime.user.SubordinateIds;
import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.process.Process;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The users and groups of a new user namespace (user_namespaces(7)). They are written by the
 * launcher, from outside, as only a process with privileges over the host's users may map more than
 * its own.
 *
 * <p>An ordinary user may map itself, and has to give setgroups(2) up for its group; ranges that
 * /etc/subuid and /etc/subgid give to it are written by newuidmap(1) and newgidmap(1), which have
 * the privileges and look there.
 */
public final class UserMaps {
  /** The most ranges that the kernel takes (UID_GID_MAP_MAX_EXTENTS). */
  private static final int MOST_RANGES = 340;

  private static final long HELPER_MILLIS = 10_000;
  private static final String UIDS = "linux.uidMappings";
  private static final String GIDS = "linux.gidMappings";

  // The launcher alone knows the process's id: a program that it runs reads it, as hooks do.
  private static final String CALL_HELPER = "read -r pid && exec \"$0\" \"$pid\" \"$@\"";

  private final Linux linux;
  private final Namespaces namespaces;
  private final Facts facts;

  /**
   * Checks the maps.
   *
   * @throws InvalidRequestException when the namespace has no root to set the container up with,
   *     when there are too many ranges, or when this user cannot have them
   */
  public UserMaps(Linux linux, Namespaces namespaces, Facts facts) {
    this.linux = linux;
    this.namespaces = namespaces;
    this.facts = facts;
    if (namespaces.creates(NamespaceKind.USER)) {
      check(UIDS, "user", linux.uidMappings());
      check(GIDS, "group", linux.gidMappings());
      if (!facts.isPrivileged()) {
        checkHelper(UIDS, "newuidmap", linux.uidMappings());
        checkHelper(GIDS, "newgidmap", linux.gidMappings());
      }
    }
  }

  private static void check(String property, String what, List<IdMapping> mappings) {
    if (mappings.size() > MOST_RANGES) {
      throw InvalidRequestException.ofConfig(
          property, mappings.size() + " ranges, the kernel takes at most " + MOST_RANGES);
    }
    if (mappings.stream().noneMatch(mapping -> mapping.contains(0))) {
      throw InvalidRequestException.ofConfig(
          property, what + " 0 of the container is not mapped, which the container is set up with");
    }
  }

  private void checkHelper(String property, String helper, List<IdMapping> mappings) {
    if (!isSelf(mappings) && SubordinateIds.helper(facts.files(), helper).isEmpty()) {
      throw InvalidRequestException.ofConfig(
          property,
          "an ordinary user may map nobody but itself without %s, which is not installed"
              .formatted(helper));
    }
  }

  private static boolean isSelf(List<IdMapping> mappings) {
    return mappings.size() == 1 && mappings.getFirst().size() == 1;
  }

  /** Whether the container cannot have any groups but the one that it begins with. */
  private boolean forbidsGroups() {
    return namespaces.creates(NamespaceKind.USER)
        && !facts.isPrivileged()
        && isSelf(linux.gidMappings());
  }

  /**
   * Refuses groups where setgroups(2) is given up.
   *
   * @throws InvalidRequestException when there are some
   */
  public void checkGroups(Process process) {
    if (forbidsGroups() && !process.user().additionalGids().isEmpty()) {
      throw InvalidRequestException.ofConfig(
          "process.user.additionalGids",
          "an ordinary user who maps only its own group cannot set any; leave them out, or map a"
              + " range of /etc/subgid");
    }
  }

  /** Writes the maps of a new user namespace; carried out by the launcher. */
  public void write(Plan.Builder plan) {
    if (!namespaces.creates(NamespaceKind.USER)) {
      return;
    }
    write(plan, "uid_map", "newuidmap", linux.uidMappings(), "config: " + UIDS);
    if (forbidsGroups()) {
      plan.add(
          new FileStep.WriteMap(Role.INIT, "setgroups", Bytes.of("deny")),
          "default: an ordinary user maps its group only without setgroups");
    }
    write(plan, "gid_map", "newgidmap", linux.gidMappings(), "config: " + GIDS);
  }

  private void write(
      Plan.Builder plan, String file, String helper, List<IdMapping> mappings, String why) {
    if (facts.isPrivileged() || isSelf(mappings)) {
      plan.add(new FileStep.WriteMap(Role.INIT, file, text(mappings)), why);
      return;
    }
    callHelper(plan, facts.files(), helper, mappings, why);
  }

  /** Writes an ordinary user's maps of a namespace that no configuration describes. */
  public static void write(Plan.Builder plan, IdMaps maps, HostFiles files, String why) {
    callHelper(plan, files, "newuidmap", maps.users(), why);
    callHelper(plan, files, "newgidmap", maps.groups(), why);
  }

  private static void callHelper(
      Plan.Builder plan, HostFiles files, String helper, List<IdMapping> mappings, String why) {
    List<String> words = new ArrayList<>(List.of("sh", "-c", CALL_HELPER));
    words.add(SubordinateIds.helper(files, helper).orElseThrow().toString());
    mappings.forEach(map -> {
      words.add(String.valueOf(map.containerId()));
      words.add(String.valueOf(map.hostId()));
      words.add(String.valueOf(map.size()));
    });
    plan.add(
        new ProcessStep.Run(
            "/bin/sh",
            words,
            List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin"),
            Bytes.EMPTY,
            Role.INIT,
            Bytes.of("\n"),
            HELPER_MILLIS),
        why + ", by " + helper + " as the user may map only itself");
  }

  private static Bytes text(List<IdMapping> mappings) {
    return Bytes.of(
        mappings.stream()
            .map(map -> map.containerId() + " " + map.hostId() + " " + map.size() + "\n")
            .collect(Collectors.joining()));
  }
}
