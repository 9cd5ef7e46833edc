package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.DetachKeys;
import io.belljar.cli.people.PeopleContext;
import io.belljar.runtime.lifecycle.Attach;
import io.belljar.runtime.lifecycle.FindContainer;
import io.belljar.runtime.lifecycle.Invocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar attach}. */
@Command(
    name = "attach",
    description =
        "See what a container that runs with -d writes, and type for it, until it has ended.",
    footer = {
      "",
      "If it has a terminal (-t), control-P and then control-Q leave it running, or --detach-keys.",
      "Exits as the container does."
    })
public final class AttachCommand extends ContainerVerb {
  @Option(names = "--no-stdin", description = "Only see; nothing that is typed goes to it.")
  boolean noInput;

  @Option(
      names = "--sig-proxy",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Pass signals on to it, unless it has a terminal; else an interrupt only ends attach.")
  boolean signals;

  @Option(
      names = "--detach-keys",
      paramLabel = "KEYS",
      defaultValue = DetachKeys.DEFAULT,
      description = "What leaves it running: characters and ctrl-X, with commas between them.")
  String keys;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "Its name, id or beginning.")
  String container;

  @Override
  public Ending run(PeopleContext context) {
    Invocation invocation = context.invocation();
    var options = new Attach.Options(!noInput, signals, DetachKeys.bytes(keys));
    return switch (Attach.run(invocation, FindContainer.run(invocation, container), options)) {
      case Attach.End.Alike _ -> Ending.LAUNCHER_GOES_ON;
      case Attach.End.Code end -> Ending.exit(end.code());
      case Attach.End.Interrupted end -> Ending.exit(128 + end.signal());
      case Attach.End.Left _ -> {
        context.caller().printError("read escape sequence\n");
        yield Ending.SUCCESS;
      }
    };
  }
}
