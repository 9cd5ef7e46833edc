package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.plan.Explanation;
import io.belljar.plan.Plan;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.lifecycle.Create;
import io.belljar.runtime.lifecycle.Run;
import java.util.function.Supplier;

final class ExplainCommand extends OciVerb {
  private final BundleOptions options = new BundleOptions(syntax);
  private final Supplier<String> id =
      syntax.operand("CONTAINER", "The container's name.", "example");
  private final Supplier<Boolean> json = syntax.flag("--json", "As JSON.");
  private final Supplier<Boolean> create = syntax.flag("--create", "What create would do.");

  ExplainCommand() {
    super("Print what run would do, system call by system call, and do nothing.");
  }

  @Override
  Ending run(OciContext context) {
    options.id = id.get();
    options.explained = true;
    Plan plan =
        create.get()
            ? Create.plan(context.invocation(), options.request(context, StartMode.CREATE, true))
            : Run.plan(context.invocation(), options.request(context, StartMode.FOREGROUND, false));
    context.caller().print(json.get() ? Explanation.json(plan) : Explanation.text(plan));
    return Ending.SUCCESS;
  }
}
