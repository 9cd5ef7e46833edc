package io.belljar.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A /proc of files, in which process 10 is the planner and process 20 a launcher. */
class AdmissionTest {
  private static final int PLANNER = 10;
  private static final int LAUNCHER = 20;
  private static final LauncherProof PROOF = new LauncherProof(1, 2);

  @TempDir private Path proc;

  @BeforeEach
  void makeProcesses() throws IOException {
    Files.createDirectory(proc.resolve("a"));
    Files.createDirectory(proc.resolve("b"));
    Files.createSymbolicLink(proc.resolve("self"), Path.of("10"));
    make(PLANNER, "java");
    make(LAUNCHER, PROOF.name(LAUNCHER));
  }

  private void make(int pid, String name) throws IOException {
    Path process = Files.createDirectory(proc.resolve(Integer.toString(pid)));
    Path namespaces = Files.createDirectory(process.resolve("ns"));
    for (String kind : new String[] {"mnt", "user", "pid", "net", "cgroup"}) {
      Files.createSymbolicLink(namespaces.resolve(kind), Path.of(kind + ":[100]"));
    }
    Files.createSymbolicLink(process.resolve("root"), proc.resolve("a"));
    status(pid, name, 0, "1ff");
  }

  private void status(int pid, String name, int uid, String effective) throws IOException {
    Files.writeString(
        proc.resolve(pid + "/status"),
        """
        Name:\t%s
        Pid:\t%d
        Uid:\t%d\t%d\t%d\t%d
        Gid:\t0\t0\t0\t0
        CapEff:\t%s
        NoNewPrivs:\t0
        Seccomp:\t0
        """
            .formatted(name, pid, uid, uid, uid, uid, effective));
  }

  private void change(String link, String target) throws IOException {
    Path changed = proc.resolve(LAUNCHER + "/" + link);
    Files.delete(changed);
    Files.createSymbolicLink(changed, Path.of(target));
  }

  private void assertRefused(int pid, LauncherProof proof, String message) {
    Admission admission = new Admission(proc);
    assertThatThrownBy(() -> admission.admit(pid, proof))
        .isInstanceOf(Admission.Refused.class)
        .hasMessage(message);
  }

  @Test
  void admitsWhoSeesWhatThePlannerSees() {
    assertThat(new Admission(proc).admit(LAUNCHER, PROOF).pid()).isEqualTo(LAUNCHER);
  }

  @Test
  void refusesWhoClaimsToBeAnotherProcess() {
    String message =
        "this planner serves another pid namespace: process %d of its /proc is not" + " who asked";
    assertRefused(PLANNER, PROOF, message.formatted(PLANNER));
    assertRefused(30, PROOF, message.formatted(30));
    assertRefused(LAUNCHER, new LauncherProof(1, 3), message.formatted(LAUNCHER));
  }

  @Test
  void refusesWhoKnowsTheNameOnly() throws IOException {
    // The name itself, as whoever reads /proc could send it in the place of the key.
    status(LAUNCHER, "belljar", 0, "1ff");
    assertRefused(
        LAUNCHER,
        PROOF,
        "this planner serves another pid namespace: process 20 of its /proc is not who asked");
  }

  @Test
  void refusesAnotherNamespaceOfEachKind() throws IOException {
    for (String kind : new String[] {"mnt", "user", "pid", "net", "cgroup"}) {
      change("ns/" + kind, kind + ":[101]");
      assertRefused(
          LAUNCHER,
          PROOF,
          "this planner serves another " + kind + " namespace than that of process 20");
      change("ns/" + kind, kind + ":[100]");
    }
  }

  @Test
  void refusesAnotherRoot() throws IOException {
    change("root", proc.resolve("b").toString());
    assertRefused(
        LAUNCHER, PROOF, "this planner serves another root directory than that of process 20");
  }

  @Test
  void refusesAnotherUser() throws IOException {
    status(LAUNCHER, PROOF.name(LAUNCHER), 1000, "1ff");
    assertRefused(LAUNCHER, PROOF, "this planner serves another user than that of process 20");
  }

  @Test
  void refusesWhoMayDoLess() throws IOException {
    status(LAUNCHER, PROOF.name(LAUNCHER), 0, "1fe");
    assertRefused(
        LAUNCHER, PROOF, "this planner serves callers with other capabilities than process 20");
  }

  @Test
  void refusesAProcessThatEndsMeanwhile() throws IOException {
    Files.delete(proc.resolve("20/ns/net"));
    assertRefused(
        LAUNCHER,
        PROOF,
        "this planner serves only processes that it can look at: process 20 has ended");
  }
}
