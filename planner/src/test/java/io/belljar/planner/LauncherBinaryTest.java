package io.belljar.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.process.Child;
import io.belljar.linux.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void takesTheOneThatIsNamed() throws Exception {
    Path launcher = LauncherProcess.script(directory, "exit 7");
    System.setProperty(LauncherBinary.PROPERTY, launcher.toString());
    Program found = LauncherBinary.find();
    assertThat(Child.start(found, List.of("x"), Child.Streams.PIPES).waitFor()).isEqualTo(7);
    assertThat(LauncherBinary.find()).as("it is read once").isSameAs(found);
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
