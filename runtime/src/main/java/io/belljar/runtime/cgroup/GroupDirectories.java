package io.belljar.runtime.cgroup;

import io.belljar.linux.Errno;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.step.FileStep;
import io.belljar.runtime.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The steps that make the directories of a group and prepare them: a v1 cpuset takes no process
 * before it has CPUs and memory nodes, and v2 hands controllers down level by level.
 *
 * @param reach what is there already, and what the caller may change
 * @param why the clause or default that asked for the group
 */
record GroupDirectories(GroupReach reach, String why) {
  private static final long MODE = 0755;

  /** The steps for a v1 group. */
  void addV1(Plan.Builder plan, Group group) {
    List<String> directories = new ArrayList<>(group.parents());
    directories.add(group.directory());
    for (String directory : directories) {
      makeDirectory(plan, directory);
      if (group.isCpuset()) {
        inherit(plan, group, directory, "cpuset.cpus");
        inherit(plan, group, directory, "cpuset.mems");
      }
    }
  }

  private GroupFiles files() {
    return reach.files();
  }

  private void makeDirectory(Plan.Builder plan, String directory) {
    plan.addTolerating(Errno.EEXIST.number(), new FileStep.MakeDirectory(directory, MODE), why);
  }

  private void inherit(Plan.Builder plan, Group group, String directory, String file) {
    if (files().text(directory + "/" + file).filter(text -> !text.isEmpty()).isEmpty()) {
      new Hierarchy(files(), group.top(), directory)
          .inherited(file)
          .ifPresent(value ->
              plan.add(
                  write(directory + "/" + file, value),
                  "default: a cpuset takes no process before it is filled, here as above it"));
    }
  }

  /**
   * The steps for a v2 group.
   *
   * @param needed the controllers that limits need in it
   * @param wanted further ones, which should be there for statistics and later limits; doing
   *     without them is fine
   * @param path the JSON path of the limits
   */
  void addV2(Plan.Builder plan, Group group, Set<String> needed, Set<String> wanted, String path) {
    List<String> parents = new ArrayList<>();
    parents.add(group.top());
    parents.addAll(group.parents());
    for (String parent : parents) {
      if (!parent.equals(group.top())) {
        makeDirectory(plan, parent);
      }
      enable(plan, parent, needed, wanted, path);
    }
    makeDirectory(plan, group.directory());
  }

  private void enable(
      Plan.Builder plan, String parent, Set<String> needed, Set<String> wanted, String path) {
    String control = parent + "/cgroup.subtree_control";
    Set<String> enabled = files().words(control);
    Set<String> missing = new TreeSet<>(needed);
    missing.removeAll(enabled);
    // Only the root of the hierarchy may have processes and hand controllers down at once.
    boolean occupied =
        files().exists(parent + "/cgroup.type") && !files().processes(parent).isEmpty();
    boolean ours = reach.writable().test(control);
    if (!missing.isEmpty() && !ours) {
      throw InvalidRequestException.ofConfig(
          path,
          "%s does not hand down %s, and belongs to another user; run it in a group of your own:"
                  .formatted(parent, String.join(", ", missing))
              + " systemd-run --user --scope -p Delegate=yes COMMAND");
    }
    if (!missing.isEmpty()) {
      if (occupied) {
        throw InvalidRequestException.ofConfig(
            path,
            "cgroup v2 cannot limit groups below %s, which has processes of its own: %s"
                .formatted(parent, String.join(", ", missing)));
      }
      String words = "+" + String.join(" +", missing);
      plan.add(write(control, words), "config: " + path);
    }
    if (!occupied && ours) {
      Set<String> optional = new TreeSet<>(wanted);
      optional.removeAll(enabled);
      optional.removeAll(needed);
      optional.forEach(controller ->
          plan.addTolerating(
              // The cpu controller is refused while real-time processes are outside of the root.
              controller.equals("cpu") ? Errno.EINVAL.number() : Errno.EBUSY.number(),
              write(control, "+" + controller),
              "default: statistics and later limits need the controller"));
    }
  }

  private static FileStep write(String path, String text) {
    return new FileStep.Write(path, Bytes.of(text));
  }
}
