package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.planner.Caller;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.FindContainer;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.LifecycleException;
import io.belljar.runtime.log.LogTime;
import io.belljar.runtime.log.ShowLog;
import io.belljar.spec.state.Status;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belljar logs}. */
@Command(name = "logs", description = "Print what a container that was run with -d has written.")
public final class LogsCommand extends ContainerVerb {
  private static final long PAUSE_MILLIS = 100;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the container has ended.")
  boolean follow;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only what is not older: 10m (that long ago), 2026-11-23, 2026-11-23T04:05:06Z.")
  Optional<String> since;

  @Option(names = "--until", paramLabel = "TIME", description = "Only what is not newer.")
  Optional<String> until;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "N|all",
      defaultValue = "all",
      description = "Only the last N lines.")
  String tail;

  @Option(
      names = {"-t", "--timestamps"},
      description = "Begin each line with its time.")
  boolean timestamps;

  @Option(
      names = "--details",
      description =
          "Docker's form for attributes of the log, which has none: a space begins each line.")
  boolean details;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "Its name, id or beginning.")
  String container;

  @Spec CommandSpec spec;

  @Override
  public Ending run(PeopleContext context) {
    ShowLog.Options options = options(context);
    Invocation invocation = context.invocation();
    ContainerId id = FindContainer.run(invocation, container).id();
    Caller caller = context.caller();
    Optional<ShowLog.Following> following =
        follow ? Optional.of(new Watch(invocation, id, caller)) : Optional.empty();
    if (follow) {
      caller.flush();
    }
    boolean any =
        ShowLog.run(
            invocation.store().directory(id),
            options,
            CallerOutput.of(caller),
            CallerOutput.errorOf(caller),
            following);
    if (!any) {
      throw new LifecycleException(
          container + " has no log: only containers that run with -d have one");
    }
    return Ending.SUCCESS;
  }

  private ShowLog.Options options(PeopleContext context) {
    Instant now = Instant.now();
    ZoneId zone = zone(context);
    return new ShowLog.Options(
        since.map(text -> time("--since", text, now, zone)),
        until.map(text -> time("--until", text, now, zone)),
        lines(),
        timestamps,
        details);
  }

  private Instant time(String option, String text, Instant now, ZoneId zone) {
    return LogTime.parse(text, now, zone)
        .orElseThrow(() ->
            new ParameterException(
                spec.commandLine(),
                "%s: \"%s\" is no time, such as 10m (that long ago), 2026-11-23,"
                        .formatted(option, text)
                    + " 2026-11-23T04:05:06Z or 1795400000 (seconds since 1970)"));
  }

  /** As Docker has it: what is no number, or below 0, is all. */
  private OptionalLong lines() {
    return tail.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(tail))
        : OptionalLong.empty();
  }

  private static ZoneId zone(PeopleContext context) {
    try {
      return context
          .caller()
          .request()
          .environment()
          .get("TZ")
          .filter(name -> !name.isEmpty())
          .map(ZoneId::of)
          .orElseGet(ZoneId::systemDefault);
    } catch (DateTimeException e) {
      return ZoneId.systemDefault();
    }
  }

  /** Follows a container to its end. */
  private record Watch(Invocation invocation, ContainerId id, Caller caller)
      implements ShowLog.Following {
    @Override
    public boolean hasEnded() {
      // A monitor records the end when it has written everything.
      return invocation
          .observer()
          .look(id)
          .filter(
              c -> c.status() != Status.STOPPED || (c.exit().isEmpty() && c.waiter().isPresent()))
          .isEmpty();
    }

    @Override
    public void pause() {
      CallerPresence.require(caller);
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LifecycleException("the planner ends");
      }
    }
  }
}
