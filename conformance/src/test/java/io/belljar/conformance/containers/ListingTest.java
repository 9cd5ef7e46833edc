package io.belljar.conformance.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Json;
import io.belljar.conformance.Machine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest extends PeopleTest {
  @Test
  void psShowsWhatRunsAndWithAllWhatHasEnded() {
    String running = start("sleep 100", "--label", "tier=" + ProcessHandle.current().pid());
    String ended = start("exit 3");
    belljar("wait", ended).succeeds();
    assertThat(belljar("ps").succeeds().lines().getFirst())
        .matches("CONTAINER ID +IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES");
    assertThat(belljar("ps", "--format", "{{.Names}}").lines())
        .contains(running)
        .doesNotContain(ended);
    assertThat(belljar("ps", "-a", "--format", "{{.Names}} {{.Status}}").output())
        .containsPattern(ended + " Exited \\(3\\) .* ago")
        .containsPattern(running + " Up ");
    String label = "label=tier=" + ProcessHandle.current().pid();
    assertThat(belljar("ps", "-q", "-f", label).lines()).containsExactly(running);
    assertThat(belljar("ps", "-q", "-f", "status=exited", "-f", "name=" + ended).lines())
        .containsExactly(ended);
    assertThat(belljar("ps", "-f", label, "--format", "{{json .}}").output())
        .contains("\"Names\":\"" + running + "\"", "\"State\":\"running\"");
  }

  @Test
  void psNamesTheFieldsThatThereAre() {
    String running = start("sleep 100");
    belljar("ps", "-f", "name=" + running, "--format", "{{.Foo}}")
        .exitsWith(1)
        .isRefused("has no field \"Foo\"; it has", "Names")
        .inOneLine();
    belljar("ps", "-f", "foo=bar").exitsWith(1).isRefused("invalid filter \"foo\"").inOneLine();
  }

  @Test
  void aContainerIsPausedAndGoesOn() {
    String name = start("sleep 100");
    assertThat(belljar("pause", name).succeeds().text()).isEqualTo(name);
    assertThat(belljar("ps", "-f", "name=" + name, "--format", "{{.Status}}").text())
        .endsWith("(Paused)");
    belljar("pause", name).exitsWith(1).isRefused(name, "already paused");
    belljar("exec", name, "true").exitsWith(1).isRefused("is paused");
    belljar("unpause", name).succeeds();
    belljar("exec", name, "true").succeeds();
  }

  @Test
  void inspectKnowsTheProcessItsNamespacesAndItsGroups() {
    String name = start("sleep 100", "-m", "64m", "--label", "a=b");
    long pid = Long.parseLong(inspect(name, "{{.State.Pid}}"));
    assertThat(Machine.namespace(pid, "pid"))
        .isNotEqualTo(Machine.namespace(ProcessHandle.current().pid(), "pid"));
    assertThat(inspect(name, "{{.Belljar.Namespaces.pid}}"))
        .isEqualTo(Machine.link(Path.of("/proc/" + pid + "/ns/pid")));
    assertThat(inspect(name, "{{.HostConfig.Memory}} {{json .Config.Labels}}"))
        .isEqualTo("67108864 {\"a\":\"b\"}");
    assertThat(inspect(name).get("Name")).isEqualTo("/" + name);
    List<Object> groups = Json.asList(Json.asObject(inspect(name).get("Belljar")).get("Cgroups"));
    assertThat(groups).allSatisfy(group -> assertThat(group.toString()).endsWith("/" + name));
  }

  @Test
  void inspectGoesOnAfterANameThatIsNotThere() {
    String name = start("sleep 100");
    var ran = belljar("inspect", "-f", "{{.Id}}", "nosuch", name).exitsWith(1);
    assertThat(ran.text()).isEqualTo(name);
    assertThat(ran.error()).isEqualTo("belljar: No such container: nosuch\n");
    assertThat(belljar("inspect", "nosuch").exitsWith(1).text()).isEqualTo("[]");
  }

  @Test
  void nothingOfAContainerReachesTheTerminal() {
    String name = start("sh -c 'sleep 100' \u001b[2Jevil\u009b; true", "--label", "x=\u001b]0;t");
    assertThat(belljar("ps", "--no-trunc").output()).doesNotContain("\u001b", "\u009b");
    assertThat(belljar("top", name).succeeds().output())
        .contains("\\x1b[2Jevil")
        .doesNotContain("\u001b", "\u009b");
    assertThat(belljar("inspect", name).output()).doesNotContain("\u001b", "\u009b");
    assertThat(inspect(name, "{{.Config.Labels}}")).isEqualTo("map[x:\\x1b]0;t]");
  }

  @Test
  void topShowsTheHostsIdsOfItsProcesses() {
    String name = start("sleep 100; true");
    List<String> lines = belljar("top", name, "-o", "pid,comm").succeeds().lines();
    assertThat(lines.getFirst()).isEqualTo("PID                 COMMAND");
    assertThat(lines.get(1)).startsWith(inspect(name, "{{.State.Pid}}") + " ").endsWith("sh");
    assertThat(belljar("top", name).succeeds().lines().getFirst())
        .matches("UID +PID +PPID +C +STIME +TTY +TIME +CMD");
    belljar("top", name, "-o", "foo").exitsWith(1).isRefused("no column \"foo\"; there are pid");
  }

  @Test
  void statsShowsWhatItUses() {
    String name = start("while :; do :; done", "-m", "64m");
    List<String> lines = belljar("stats", "--no-stream", name).succeeds().lines();
    assertThat(lines.getFirst())
        .matches("CONTAINER ID +NAME +CPU % +MEM USAGE / LIMIT +MEM % +NET I/O +BLOCK I/O +PIDS");
    assertThat(lines.get(1)).matches(name + " +" + name + " .*% .* / 64MiB .*% +0B / 0B .* 1");
    assertThat(
            Double.parseDouble(
                belljar("stats", "--no-stream", "--format", "{{.CPUPerc}}", name)
                    .text()
                    .replace("%", "")))
        .isPositive();
  }
}
