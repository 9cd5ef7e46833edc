package io.belljar.runtime.cgroup;

import io.belljar.linux.Errno;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.step.FileStep;
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
 * @param places for each of the two files, whether the groups below a group have it, as far as that
 *     was seen for other containers: then it is not looked for again
 */
public record Freezer(List<String> directories, GroupFiles files, Map<String, Boolean> places) {
  private static final String V2 = "cgroup.freeze";
  private static final String V1 = "freezer.state";

  public Freezer {
    directories = List.copyOf(directories);
  }

  /** Of one container alone. */
  public Freezer(List<String> directories, GroupFiles files) {
    this(directories, files, new HashMap<>());
  }

  private Optional<String> v2() {
    return group(V2).map(group -> group + "/" + V2);
  }

  /** No group of v2 has the file, so that one is not looked at. */
  private Optional<String> v1() {
    for (String directory : directories) {
      if (!has(directory, V2) && has(directory, V1)) {
        return Optional.of(directory + "/" + V1);
      }
    }
    return Optional.empty();
  }

  private Optional<String> group(String file) {
    for (String directory : directories) {
      if (has(directory, file)) {
        return Optional.of(directory);
      }
    }
    return Optional.empty();
  }

  /** All groups below another one have the same files. */
  private boolean has(String directory, String file) {
    String above = directory.substring(0, directory.lastIndexOf('/') + 1);
    Boolean known = places.get(above + file);
    if (known != null) {
      return known;
    }
    boolean has = files.exists(directory + "/" + file);
    if ((has || files.exists(directory)) && files.exists(above + "cgroup.procs")) {
      places.put(above + file, has);
    }
    return has;
  }

  /** Whether the machine can freeze this container. */
  public boolean isAvailable() {
    return v2().isPresent() || v1().isPresent();
  }

  /** Whether the container was told to stop. */
  public boolean isFrozen() {
    for (String directory : directories) {
      if (isFrozen(directory)) {
        return true;
      }
    }
    return false;
  }

  private boolean isFrozen(String directory) {
    if (has(directory, V2)) {
      return files.word(directory + "/" + V2).filter("1"::equals).isPresent();
    }
    return has(directory, V1) && holdsKills(directory + "/" + V1);
  }

  /** Whether v1 has frozen it, so that no process of it can die. */
  public boolean holdsKills() {
    return v1().filter(this::holdsKills).isPresent();
  }

  private boolean holdsKills(String file) {
    return files.word(file).filter(text -> !text.equals("THAWED")).isPresent();
  }

  /** Whether each process has stopped: freezing takes a moment. */
  public boolean hasSettled() {
    Optional<String> unified = v2();
    if (unified.isPresent()) {
      String events = unified.get().replace(V2, "cgroup.events");
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
