package io.belljar.planner;

import io.belljar.plan.FrameType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A launcher in a process of its own: asks as a library's launcher does, says that every plan
 * succeeded, and exits with 42 when the planner hangs up.
 */
final class LauncherProcess {
  private LauncherProcess() {}

  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] arguments) throws IOException {
    if (!arguments[0].equals("--planner")) {
      throw new IllegalArgumentException(arguments[0]);
    }
    try (FakeLauncher launcher = FakeLauncher.connect(Path.of(arguments[1]))) {
      launcher.send(FrameType.REQUEST, FakeLauncher.request("library", List.of(), environment()));
      while (launcher.receive().type() == FrameType.PLAN.number()) {
        launcher.sendOutcome(-1, 0, 0, "");
      }
    } catch (IOException e) {
      System.exit(42);
    }
  }

  private static List<String> environment() {
    return System.getenv().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  /** Writes a program that starts one, in its own process. */
  static Path install(Path directory) throws IOException {
    return script(
        directory,
        "exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\""
            .formatted(
                Path.of(System.getProperty("java.home"), "bin/java"),
                System.getProperty("java.class.path"),
                LauncherProcess.class.getName()));
  }

  /** Writes a program. */
  static Path script(Path directory, String line) throws IOException {
    Path script = directory.resolve("launcher");
    Files.writeString(script, "#!/bin/sh\n" + line + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }
}
