package io.belljar.conformance.toolbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Json;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code belljar tree}: the processes, both pids of each, and the borders between them. */
@Tag("integration")
class TreeTest {
  private static Scene scene;

  @BeforeAll
  static void begin() {
    assumeTrue(Oci.isBelljar(), "only Belljar has this command");
    scene = new Scene();
  }

  @AfterAll
  static void end() {
    if (scene != null) {
      scene.close();
    }
  }

  private static Ran tree(String options) {
    return scene.root("$T " + options, Scene.belljar("tree")).succeeds();
  }

  @Test
  void aBoxIsDrawnWhereANamespaceBegins() {
    Ran ran = tree("$NESTED");
    String pid = scene.root("echo $NESTED", "").text();
    assertThat(ran.lines().getFirst()).matches(" *PID INSIDE USER +COMMAND {2}@CGROUP");
    assertThat(ran.lines())
        .as("%s", ran)
        .anyMatch(line -> line.matches(" +╭─ new user ── uids 0→0 ─+"))
        .anyMatch(line -> line.matches(" *" + pid + " +root +│ unshare --user .*"))
        .anyMatch(line -> line.matches(" +│ └─╭─ new pid ─+"))
        .anyMatch(line -> line.matches(" *[0-9]+ +1 root +│ {3}│ sh -c sleep infinity; :"))
        .anyMatch(line -> line.matches(" *[0-9]+ +2 root +│ {3}│ └─ sleep infinity"))
        .anyMatch(line -> line.matches(" +│ {3}╰─+"))
        .last()
        .asString()
        .matches(" +╰─+");
  }

  @Test
  void asciiHasTheSameLines() {
    Ran ran = tree("--ascii");
    assertThat(ran.output().chars()).as("%s", ran).allMatch(c -> c < 0x7f);
    assertThat(ran.output()).contains(".- new user", "'----", "|- ", "`- ");
    assertThat(ran.lines()).hasSameSizeAs(tree("").lines());
  }

  @Test
  void whatAProcessCallsItselfMovesNoCursor() {
    Ran ran = tree("");
    assertThat(ran.output()).doesNotContain("\u001b").contains("b\\x1b[31mad");
    assertThat(ran.output()).doesNotContain("\t");
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    Ran ran = scene.root("script -qec \"stty cols 50; $T\" /dev/null", Scene.belljar("tree"));
    assertThat(ran.lines()).as("%s", ran).hasSizeGreaterThan(10).allMatch(l -> l.length() <= 50);
  }

  @Test
  void jsonAgreesWithProc() {
    List<Object> processes = Json.asList(Json.object(tree("--json").output()).get("processes"));
    assertThat(processes).hasSizeGreaterThan(10);
    String links =
        scene
            .root(
                "for p in /proc/[0-9]*; do echo $(grep NSpid: $p/status | cut -f2-)"
                    + " $(readlink $p/ns/uts | tr -dc 0-9); done 2> /dev/null",
                "")
            .output();
    int compared = 0;
    for (Object each : processes) {
      Map<String, Object> process = Json.asObject(each);
      if (!process.get("name").equals("sleep")) {
        continue; // those of the command itself are gone now
      }
      String pids =
          String.join(" ", Json.asList(process.get("pids")).stream().map(String::valueOf).toList());
      Object uts = Json.asObject(process.get("namespaces")).get("uts");
      assertThat(links.lines()).as("%s", process).contains(pids + " " + uts);
      compared++;
    }
    assertThat(compared).isGreaterThan(6);
  }

  @Test
  void anUnknownProcessIsRefused() {
    Ran ran = scene.root("$T 99999", Scene.belljar("tree"));
    ran.isRefused("No such process or container: 99999").inOneLine().exitsWith(1);
  }

  @Test
  void aPageIsWrittenIntoAFile() {
    scene.root("cd $D/root; umask 027; $T --html page", Scene.belljar("tree")).succeeds();
    Ran mode = scene.root("stat -c %a $D/root/page; head -c 15 $D/root/page", "");
    assertThat(mode.output()).isEqualTo("640\n<!DOCTYPE html>");
    scene
        .root("$T --html /nowhere/page", Scene.belljar("tree"))
        .isRefused("--html: there is no directory /nowhere")
        .inOneLine()
        .exitsWith(1);
  }
}
