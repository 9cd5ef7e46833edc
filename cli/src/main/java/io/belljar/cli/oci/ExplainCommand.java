package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.plan.Explanation;
import io.belljar.plan.Plan;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.lifecycle.Create;
import io.belljar.runtime.lifecycle.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = "Print what run would do, system call by system call, and do nothing.")
final class ExplainCommand extends OciVerb {
  @Mixin BundleOptions options;

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "example",
      paramLabel = "CONTAINER",
      description = "The container's name.")
  String id;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Option(names = "--create", description = "What create would do.")
  boolean create;

  @Override
  Ending run(OciContext context) {
    options.id = id;
    options.explained = true;
    Plan plan =
        create
            ? Create.plan(context.invocation(), options.request(context, StartMode.CREATE, true))
            : Run.plan(context.invocation(), options.request(context, StartMode.FOREGROUND, false));
    context.caller().print(json ? Explanation.json(plan) : Explanation.text(plan));
    return Ending.SUCCESS;
  }
}
