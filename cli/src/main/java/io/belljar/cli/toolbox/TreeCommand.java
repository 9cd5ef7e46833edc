package io.belljar.cli.toolbox;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.people.PeopleVerb;
import io.belljar.linux.proc.ProcFs;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.ContainerNames;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.LifecycleException;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.StateException;
import io.belljar.toolbox.tree.ContainerRef;
import io.belljar.toolbox.tree.ProcessTree;
import io.belljar.toolbox.tree.TreeJson;
import io.belljar.toolbox.tree.TreePage;
import io.belljar.toolbox.tree.TreeText;
import io.belljar.toolbox.user.UserNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar tree}. */
@Command(
    name = "tree",
    description = "Show the processes and the borders of namespaces between them.",
    customSynopsis = "belljar tree [OPTIONS] [PID|CONTAINER]")
public final class TreeCommand extends PeopleVerb {
  @Option(names = "--ascii", description = "Draw with ASCII only.")
  boolean ascii;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Option(names = "--html", paramLabel = "FILE", description = "Draw a page into this file.")
  String html;

  @Option(names = "--threads", description = "Show the kernel's threads, too.")
  boolean threads;

  @Parameters(
      arity = "0..1",
      paramLabel = "PID|CONTAINER",
      description = "Only this process, or this container, and what is below.")
  String target;

  @Override
  public Ending run(PeopleContext context) {
    var caller = context.caller();
    Map<Integer, ContainerRef> containers = containers(context.invocation());
    ProcessTree whole = ProcessTree.read(UserNames.ofHost(), caller.request().pid(), containers);
    ProcessTree tree = target == null ? whole : chosen(context.invocation(), whole);
    if (json) {
      caller.print(TreeJson.of(tree));
      return Ending.SUCCESS;
    }
    ProcessTree shown = threads ? tree : tree.withoutThreads();
    if (html != null) {
      write(context, TreePage.of(shown, "Processes of " + host()));
      return Ending.SUCCESS;
    }
    CallerDisplay display = CallerDisplay.of(caller.request());
    caller.print(TreeText.of(shown, display.unicode() && !ascii, display.columns()));
    return Ending.SUCCESS;
  }

  @Override
  protected int failureCode() {
    return 1;
  }

  @Override
  protected boolean mixesOptions() {
    return true;
  }

  private String host() {
    return (target == null ? "" : target + " on ")
        + ProcFs.host().sysctl("kernel.hostname").orElse("this machine");
  }

  /** A new file gets the mode that the caller's umask leaves: the planner's may be another. */
  private void write(PeopleContext context, String page) {
    Path file = context.directory().resolve(html);
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new LifecycleException("--html: there is no directory " + directory);
    }
    try {
      boolean made = !Files.exists(file);
      Files.writeString(file, page);
      if (made) {
        Files.setAttribute(file, "unix:mode", 0666 & ~context.caller().request().umask());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Belljar's own, by the pid of their first process; without those that cannot be read. */
  private static Map<Integer, ContainerRef> containers(Invocation invocation) {
    Map<Integer, ContainerRef> containers = new HashMap<>();
    for (ContainerId id : invocation.store().ids()) {
      look(invocation, id)
          .ifPresent(container ->
              container
                  .process()
                  .ifPresent(process ->
                      containers.put(
                          process.pid(), new ContainerRef("belljar", container.name()))));
    }
    return containers;
  }

  private static Optional<LiveContainer> look(Invocation invocation, ContainerId id) {
    try {
      return invocation.observer().look(id);
    } catch (StateException e) {
      return Optional.empty();
    }
  }

  /** A number is a process, if there is one of it; else the target is a container. */
  private ProcessTree chosen(Invocation invocation, ProcessTree whole) {
    ProcessTree process =
        whole.below(node -> Integer.toString(node.process().pid()).equals(target));
    if (!process.roots().isEmpty()) {
      return process;
    }
    if (target.matches("[0-9]+")) {
      throw new LifecycleException("No such process or container: " + target);
    }
    ContainerId id = ContainerNames.resolve(invocation, target);
    LiveContainer container =
        look(invocation, id)
            .filter(live -> live.process().isPresent())
            .orElseThrow(() -> new LifecycleException("container " + target + " is not running"));
    Optional<ContainerRef> wanted = Optional.of(new ContainerRef("belljar", container.name()));
    return whole.below(node -> node.container().equals(wanted));
  }
}
