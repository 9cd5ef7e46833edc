package io.belljar.conformance.toolbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code belljar lsns} beside util-linux's, which prints the same, byte for byte. */
@Tag("integration")
class LsnsTest {
  /** Ours is called by two words: both are {@code lsns} in messages, and here in scripts. */
  private static final List<String> SAME =
      List.of(
          "$T",
          "LC_ALL=C $T",
          "$T -l",
          "$T --list --noheadings",
          "$T -J",
          "$T -Jl",
          "$T -r",
          "$T -rn",
          "$T -u",
          "$T -W",
          "$T -t net",
          "$T --type net -W",
          "$T -t net -J",
          "$T -t net -r",
          "$T -t pid -t user --output-all",
          "$T --output-all",
          "$T --output-all -J",
          "$T --output-all -r",
          "$T --output-all -T",
          "$T -T",
          "$T -Towner -t user -t pid",
          "$T --tree=parent",
          "$T --tree=parent -o NS,TYPE,PNS,ONS,NPROCS",
          "$T --tree=process -t uts",
          "$T --tree=owner -J",
          "$T -T -l",
          "$T -o ns,type,pid",
          "$T -o +PATH",
          "$T -o +UID,PPID,PNS,ONS -t mnt",
          "$T -o NSFS,COMMAND",
          "$T -o COMMAND,NSFS",
          "$T -o COMMAND -u",
          "$T -p $UTS",
          "$T --task=$NET -o TYPE,NSFS",
          "$T -p $USR -T",
          "$T -p 99999",
          "$T $UTSNS",
          "$T $UTSNS -l",
          "$T $UTSNS -J",
          "$T -r $UTSNS",
          "$T -o +NS $UTSNS",
          "$T -- $USERNS",
          "$T 12345; $T abc; $T -p abc; $T -p 99999999999; $T -p 1 5",
          "$T -t nosuch; $T -o nosuch; $T -Tnosuch; $T -J -r; $T --nosuch; $T -p; $T --no",
          "script -qec 'stty cols 44; '\"$T\" /dev/null",
          "script -qec 'stty cols 44; '\"$T -u\" /dev/null",
          "script -qec 'stty cols 60; '\"$T --output-all\" /dev/null",
          "script -qec 'stty cols 30; '\"$T -t net\" /dev/null",
          "COLUMNS=50 script -qec 'stty cols 0; '\"$T\" /dev/null");

  /**
   * Of one process: an ordinary user sees namespaces that are pinned, but not who is in them, and
   * util-linux lists these since 2.39 only.
   */
  private static final List<String> SAME_AS_USER =
      List.of(
          "$T -p $OWN",
          "$T -p $OWN -l",
          "$T -p $OWN -J",
          "$T -p $OWN -T",
          "$T -p $OWN --tree=parent",
          "$T -p $OWN --output-all",
          "$T -p $OWN -t net",
          "$T -p $NET");

  private static Scene scene;

  @BeforeAll
  static void begin() {
    assumeTrue(Oci.isBelljar(), "only Belljar has this command");
    Machine.requireProgram("lsns", "util-linux");
    scene = new Scene();
  }

  @AfterAll
  static void end() {
    if (scene != null) {
      scene.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> isLikeThatOfUtilLinux() {
    return SAME.stream()
        .map(script ->
            dynamicTest(
                script,
                () ->
                    compare(
                        scene.root(script, "lsns"), scene.root(script, Scene.belljar("lsns")))));
  }

  @TestFactory
  Stream<DynamicTest> isLikeThatOfUtilLinuxForAnOrdinaryUser() {
    return SAME_AS_USER.stream()
        .map(script ->
            dynamicTest(
                script,
                () ->
                    compare(
                        scene.user(script, "lsns"), scene.user(script, Scene.belljar("lsns")))));
  }

  private static void compare(Ran theirs, Ran ours) {
    assertThat(text(ours)).as("%s", ours).isEqualTo(text(theirs));
  }

  private static String text(Ran ran) {
    return "exit status " + ran.code() + "\n" + ran.output() + "\n" + ran.error();
  }

  @Test
  void aPinnedNamespaceWithoutProcessesIsListed() {
    Ran ran =
        scene.root(
            """
            unshare --mount sh -c "touch $D/pins/empty; unshare --uts=$D/pins/empty true;
                umount $D/pins/uts $D/pins/again
                $T -nP -o TYPE,NPROCS,PID,USER,NSFS; $T -t uts -no NPROCS,NSFS | grep empty"
            """,
            Scene.belljar("lsns"));
    String pin = scene.directory() + "/pins/empty";
    assertThat(ran.lines())
        .as("%s", ran)
        .containsExactly("uts       0     root " + pin, "     0 " + pin);
  }

  @Test
  void theNumbersAreThoseOfTheLinks() {
    Ran listed = scene.root("$T -rno NS,TYPE -p $NESTED | sort", Scene.belljar("lsns"));
    Ran linked =
        scene.root(
            "cd /proc/$NESTED/ns; for n in mnt net pid uts ipc user cgroup time;"
                + " do echo $(readlink $n | tr -dc 0-9) $n; done | sort",
            "");
    assertThat(listed.output()).as("%s", listed).isEqualTo(linked.output());
  }
}
