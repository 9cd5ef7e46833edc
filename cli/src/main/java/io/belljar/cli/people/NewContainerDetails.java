package io.belljar.cli.people;

import io.belljar.planner.Terminals;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.container.Output;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.lifecycle.NewContainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code run} asks of the lifecycle besides the description: streams, end and removal. */
final class NewContainerDetails {
  private NewContainerDetails() {}

  static StartMode mode(RunOptions options) {
    return options.detach ? StartMode.MONITORED : StartMode.FOREGROUND;
  }

  /**
   * Fills them in.
   *
   * @param state where the container's state is
   */
  static NewContainer.Builder fill(
      NewContainer.Builder builder,
      RunOptions options,
      Terminals terminals,
      ContainerId id,
      Path state) {
    return builder
        .terminal(
            new NewContainer.Terminal(
                Optional.empty(), !options.detach, terminals.rows(), terminals.columns()))
        .output(output(options, state))
        .removeOnExit(options.remove)
        .labels(options.labels())
        .finish(List.of("belljar", Conclusion.REQUEST, id.value()));
  }

  private static Optional<Output> output(RunOptions options, Path state) {
    if (options.detach) {
      return Optional.of(new Output(state.resolve("stdout.log"), state.resolve("stderr.log")));
    }
    return options.interactive || options.tty
        ? Optional.empty()
        : Optional.of(Output.WITHOUT_INPUT);
  }
}
