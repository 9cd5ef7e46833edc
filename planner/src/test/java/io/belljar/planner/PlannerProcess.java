package io.belljar.planner;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A resident planner in a JVM of its own; it tells every caller its process id. */
final class PlannerProcess {
  private PlannerProcess() {}

  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] arguments) {
    ResidentPlanner planner =
        new ResidentPlanner(
            ResidentOptions.parse(List.of(arguments)), PlannerProcess::answer, System.err);
    Runtime.getRuntime().addShutdownHook(new Thread(planner::stop));
    planner.serve(new FileOutputStream(FileDescriptor.out));
    System.exit(0);
  }

  private static void answer(Caller caller) {
    caller.print(Long.toString(ProcessHandle.current().pid()));
    caller.exit(0);
  }

  /** Starts one; it stays in the caller's cgroups. */
  static Process start(Path socket, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-D" + ResidentOptions.GROUP_PROPERTY + "=keep");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(PlannerProcess.class.getName(), "--socket", socket.toString()));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }
}
