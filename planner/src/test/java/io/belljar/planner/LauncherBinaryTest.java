package io.belljar.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherBinaryTest {
  @TempDir private Path directory;

  @AfterEach
  void forget() {
    System.clearProperty(LauncherBinary.PROPERTY);
  }

  @Test
  void takesTheOneThatIsNamed() throws IOException {
    Path launcher = LauncherProcess.script(directory, "exit 0");
    System.setProperty(LauncherBinary.PROPERTY, launcher.toString());
    assertThat(LauncherBinary.find()).isEqualTo(launcher);
  }

  @Test
  void rejectsANamedOneThatCannotBeExecuted() throws IOException {
    Path launcher = Files.createFile(directory.resolve("launcher"));
    System.setProperty(LauncherBinary.PROPERTY, launcher.toString());
    assertThatThrownBy(LauncherBinary::find)
        .isInstanceOf(LauncherUnavailable.class)
        .hasMessage(
            "the launcher %s (system property belljar.launcher) is not a file that can be executed"
                .formatted(launcher));
  }

  @Test
  void readsTheResource() {
    String name = LauncherBinary.class.getName().replace('.', '/') + ".class";
    assertThat(LauncherBinary.resource(name)).startsWith(0xCA, 0xFE, 0xBA, 0xBE);
  }

  @Test
  void saysWhichArtifactIsMissing() {
    assertThatThrownBy(() -> LauncherBinary.resource("io/belljar/launcher/vax/belljar-launcher"))
        .isInstanceOf(LauncherUnavailable.class)
        .hasMessage(
            "the launcher io/belljar/launcher/vax/belljar-launcher is not there: the artifact"
                + " io.belljar:belljar-launcher must be on the class path, or the module"
                + " io.belljar.launcher on the module path; or name a launcher with"
                + " -Dbelljar.launcher");
  }
}
