package io.belljar.planner;

import io.belljar.plan.FrameType;
import io.belljar.planner.FakeLauncher.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Speaks the protocol by hand, from wherever it was started: {@code SOCKET PID}, whose PID may be
 * {@code inner}, its own as itself has it, or {@code outer}, its own as /proc has it.
 */
final class StrangerProcess {
  private StrangerProcess() {}

  public static void main(String[] arguments) throws IOException {
    int pid =
        switch (arguments[1]) {
          case "inner" -> (int) ProcessHandle.current().pid();
          case "outer" ->
              Integer.parseInt(Files.readSymbolicLink(Path.of("/proc/self")).toString());
          default -> Integer.parseInt(arguments[1]);
        };
    try (FakeLauncher launcher = FakeLauncher.connect(Path.of(arguments[0]))) {
      Files.writeString(Path.of("/proc/self/comm"), FakeLauncher.PROOF.name(pid));
      launcher.send(
          FrameType.REQUEST, FakeLauncher.request(pid, "belljar", List.of("a"), List.of()));
      for (Frame frame : launcher.receiveAll()) {
        System.out.println(frame);
      }
    }
  }

  /** Starts one below another program. */
  static Process start(List<String> program, Path socket, String pid) throws IOException {
    List<String> command = new ArrayList<>(program);
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(StrangerProcess.class.getName(), socket.toString(), pid));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
