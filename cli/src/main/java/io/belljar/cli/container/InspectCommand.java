package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.template.Template;
import io.belljar.cli.template.TemplateException;
import io.belljar.runtime.lifecycle.ContainerDetails;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonValue;
import io.belljar.spec.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar inspect}. */
@Command(
    name = "inspect",
    description = "Print all that is known of containers, as JSON.",
    customSynopsis = "belljar inspect [OPTIONS] CONTAINER...")
public final class InspectCommand extends ContainerVerb {
  @Option(
      names = {"-f", "--format"},
      paramLabel = "TEMPLATE",
      description = "Only this, as {{.State.Pid}}; json: all on one line.")
  String format;

  @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "Names or ids.")
  List<String> containers;

  @Override
  public Ending run(PeopleContext context) {
    Optional<Template> template =
        Optional.ofNullable(format)
            .filter(text -> !text.isEmpty() && !text.equals("json"))
            .map(Template::of);
    Invocation invocation = context.invocation();
    List<JsonValue> found = new ArrayList<>();
    Ending ending = Ending.SUCCESS;
    List<Runnable> failures = new ArrayList<>();
    for (String name : containers) {
      try {
        JsonObject document =
            InspectDocument.of(invocation, context.home(), ContainerDetails.of(invocation, name));
        found.add(document);
        template.ifPresent(wanted -> context.caller().print(wanted.render(document) + "\n"));
      } catch (TemplateException wrong) {
        throw wrong;
      } catch (RuntimeException failure) {
        failures.add(() -> printFailure(context, name, failure));
        ending = Ending.exit(failureCode());
      }
    }
    if (template.isEmpty()) {
      JsonWriter.Layout layout =
          format == null || format.isEmpty()
              ? JsonWriter.Layout.FOUR_SPACES
              : JsonWriter.Layout.COMPACT;
      context.caller().print(Template.json(new JsonArray(found), layout) + "\n");
    }
    failures.forEach(Runnable::run);
    return ending;
  }
}
