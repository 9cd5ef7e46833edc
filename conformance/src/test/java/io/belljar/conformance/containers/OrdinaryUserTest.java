package io.belljar.conformance.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import io.belljar.conformance.UserMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The containers of a user who is not root, and has ids in /etc/subuid for other users inside. */
@Tag("integration")
class OrdinaryUserTest {
  private static final String FROM_HOST =
      "--from-host sh,sleep,id,mkdir,chown,chmod,ln,cat,touch,mkfifo,seq,xargs";

  /** What makes the removal of a root hard: all of it belongs to user 1 of the container. */
  private static final String HOSTILE =
      """
      set -e
      mkdir -p /srv/closed/inner /srv/sticky/own /srv/.belljar-removed-0
      touch /srv/closed/inner/file /srv/sticky/own/file /srv/.belljar-removed-0/x /srv/.belljar-removed-1
      ln -s /outside /srv/closed/link; ln -s / /srv/closed/inner/root; mkfifo /srv/closed/fifo
      cd /srv; for i in $(seq 200); do mkdir d f; cd d; done; cd /
      chown -R -h 1:1 /srv
      chmod 1777 /srv/sticky; chmod 0 /srv/closed/inner /srv/closed
      """;

  private static UserMachine machine;

  @BeforeAll
  static void setUp() {
    assumeTrue(Oci.isBelljar(), "runs Belljar's own commands");
    assumeTrue(
        Machine.status(ProcessHandle.current().pid(), "Uid").startsWith("0\t"), "needs root");
    machine = new UserMachine();
  }

  @AfterAll
  static void tearDown() {
    if (machine != null) {
      machine.close();
    }
  }

  @AfterEach
  void removeContainers() {
    type("belljar ps -aq | xargs --no-run-if-empty belljar rm -f");
  }

  /** Ann types a line. */
  private static Ran type(String line) {
    return Command.of(machine.as("bash", "-c", line)).run();
  }

  private static Path root(String name) {
    return machine.home().resolve(".local/share/belljar/containers").resolve(name);
  }

  private static List<Path> entries(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No container is listed, no file is left of any, and nothing is said of it. */
  private static void assertNothingIsLeft() {
    Ran ran = type("belljar ps -aq").succeeds();
    assertThat(ran.output()).isEmpty();
    assertThat(ran.error()).isEmpty();
    assertThat(entries(root(""))).isEmpty();
    // The markers' directory stays, and in it the file that is locked.
    Path markers = machine.runtimeDirectory().resolve("belljar/containers/.creating");
    assertThat(entries(markers.getParent())).containsExactly(markers);
    assertThat(entries(markers)).containsExactly(markers.resolve("~lock"));
  }

  private static void startHostile(String name, String options) {
    type("belljar run -d --name %s %s %s -- sh -c '%secho ready; exec sleep 1000'"
            .formatted(name, options, FROM_HOST, HOSTILE))
        .succeeds();
    for (int i = 0; i < 600 && !type("belljar logs " + name).output().equals("ready\n"); i++) {
      assertThat(type("belljar logs " + name).error()).isEmpty();
    }
    assertThat(Machine.owner(root(name).resolve("rootfs/srv/closed")))
        .isEqualTo(UserMachine.SUBORDINATE);
  }

  @Test
  void aContainersLifeIsThatOfRoots() {
    String line = "belljar run -d --name life " + FROM_HOST + " -- sh -c 'echo hello; sleep 1000'";
    assertThat(type(line).succeeds().text()).isEqualTo("life");
    assertThat(type("belljar ps").succeeds().output()).contains("life").contains("Up ");
    assertThat(type("belljar exec life sh -c 'id -u; id -g'").succeeds().lines())
        .containsExactly("0", "0");
    assertThat(type("belljar exec -u 33:33 life sh -c 'id -u; id -g'").succeeds().lines())
        .containsExactly("33", "33");
    assertThat(type("belljar logs life").succeeds().text()).isEqualTo("hello");
    assertThat(type("belljar inspect -f '{{.State.Status}}' life").succeeds().text())
        .isEqualTo("running");
    String pid = type("belljar inspect -f '{{.State.Pid}}' life").succeeds().text();
    assertThat(type("cat /proc/" + pid + "/uid_map").succeeds().text().split("\\s+"))
        .containsExactly("0", "1000", "1", "1", "100000", "65536");
    type("belljar rm life").exitsWith(1).isRefused("is running: stop it first");
    type("belljar stop -t 1 life").succeeds();
    assertThat(type("belljar ps -a").succeeds().output()).contains("life").contains("Exited (");
    assertThat(type("belljar rm life").succeeds().text()).isEqualTo("life");
    assertNothingIsLeft();
  }

  @Test
  void rmRemovesFilesOfSubordinateIds() {
    startHostile("hostile", "");
    type("belljar stop -t 0 hostile").succeeds();
    Ran removed = type("belljar rm hostile").succeeds();
    assertThat(removed.error()).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void rmEndsAndRemovesWhatRuns() {
    startHostile("running", "");
    assertThat(type("belljar rm -f running").succeeds().error()).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void aContainerThatGoesWithItsEndLeavesNoFilesOfSubordinateIds() {
    Ran ran = type("belljar run --rm " + FROM_HOST + " -- sh -c '" + HOSTILE + "exit 3'");
    assertThat(ran.exitsWith(3).error()).isEmpty();
    assertNothingIsLeft();
    startHostile("going", "--rm");
    type("belljar stop -t 0 going").succeeds();
    for (int i = 0; i < 600 && Files.exists(root("going")); i++) {
      type("sleep 0.05");
    }
    assertNothingIsLeft();
  }

  @Test
  void whatALinkOrAVolumeLeadsToStays() {
    type("mkdir -p shared/deep; echo mine > shared/file").succeeds();
    type("belljar run --rm -v \"$PWD/shared:/shared\" %s -- sh -c '%s ln -s %s /srv/closed/out'"
            .formatted(
                FROM_HOST,
                HOSTILE + "touch /shared/theirs; chown 1:1 /shared/theirs;",
                machine.home().resolve("shared")))
        .succeeds();
    assertNothingIsLeft();
    assertThat(machine.home().resolve("shared/file")).hasContent("mine\n");
    assertThat(Machine.owner(machine.home().resolve("shared/theirs")))
        .isEqualTo(UserMachine.SUBORDINATE);
    assertThat(machine.home().resolve("shared/deep")).isDirectory();
  }

  @Test
  void theNextCommandFinishesARemovalThatWasKilled() throws InterruptedException {
    startHostile("killed", "");
    type("belljar exec killed sh -c 'mkdir /many; cd /many; seq 30000 | xargs touch; chown -R 1:1 .'")
        .succeeds();
    type("belljar stop -t 0 killed").succeeds();
    Path many = root("killed").resolve("rootfs/many");
    try (Command.Running removal = Command.of(machine.as("belljar", "rm", "killed")).start()) {
      while (removal.process().isAlive() && entries(many).size() == 30_000) {
        Thread.sleep(1);
      }
      // Of the words, nsenter alone stays: its child is the launcher.
      removal.process().children().forEach(ProcessHandle::destroyForcibly);
      removal.process().waitFor();
    }
    assertNothingIsLeft();
  }

  @Test
  void whatIsLeftAfterARebootIsRemoved() {
    startHostile("rebooted", "");
    type("belljar stop -t 0 rebooted").succeeds();
    type("rm -rf \"$XDG_RUNTIME_DIR\"/belljar/containers").succeeds();
    type("belljar run --rm " + FROM_HOST + " -- id -u").succeeds();
    assertNothingIsLeft();
  }
}
