package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.lifecycle.ListContainers;
import java.util.function.Supplier;

final class ListCommand extends OciVerb {
  enum Format {
    table,
    json
  }

  private final Supplier<Format> format =
      syntax.choice("--format -f", "FORMAT", "table or json.", Format.table);
  private final Supplier<Boolean> quiet = syntax.flag("--quiet -q", "Names only.");

  ListCommand() {
    super("List containers.");
  }

  @Override
  Ending run(OciContext context) {
    ListContainers.Format how =
        switch (format.get()) {
          case json -> ListContainers.Format.JSON;
          case table -> ListContainers.Format.TABLE;
        };
    context
        .caller()
        .print(
            ListContainers.run(
                context.invocation(), quiet.get() ? ListContainers.Format.QUIET : how));
    return Ending.SUCCESS;
  }
}
