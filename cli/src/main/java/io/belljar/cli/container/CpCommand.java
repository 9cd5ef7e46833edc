package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.linux.text.TerminalText;
import io.belljar.planner.Caller;
import io.belljar.runtime.copy.Copy;
import io.belljar.runtime.copy.CopyException;
import io.belljar.runtime.lifecycle.FindContainer;
import io.belljar.runtime.lifecycle.Invocation;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belljar cp}. */
@Command(
    name = "cp",
    description = "Copy files out of a container or into it, running or not.",
    customSynopsis = {
      "belljar cp [OPTIONS] CONTAINER:SOURCE DESTINATION|-",
      "       belljar cp [OPTIONS] SOURCE|- CONTAINER:DESTINATION"
    },
    footer = {
      "",
      "With - a tar archive is written to standard output, or read from standard input. A"
          + " directory",
      "SOURCE is copied into a DESTINATION that is there, or becomes it; SOURCE/. is its content."
    })
public final class CpCommand extends ContainerVerb {
  @Option(
      names = {"-a", "--archive"},
      description = "Keep owners; else the copies belong to you, or to the container's root.")
  boolean archive;

  @Option(
      names = {"-L", "--follow-link"},
      description = "Copy what a link SOURCE leads to, not the link.")
  boolean follow;

  @Option(
      names = {"-q", "--quiet"},
      description = "Do not say how much was copied.")
  boolean quiet;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "What to copy.")
  String source;

  @Parameters(index = "1", paramLabel = "DESTINATION", description = "Where to.")
  String destination;

  @Spec picocli.CommandLine.Model.CommandSpec spec;

  @Override
  public Ending run(PeopleContext context) {
    CopyPath from = CopyPath.of(source);
    CopyPath to = CopyPath.of(destination);
    if (from.isInContainer() && to.isInContainer()) {
      throw wrong("copying between containers is not supported; copy to the host, then from it");
    }
    if (!from.isInContainer() && !to.isInContainer()) {
      throw wrong("one of the two must be in a container: CONTAINER:PATH");
    }
    if (from.path().isEmpty() || to.path().isEmpty()) {
      throw wrong("a path is missing; the whole of a container is CONTAINER:/");
    }
    CopyPath inside = from.isInContainer() ? from : to;
    Copy copy = copy(context, inside.container());
    long bytes = from.isInContainer() ? out(context, copy, from, to) : in(context, copy, from, to);
    if (!quiet && !to.isStream()) {
      context.caller().printError(line(bytes));
    }
    return Ending.SUCCESS;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Copy copy(PeopleContext context, String container) {
    Invocation invocation = context.invocation();
    var options = new Copy.Options(archive, follow, context.caller().request().gid());
    return new Copy(
        invocation,
        FindContainer.run(invocation, container),
        options,
        CallerPresence.of(context.caller()));
  }

  private static long out(PeopleContext context, Copy copy, CopyPath from, CopyPath to) {
    if (!to.isStream()) {
      return copy.out(from.name(), to.nameFrom(context.directory()));
    }
    Caller caller = context.caller();
    if (caller.request().terminals().output()) {
      throw new CopyException(
          "standard output", "is a terminal, which an archive is not for: redirect it");
    }
    return copy.out(from.name(), CallerOutput.of(caller));
  }

  private static long in(PeopleContext context, Copy copy, CopyPath from, CopyPath to) {
    return from.isStream()
        ? copy.in(new CallerInput(context.caller()), to.name())
        : copy.in(from.nameFrom(context.directory()), to.name());
  }

  private String line(long bytes) {
    return TerminalText.printable("Successfully copied " + size(bytes) + " to " + destination)
        + "\n";
  }

  /** As Docker writes it: 1.54kB. */
  static String size(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    double number = bytes;
    int unit = 0;
    while (number >= 1000 && unit < units.length - 1) {
      number /= 1000;
      unit++;
    }
    String digits =
        number >= 100 || unit == 0
            ? "%.0f".formatted(number)
            : String.format(Locale.ROOT, number >= 10 ? "%.1f" : "%.2f", number);
    return digits + units[unit];
  }
}
