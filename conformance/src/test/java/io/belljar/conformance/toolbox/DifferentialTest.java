package io.belljar.conformance.toolbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Whether a script notices that unshare, nsenter and chroot are Belljar's. */
@Tag("integration")
class DifferentialTest {
  private static Bench bench;

  @BeforeAll
  static void begin() {
    assumeTrue(Oci.isBelljar(), "only Belljar has these commands");
    Machine.requireProgram("unshare", "util-linux");
    Machine.requireProgram("newuidmap", "uidmap");
    Machine.requireProgram("busybox", "busybox-static");
    bench = new Bench();
  }

  @AfterAll
  static void end() {
    if (bench != null) {
      bench.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> unshare() {
    return tests("unshare", UnshareTable.ROWS);
  }

  @TestFactory
  Stream<DynamicTest> nsenter() {
    return tests("nsenter", NsenterTable.ROWS);
  }

  @TestFactory
  Stream<DynamicTest> chroot() {
    return tests("chroot", ChrootTable.ROWS);
  }

  private static Stream<DynamicTest> tests(String program, List<Row> rows) {
    return rows.stream().map(row -> dynamicTest(row.toString(), () -> compare(program, row)));
  }

  private static void compare(String program, Row row) throws IOException {
    Ran theirs = bench.run(row, program);
    Ran ours = bench.run(row, Bench.belljar(program));
    if (row.difference().isEmpty()) {
      assertThat(result(ours)).as("belljar %s, beside %s", ours, theirs).isEqualTo(result(theirs));
      return;
    }
    Row.Difference difference = row.difference().get();
    assertThat(ours.output() + ours.error()).as("%s", ours).isEqualTo(difference.output());
    assertThat(result(ours)).as("a difference that is none any more").isNotEqualTo(result(theirs));
    assertThat(Files.readString(Path.of("../docs/util-linux.md")).replaceAll("\\s+", " "))
        .as("the differences that are documented")
        .contains(difference.reason());
  }

  private static String result(Ran ran) {
    return "exit status %d%n%s%n%s".formatted(ran.code(), ran.output(), ran.error());
  }
}
