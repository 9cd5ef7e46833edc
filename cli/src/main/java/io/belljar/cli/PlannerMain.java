package io.belljar.cli;

import io.belljar.planner.ResidencyRefused;
import io.belljar.planner.ResidentOptions;
import io.belljar.planner.ResidentPlanner;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The planner as a process: what the launcher starts when none answers. With {@code --train} it
 * makes a fixed set of requests of itself, for the ahead-of-time cache; with {@code --share
 * DIRECTORY} it writes manual pages and completion.
 */
public final class PlannerMain {
  private PlannerMain() {}

  /** Serves until idle or stopped. */
  public static void main(String[] arguments) {
    if (List.of(arguments).equals(List.of("--train"))) {
      System.exit(Training.run(PlannerMain::serve));
    }
    if (arguments.length == 2 && arguments[0].equals("--share")) {
      Sharing.run(Path.of(arguments[1]));
      return;
    }
    System.exit(serve(List.of(arguments)));
  }

  /** A planner whose distribution was replaced is of no use any more, and ends. */
  private static ResidentOptions withHome(ResidentOptions options) {
    Path jar =
        Path.of(
            URI.create(
                PlannerMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toExternalForm()));
    Optional<Path> home =
        Files.isRegularFile(jar)
            ? Optional.of(jar.toAbsolutePath().getParent().getParent())
            : options.home();
    return new ResidentOptions(
        options.socket(),
        options.once(),
        options.idle(),
        home,
        options.workers(),
        options.leaveGroups(),
        options.inherited());
  }

  @SuppressWarnings("SystemOut") // a process of its own: its standard error is the planner's log
  private static int serve(List<String> arguments) {
    try (var ready = new FileOutputStream(FileDescriptor.out)) {
      ResidentOptions options = withHome(ResidentOptions.parse(arguments));
      var programs = new Programs(options.socket().getParent());
      var planner = new ResidentPlanner(options, programs, System.err);
      Runtime.getRuntime().addShutdownHook(new Thread(planner::stop));
      planner.serve(
          ready, () -> AheadOfTimeCache.complaint(options).ifPresent(System.err::println));
      return 0;
    } catch (ResidencyRefused | IllegalArgumentException | IOException refused) {
      System.err.println("belljar: planner: " + refused.getMessage());
      return 1;
    }
  }
}
