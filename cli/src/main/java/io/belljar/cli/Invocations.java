package io.belljar.cli;

import io.belljar.linux.proc.ProcFs;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.planner.Caller;
import io.belljar.planner.Request;
import io.belljar.runtime.Facts;
import io.belljar.runtime.lifecycle.Executor;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.LifecycleException;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.runtime.state.Observer;
import io.belljar.runtime.state.StateStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A caller's request, as the lifecycle's operations see it. */
public final class Invocations {
  private Invocations() {}

  /**
   * The invocation of one request.
   *
   * @param root where state is kept, if the caller said so
   * @param program whose warnings they are
   * @param filters what all requests share
   */
  public static Invocation of(
      Caller caller, Optional<Path> root, String program, SeccompFilters filters) {
    Request request = caller.request();
    StateStore store =
        new StateStore(
            root.orElseGet(() ->
                StateStore.defaultRoot(
                    request.uid(), request.environment().get("XDG_RUNTIME_DIR"))));
    return new Invocation(
        Observer.of(store),
        lazily(() ->
            caller.launcher().map(Facts::gather).orElseGet(() -> Facts.gather(request.pid()))),
        filters,
        executor(caller),
        ProcFs.host()
            .identify(request.pid())
            .orElseThrow(() -> new LifecycleException("the caller has ended")),
        request.uid(),
        warning -> caller.printError(ErrorLine.of(program, "warning: " + warning)));
  }

  private static Executor executor(Caller caller) {
    return new Executor() {
      @Override
      public void seal() {
        caller.seal();
      }

      @Override
      public Outcome run(Plan plan) {
        return caller.run(plan);
      }

      @Override
      public Outcome runLast(Plan plan) {
        return caller.runLast(plan);
      }
    };
  }

  private static <T> Supplier<T> lazily(Supplier<T> source) {
    return new Supplier<>() {
      private Optional<T> value = Optional.empty();

      @Override
      public T get() {
        if (value.isEmpty()) {
          value = Optional.of(source.get());
        }
        return value.get();
      }
    };
  }
}
