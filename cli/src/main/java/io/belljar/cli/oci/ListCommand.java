package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.lifecycle.ListContainers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List containers.")
final class ListCommand extends OciVerb {
  enum Format {
    table,
    json
  }

  @Option(
      names = {"--format", "-f"},
      paramLabel = "FORMAT",
      description = "table or json.")
  Format format = Format.table;

  @Option(
      names = {"--quiet", "-q"},
      description = "Names only.")
  boolean quiet;

  @Override
  Ending run(OciContext context) {
    ListContainers.Format how =
        switch (format) {
          case json -> ListContainers.Format.JSON;
          case table -> ListContainers.Format.TABLE;
        };
    context
        .caller()
        .print(ListContainers.run(context.invocation(), quiet ? ListContainers.Format.QUIET : how));
    return Ending.SUCCESS;
  }
}
