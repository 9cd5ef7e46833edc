package io.belljar.conformance.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Json;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code explain} says is what strace(1) sees: in each process every call of every step is
 * made in the plan's order with the arguments that it tells, and nothing else but bookkeeping.
 */
class ExplainTest extends OciTest {
  /**
   * What a process does beside its steps: talking to the planner and to its children, and closing
   * what it has opened.
   */
  private static final Set<String> BOOKKEEPING =
      Set.of(
          "close",
          "close_range",
          "fcntl",
          "read",
          "recvmsg",
          "sendmsg",
          "sendto",
          "ppoll",
          "wait4",
          "exit_group",
          "rt_sigprocmask",
          "rt_sigreturn",
          "restart_syscall");

  @BeforeEach
  void requireStrace() {
    assumeTrue(Oci.isBelljar(), "only Belljar explains");
    Machine.requireProgram("strace", "strace");
  }

  @Test
  void theDefaultBundle() throws Exception {
    agrees(bundle().runs("true"));
  }

  @Test
  void limitsAndMounts() throws Exception {
    Bundle bundle =
        bundle().runs("true").writable().set("linux.resources.memory.limit", 50_000_000);
    bundle
        .set("linux.resources.pids.limit", 50)
        .mount("tmpfs", "tmpfs", "/tmp", "size=1m", "nosuid")
        .mount("bind", directory().toString(), "/mnt", "rbind", "ro");
    agrees(bundle);
  }

  @Test
  void aUserAndAnEnvironment() throws Exception {
    agrees(
        bundle()
            .runs("true")
            .set("process.user.uid", 1000)
            .set("process.user.additionalGids", List.of(5, 6))
            .set("process.cwd", "/tmp"));
  }

  @Test
  void aJoinedNetwork() throws Exception {
    agrees(bundle().runs("true").namespace("network", "/proc/self/ns/net"));
  }

  @Test
  void everyStepHasAReasonAndAProcess() {
    List<Map<String, Object>> steps = explain(bundle().runs("true"));
    assertThat(steps).hasSizeGreaterThan(30);
    assertThat(steps)
        .allSatisfy(step -> {
          assertThat(step.get("why").toString()).matches("(config|option|default)[: ].+");
          assertThat(step.get("process").toString())
              .isIn("launcher", "init", "joiner", "undo", "end");
        });
  }

  @Test
  void changesNothing() {
    Bundle bundle = bundle().runs("true");
    oci("explain", "--bundle", bundle.write().toString(), id()).succeeds();
    assertNothingLeft();
  }

  @Test
  void isReadable() {
    String text =
        oci("explain", "--bundle", bundle().runs("true").write().toString(), id())
            .succeeds()
            .output();
    assertThat(text)
        .contains("pivot_root(\".\", \".\")")
        .contains("clone3({flags=CLONE_NEWNS")
        .contains("sethostname(\"runc\"")
        .contains("execve(");
    assertThat(text.lines()).hasSizeLessThan(1500);
  }

  private List<Map<String, Object>> explain(Bundle bundle) {
    String json =
        oci("explain", "--bundle", bundle.write().toString(), "--json", id()).succeeds().output();
    return Json.asList(Json.object(json).get("steps")).stream().map(Json::asObject).toList();
  }

  private void agrees(Bundle bundle) throws Exception {
    List<Map<String, Object>> steps = explain(bundle);
    Path file = directory().resolve("trace");
    List<String> line = Command.words(List.of("strace", "-f", "-s", "200", "-o", file.toString()));
    line.addAll(oci().words("run", "--bundle", bundle.directory().toString(), id()));
    Command.of(line).env(oci().environment()).run().succeeds();
    Trace trace = Trace.parse(Files.readAllLines(file));

    compare("launcher", planned(steps, "launcher", "end"), afterSealing(trace));
    for (String child : List.of("joiner", "init")) {
      List<PlannedCall> calls = planned(steps, child);
      if (!calls.isEmpty()) {
        List<PlannedCall> all = new ArrayList<>(ofFork(steps, child));
        all.addAll(calls);
        compare(child, all, trace.of(processOf(trace, child, steps)));
      }
    }
  }

  private static List<PlannedCall> planned(List<Map<String, Object>> steps, String... processes) {
    List<PlannedCall> calls = new ArrayList<>();
    for (String process : processes) {
      steps.stream()
          .filter(step -> step.get("process").equals(process))
          .forEach(step ->
              Json.asList(step.get("calls")).stream()
                  .map(Json::asObject)
                  .forEach(call -> calls.add(PlannedCall.of(step, call))));
    }
    return calls;
  }

  /** What a fork's step does in the child. */
  private static List<PlannedCall> ofFork(List<Map<String, Object>> steps, String child) {
    return steps.stream()
        .filter(step -> step.get("operation").equals("FORK"))
        .filter(step -> Json.asObject(step.get("arguments")).get("process").equals(child))
        .flatMap(step ->
            Json.asList(step.get("calls")).stream()
                .map(Json::asObject)
                .filter(call -> call.getOrDefault("condition", "").toString().startsWith("in "))
                .map(call -> PlannedCall.of(step, call)))
        .toList();
  }

  /** The launcher's calls from where its sealed copy has been executed and a plan is there. */
  private static List<Trace.Call> afterSealing(Trace trace) {
    List<Trace.Call> calls = trace.of(trace.processes().getFirst());
    int sealed = 0;
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).name().equals("execveat")) {
        sealed = i + 1;
      }
    }
    assertThat(sealed).as("the launcher executes a sealed copy of itself").isPositive();
    int plan = sealed;
    while (!calls.get(plan).name().equals("read")) {
      plan++;
    }
    return calls.subList(plan, calls.size());
  }

  /** Forks are in the order of the plan's, and each child is a process of the trace. */
  private static long processOf(Trace trace, String child, List<Map<String, Object>> steps) {
    List<Object> forked =
        steps.stream()
            .filter(step -> step.get("operation").equals("FORK"))
            .map(step -> Json.asObject(step.get("arguments")).get("process"))
            .toList();
    return trace.processes().get(1 + forked.indexOf(child));
  }

  /**
   * Walks through the calls that were made with every place of the plan where they may be by now: a
   * call that the plan has as optional may also be the required one of a later step.
   */
  private static void compare(String process, List<PlannedCall> planned, List<Trace.Call> made) {
    SortedSet<Integer> places = new TreeSet<>(Set.of(0));
    for (Trace.Call call : made) {
      SortedSet<Integer> next = new TreeSet<>();
      places.forEach(place -> next.addAll(after(planned, place, call)));
      if (BOOKKEEPING.contains(call.name())) {
        next.addAll(places);
      }
      assertThat(next)
          .as(
              "%s makes a call that is not in the plan: %s%nnext in the plan: %s",
              process, call, next(planned, places.last()))
          .isNotEmpty();
      places = next;
      if (call.name().equals("execve")) {
        break; // from here on it is the container's command
      }
    }
    int last = places.last();
    assertThat(planned.subList(last, planned.size()).stream().filter(call -> !call.optional()))
        .as("calls of the plan that %s does not make", process)
        .isEmpty();
  }

  /** The places after a call that is made at this one: beyond it, or at it when it is repeated. */
  private static Set<Integer> after(List<PlannedCall> planned, int place, Trace.Call call) {
    Set<Integer> after = new TreeSet<>();
    for (int i = place; i < planned.size(); i++) {
      PlannedCall candidate = planned.get(i);
      if (candidate.matches(call)) {
        after.add(i + 1);
        if (candidate.repeated()) {
          after.add(i);
        }
      }
      if (!candidate.optional()) {
        break;
      }
    }
    return after;
  }

  private static List<PlannedCall> next(List<PlannedCall> planned, int from) {
    return planned.subList(from, Math.min(planned.size(), from + 5));
  }
}
