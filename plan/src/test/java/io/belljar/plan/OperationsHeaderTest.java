package io.belljar.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsHeaderTest {
  /** Maven runs the tests in the module's directory. */
  private static final Path HEADER = Path.of("../launcher/src/operations.h");

  @Test
  void headerOfTheLauncherIsUpToDate() throws Exception {
    assertThat(Files.readString(HEADER))
        .as("write it again with OperationsHeader, and look at what the launcher does with it")
        .isEqualTo(OperationsHeader.text());
  }

  @Test
  void writesTheFileThatItIsGiven(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("operations.h");
    OperationsHeader.main(new String[] {file.toString()});

    assertThat(file).hasContent(OperationsHeader.text());
  }

  @Test
  void holdsTheWholeTable() {
    assertThat(OperationsHeader.text())
        .contains("#define PLAN_MAGIC 0x31504a42u\n")
        .contains("  X(1, OPEN, open, \"stnn\") \\\n")
        .contains("  X(88, EXECUTE, execute, \"vvnn\") \\\n")
        .contains("#define ROLE_END 255\n")
        .contains("#define FRAME_OUTCOME 2\n");
  }
}
