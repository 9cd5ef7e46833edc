package io.belljar.conformance.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * SIGKILL at every phase: a verb is traced once, and then carried out again for each system call of
 * the trace, where strace(1) kills the process as it enters that call. The next command has to
 * clean up.
 */
class KillTest extends OciTest {
  /** The quick tests take every this-many-th call. */
  private static final int STRIDE = 11;

  /** What a planner does to files and to its launchers; the rest is the JVM loading classes. */
  private static final String PLANNER_CALLS =
      "mkdir,mkdirat,rename,renameat,unlink,unlinkat,rmdir,chmod,fchmodat,write,pwrite64,fcntl,"
          + "accept,accept4,getsockopt,sendto,sendmsg,readlink,statx";

  private String bundle;

  @BeforeEach
  void prepare() {
    assumeTrue(Oci.isBelljar(), "Belljar's own promise");
    Machine.requireProgram("strace", "strace");
    bundle = bundle("exec sleep 1000").write().toString();
  }

  /** A verb, and what has to be there before it. */
  private enum Verb {
    CREATE,
    START,
    DELETE
  }

  private void before(Verb verb) {
    switch (verb) {
      case CREATE -> {}
      case START -> oci("create", "--bundle", bundle, id()).succeeds();
      case DELETE -> oci("run", "-d", "--bundle", bundle, id()).succeeds();
    }
  }

  private String[] words(Verb verb) {
    return switch (verb) {
      case CREATE -> new String[] {"create", "--bundle", bundle, id()};
      case START -> new String[] {"start", id()};
      case DELETE -> new String[] {"delete", "--force", id()};
    };
  }

  /** What a verb has finished stays; of what it has not, nothing is left. */
  private void cleansUp(Object point, Ran ran) {
    // The planner may still be at what it was asked by the launcher that was killed.
    eventually("no request is under way", () -> !isBusy());
    List<String> left = oci("list", "-q").succeeds().lines();
    if (!left.isEmpty()) {
      assertThat(left).as("killed at %s: %s", point, ran).containsExactly(id());
      assertThat(status(id())).as("killed at %s", point).isIn("created", "running", "stopped");
      oci("delete", "--force", id()).succeeds();
    }
    assertNothingLeft();
  }

  private boolean isBusy() {
    Ran status =
        Command.of(Oci.path().resolveSibling("belljar").toString(), "planner", "status")
            .env(oci().environment())
            .run();
    return status.code() == 0 && !status.output().contains(" 0 under way");
  }

  /** Kills the launcher, or with {@code -f} also its children, at each of its calls. */
  private void killLauncher(Verb verb, boolean children, int stride) {
    List<String> follow = children ? List.of("-f") : List.of();
    before(verb);
    Path file = directory().resolve("trace");
    underStrace(follow, List.of("-o", file.toString()), verb).succeeds();
    eventually("the trace is whole", () -> Machine.content(file).contains("+++ exited with 0"));
    List<CallPoint> points = CallPoint.of(Machine.content(file));
    oci("delete", "--force", id()).succeeds();
    int hits = 0;
    int tries = 0;
    for (int i = stride / 2; i < points.size(); i += stride) {
      CallPoint point = points.get(i);
      before(verb);
      Ran ran = underStrace(follow, point.kill(), verb);
      cleansUp(point, ran);
      tries++;
      hits += ran.code() == 0 ? 0 : 1;
    }
    report("launcher" + (children ? " or a child" : ""), verb, hits, tries);
  }

  private Ran underStrace(List<String> follow, List<String> options, Verb verb) {
    // -D: the launcher is our child, not strace's, which stays with a container that is there.
    List<String> line = Command.words(List.of("strace", "-D"));
    line.addAll(follow);
    line.addAll(options);
    line.addAll(oci().words(words(verb)));
    return Command.of(line).env(oci().environment()).run();
  }

  /** Kills a planner at each of its calls; the launcher may well finish with another one. */
  private void killPlanner(Verb verb, int stride) {
    before(verb);
    Path file = directory().resolve("trace");
    attached(planner(), List.of("-o", file.toString(), "-e", "trace=" + PLANNER_CALLS), verb);
    List<CallPoint> points = CallPoint.of(Machine.content(file));
    oci("delete", "--force", id()).succeeds();
    int hits = 0;
    int tries = 0;
    for (int i = stride / 2; i < points.size(); i += stride) {
      CallPoint point = points.get(i);
      before(verb);
      long planner = planner();
      Ran ran = attached(planner, point.kill(), verb);
      tries++;
      hits += oci().planners().contains(planner) ? 0 : 1;
      cleansUp(point, ran);
    }
    report("planner", verb, hits, tries);
  }

  private long planner() {
    oci("list", "-q").succeeds();
    return oci().planners().getFirst();
  }

  private Ran attached(long planner, List<String> options, Verb verb) {
    List<String> line = Command.words(List.of("strace", "-f", "-p", String.valueOf(planner)));
    line.addAll(options);
    try (Command.Running strace = Command.of(line).start()) {
      eventually("strace is attached", () -> strace.errorSoFar().contains("attached"));
      Ran ran = oci(words(verb));
      strace.process().destroy();
      eventually("strace has ended", () -> !strace.process().isAlive());
      return ran;
    }
  }

  @SuppressWarnings("SystemOut") // the count is what a reader of the log wants to see
  private static void report(String who, Verb verb, int hits, int tries) {
    System.out.printf(
        "%s killed during %s at %d calls of %d, nothing left%n", who, verb, hits, tries);
    // A few calls are made by one run and not by the next.
    assertThat(hits).as("how often the %s was hit, of %d", who, tries).isGreaterThan(tries / 2);
  }

  @Test
  void aLauncherThatIsKilledWhileItCreatesLeavesNothing() {
    killLauncher(Verb.CREATE, false, STRIDE);
  }

  @Test
  void anyProcessThatIsKilledWhileItCreatesLeavesNothing() {
    killLauncher(Verb.CREATE, true, 3 * STRIDE);
  }

  @Test
  void aLauncherThatIsKilledWhileItStartsLeavesNothing() {
    killLauncher(Verb.START, false, STRIDE);
  }

  @Test
  void aLauncherThatIsKilledWhileItDeletesLeavesNothing() {
    killLauncher(Verb.DELETE, false, STRIDE);
  }

  @Test
  void aPlannerThatIsKilledWhileItCreatesLeavesNothing() {
    killPlanner(Verb.CREATE, STRIDE);
  }

  @Test
  @Tag("exhaustive")
  void aLauncherThatIsKilledAtAnyCallOfACreateLeavesNothing() {
    killLauncher(Verb.CREATE, false, 1);
  }

  @Test
  @Tag("exhaustive")
  void anyProcessThatIsKilledAtAnyCallOfACreateLeavesNothing() {
    killLauncher(Verb.CREATE, true, 1);
  }

  @Test
  @Tag("exhaustive")
  void aLauncherThatIsKilledAtAnyCallOfAStartLeavesNothing() {
    killLauncher(Verb.START, false, 1);
  }

  @Test
  @Tag("exhaustive")
  void aLauncherThatIsKilledAtAnyCallOfADeleteLeavesNothing() {
    killLauncher(Verb.DELETE, false, 1);
  }

  @Test
  @Tag("exhaustive")
  void aPlannerThatIsKilledAtAnyCallOfACreateLeavesNothing() {
    killPlanner(Verb.CREATE, 1);
  }

  @Test
  @Tag("exhaustive")
  void aPlannerThatIsKilledAtAnyCallOfADeleteLeavesNothing() {
    killPlanner(Verb.DELETE, 1);
  }
}
