package io.belljar.cli.people;

import io.belljar.planner.Terminals;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.container.Output;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.lifecycle.NewContainer;
import java.util.List;
import java.util.Optional;

/** What {@code run} asks of the lifecycle besides the description: streams, end and removal. */
final class NewContainerDetails {
  // Of the newer of the log's two files: enough to look back, and little to lose a memory file
  // system to.
  private static final long MOST_LOG_BYTES = 10L << 20;

  private NewContainerDetails() {}

  static StartMode mode(RunOptions options) {
    return options.detach ? StartMode.MONITORED : StartMode.FOREGROUND;
  }

  /** Fills them in. */
  static NewContainer.Builder fill(
      NewContainer.Builder builder, RunOptions options, Terminals terminals, ContainerId id) {
    return builder
        .terminal(
            new NewContainer.Terminal(
                Optional.empty(), !options.detach, terminals.rows(), terminals.columns()))
        .output(output(options, id))
        .removeOnExit(options.remove)
        .labels(options.labels())
        .finish(List.of("belljar", Conclusion.REQUEST, id.value()));
  }

  private static Optional<Output> output(RunOptions options, ContainerId id) {
    if (options.detach) {
      return Optional.of(new Output.Logged(MOST_LOG_BYTES, options.interactive, id + "\n"));
    }
    return options.interactive || options.tty
        ? Optional.empty()
        : Optional.of(new Output.WithoutInput());
  }
}
