package io.belljar.planner;

import io.belljar.plan.FrameType;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A launcher in a process of its own: begins as a library's launcher does, with its connection,
 * says that every plan succeeded, and exits with 42 when the planner hangs up.
 */
final class LauncherProcess {
  private LauncherProcess() {}

  /** The connection is the standard input and output. */
  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] arguments) throws IOException {
    if (!arguments[0].equals("--sealed") || !arguments[3].equals("library")) {
      throw new IllegalArgumentException(String.join(" ", arguments));
    }
    DataInputStream planner = new DataInputStream(System.in);
    try {
      while (true) {
        int type = Integer.reverseBytes(planner.readInt());
        planner.skipNBytes(Integer.reverseBytes(planner.readInt()));
        if (type == FrameType.PLAN.number()) {
          ByteBuffer outcome = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
          outcome.putInt(FrameType.OUTCOME.number()).putInt(12).putInt(-1);
          System.out.write(outcome.array());
          System.out.flush();
        }
      }
    } catch (EOFException e) {
      System.exit(42);
    }
  }

  /** Writes a program that starts one, in its own process. */
  static Path install(Path directory) throws IOException {
    return script(
        directory,
        "exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\" <&3 >&3"
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
