package io.belljar.conformance.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The default bundle again and again: afterwards the machine has what it had before. */
class RepetitionTest extends OciTest {
  private enum Way {
    FOREGROUND,
    DETACHED,
    TERMINAL
  }

  @Test
  void runsInARow() {
    inARow(Way.FOREGROUND, 30);
  }

  @Test
  void runsDetachedInARow() {
    inARow(Way.DETACHED, 10);
  }

  @Test
  void runsWithATerminalInARow() {
    inARow(Way.TERMINAL, 10);
  }

  @Test
  void runsAtOnce() {
    atOnce(10, 10);
  }

  @Test
  @Tag("exhaustive")
  void runsAThousandTimesInARow() {
    inARow(Way.FOREGROUND, 1000);
  }

  @Test
  @Tag("exhaustive")
  void runsDetachedAThousandTimesInARow() {
    inARow(Way.DETACHED, 1000);
  }

  @Test
  @Tag("exhaustive")
  void runsWithATerminalAThousandTimesInARow() {
    inARow(Way.TERMINAL, 1000);
  }

  @Test
  @Tag("exhaustive")
  void runsFiftyAtOnce() {
    atOnce(500, 50);
  }

  private void inARow(Way way, int times) {
    Bundle bundle = bundle("exit 3").set("process.terminal", way == Way.TERMINAL);
    String directory = bundle.write().toString();
    report(
        times + " runs in a row, " + way.name().toLowerCase(java.util.Locale.ROOT),
        () -> {
          for (int i = 0; i < times; i++) {
            once(way, directory, id());
          }
        });
  }

  private void once(Way way, String bundle, String id) {
    switch (way) {
      case FOREGROUND -> oci("run", "--bundle", bundle, id).exitsWith(3);
      case DETACHED -> {
        oci("run", "--detach", "--bundle", bundle, id).succeeds();
        eventually("it stops", () -> oci("state", id).output().contains("\"stopped\""));
        oci("delete", id).succeeds();
      }
      case TERMINAL -> {
        String line = String.join(" ", oci().words("run", "--bundle", bundle, id));
        Command.of("script", "-qec", line, "/dev/null").env(oci().environment()).run().exitsWith(3);
      }
    }
  }

  private void atOnce(int times, int width) {
    List<String> bundles =
        Stream.generate(() -> bundle("exit 3").write().toString()).limit(width).toList();
    report(
        times + " runs, " + width + " at a time",
        () -> {
          for (int done = 0; done < times; done += width) {
            List<Command.Running> running = new ArrayList<>();
            for (int i = 0; i < width; i++) {
              running.add(oci().command("run", "--bundle", bundles.get(i), id() + i).start());
            }
            List<Ran> ran = running.stream().map(Command.Running::await).toList();
            running.forEach(Command.Running::close);
            assertThat(ran).allSatisfy(one -> one.exitsWith(3));
          }
        });
  }

  /**
   * Counts of the whole machine: others may be at work on it, so only the test's own must agree.
   */
  private record Counts(long processes, long mounts, long groups, long descriptors, long files) {}

  private Counts count() {
    return new Counts(
        Machine.processes(),
        Machine.mounts(),
        Machine.groups(),
        oci().planners().stream().mapToLong(pid -> entries("/proc/" + pid + "/fd")).sum(),
        entriesBelow(oci().root()));
  }

  private void report(String what, Runnable work) {
    Counts before = count();
    work.run();
    assertNothingLeft();
    Counts after = count();
    print(what, "processes of the machine", before.processes, after.processes);
    print(what, "mounts", before.mounts, after.mounts);
    print(what, "cgroups", before.groups, after.groups);
    print(what, "descriptors of the planner", before.descriptors, after.descriptors);
    print(what, "files below --root", before.files, after.files);
    assertThat(after.descriptors).isLessThanOrEqualTo(before.descriptors + 2);
    assertThat(after.files).isEqualTo(before.files);
  }

  @SuppressWarnings("SystemOut") // the counts are what a reader of the log wants to see
  private static void print(String what, String counted, long before, long after) {
    System.out.printf("%s: %s: %d before, %d after%n", what, counted, before, after);
  }

  private static long entries(String directory) {
    try (Stream<Path> entries = Files.list(Path.of(directory))) {
      return entries.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long entriesBelow(Path directory) {
    try (Stream<Path> entries = Files.walk(directory)) {
      return entries.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
