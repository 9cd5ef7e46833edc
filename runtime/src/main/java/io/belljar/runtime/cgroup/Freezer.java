package io.belljar.runtime.cgroup;

import io.belljar.linux.Errno;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.step.FileStep;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stops all processes of a container and lets them go on: {@code cgroup.freeze} of v2
 * (cgroup-v2.rst), {@code freezer.state} of v1 (cgroup-v1/freezer-subsystem.rst).
 *
 * <p>Where both are there, v2 is used: its frozen processes can be killed, those of v1 cannot. Both
 * are asked for the status, as an engine may have used either.
 *
 * @param directories the container's groups
 * @param files reads them
 * @param places for each of the two files, in which hierarchy it was found for another container;
 *     it is looked for there first, as no other has it
 */
public record Freezer(List<String> directories, GroupFiles files, Map<String, String> places) {
  public Freezer {
    directories = List.copyOf(directories);
  }

  /** Of one container alone. */
  public Freezer(List<String> directories, GroupFiles files) {
    this(directories, files, new HashMap<>());
  }

  private Optional<String> v2() {
    return first("cgroup.freeze");
  }

  private Optional<String> v1() {
    return first("freezer.state");
  }

  private Optional<String> first(String file) {
    String usual = places.getOrDefault(file, "/");
    Optional<String> found =
        directories.stream()
            .sorted(Comparator.comparing(directory -> !directory.startsWith(usual)))
            .filter(directory -> files.exists(directory + "/" + file))
            .findFirst();
    found.ifPresent(
        directory -> places.put(file, directory.substring(0, directory.lastIndexOf('/') + 1)));
    return found.map(directory -> directory + "/" + file);
  }

  /** Whether the machine can freeze this container. */
  public boolean isAvailable() {
    return v2().isPresent() || v1().isPresent();
  }

  /** Whether the container was told to stop. */
  public boolean isFrozen() {
    boolean frozenV2 = v2().flatMap(files::text).filter(text -> text.equals("1")).isPresent();
    return frozenV2 || holdsKills();
  }

  /** Whether v1 has frozen it, so that no process of it can die. */
  public boolean holdsKills() {
    return v1().flatMap(files::text).filter(text -> !text.equals("THAWED")).isPresent();
  }

  /** Whether each process has stopped: freezing takes a moment. */
  public boolean hasSettled() {
    Optional<String> unified = v2();
    if (unified.isPresent()) {
      String events = unified.get().replace("cgroup.freeze", "cgroup.events");
      return files
          .text(events)
          .filter(text -> text.lines().anyMatch("frozen 1"::equals))
          .isPresent();
    }
    return v1().flatMap(files::text).filter(text -> text.equals("FROZEN")).isPresent();
  }

  /** The step that freezes, as the current role. */
  public void freeze(Plan.Builder plan, String why) {
    Optional<String> unified = v2();
    if (unified.isPresent()) {
      plan.add(new FileStep.Write(unified.get(), Bytes.of("1")), why);
    } else {
      v1().ifPresent(file -> plan.add(new FileStep.Write(file, Bytes.of("FROZEN")), why));
    }
  }

  /** The steps that let everything go on, whichever froze it, as the current role. */
  public void thaw(Plan.Builder plan, String why) {
    thaw(plan, v2(), "0", why);
    thaw(plan, v1(), "THAWED", why);
  }

  private static void thaw(Plan.Builder plan, Optional<String> file, String word, String why) {
    file.ifPresent(path ->
        plan.addTolerating(Errno.ENOENT.number(), new FileStep.Write(path, Bytes.of(word)), why));
  }
}
