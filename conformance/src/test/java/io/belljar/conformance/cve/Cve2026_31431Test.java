package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The default profile of {@code belljar run} keeps programs from the kernel's crypto sockets
 * (AF_ALG), and from no ordinary ones, of 32-bit programs either (CVE-2026-31431 of the kernel).
 * What such a program asks of socketcall(2) no filter can see, so there it is refused every socket.
 */
class Cve2026_31431Test extends OciTest {
  @Test
  void cryptoSocketsAreRefusedAndOrdinaryOnesWork() throws Exception {
    assumeTrue(Oci.isBelljar(), "it is about belljar run");
    Machine.requireProgram("gcc", "gcc");
    Path root = Files.createDirectory(directory().resolve("root"));
    Bundle.makeRoot(root);
    Command.of(
            "gcc",
            "-static",
            "-o",
            root.resolve("sockets").toString(),
            Path.of("src/test/resources/sockets.c").toAbsolutePath().toString())
        .run()
        .succeeds();
    Ran ran =
        Command.of(
                Oci.path().resolveSibling("belljar").toString(),
                "run",
                "--rm",
                "--name",
                id(),
                "--rootfs",
                root.toString(),
                "--",
                "/sockets")
            .env(oci().environment())
            .run()
            .succeeds();
    for (String way : List.of("socket", "socket32", "socketcall")) {
      // A kernel without 32-bit programs has no such calls at all.
      assertThat(ran.lines()).containsAnyOf(way + " alg EPERM", way + " alg ENOSYS");
    }
    for (String family : List.of("unix", "inet")) {
      assertThat(ran.lines())
          .contains("socket " + family + " works")
          .containsAnyOf("socket32 " + family + " works", "socket32 " + family + " ENOSYS");
    }
    assertThat(ran.lines()).contains("socket inet works", "socket alg EPERM");
  }
}
