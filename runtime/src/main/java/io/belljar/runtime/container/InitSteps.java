package io.belljar.runtime.container;

import static io.belljar.linux.Errno.ENOSYS;
import static io.belljar.linux.OpenFlags.O_DIRECTORY;
import static io.belljar.linux.OpenFlags.O_PATH;
import static io.belljar.linux.OpenFlags.O_RDWR;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.Signal;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.FileStep.CreateIn;
import io.belljar.plan.step.FileStep.Open;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.Descriptors;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.mount.MountSteps;
import io.belljar.runtime.mount.RootSteps;
import io.belljar.runtime.namespace.NamespaceSteps;
import io.belljar.runtime.namespace.Namespaces;
import io.belljar.runtime.process.IdentitySteps;
import io.belljar.runtime.process.TerminalSteps;
import io.belljar.spec.config.Config;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.linux.SysctlKey;
import io.belljar.spec.process.Process;
import java.util.Map;
import java.util.Optional;

/** What the container's first process does, until it becomes the command. */
final class InitSteps {
  private final Plan.Builder plan;
  private final ContainerParts parts;
  private final ContainerRequest request;
  private final Config config;
  private final Linux linux;
  private final Process process;
  private final Namespaces namespaces;
  private final MountSteps mounts;
  private final RootSteps root;
  private final TerminalSteps terminal;
  private final IdentitySteps identity;
  private final ContainerHooks hooks;
  private boolean inGroups;

  InitSteps(Plan.Builder plan, ContainerParts parts) {
    this.plan = plan;
    this.parts = parts;
    this.request = parts.request;
    this.config = parts.config;
    this.linux = parts.linux;
    this.process = parts.process;
    this.namespaces = parts.namespaces;
    this.mounts = parts.mounts;
    this.root = parts.root;
    this.terminal = parts.terminal;
    this.identity = parts.identity;
    this.hooks = parts.hooks;
  }

  /** Leaves the caller's session, and opens what is only reachable from outside. */
  void begin() {
    plan.role(Role.INIT);
    if (namespaces.has(NamespaceKind.USER)) {
      // As the caller's user still: that of the namespace may not write the groups' files.
      enterGroups();
    }
    plan.add(new IdentityStep.NewSession(), "default: a session apart from the caller's");
    if (request.newKeyring()) {
      plan.addTolerating(
          ENOSYS.number(),
          new IdentityStep.NewKeyring("_ses." + request.id()),
          "default: no keys of the caller's (--no-new-keyring)");
    }
    if (needsProc()) {
      plan.add(
          new Open(Descriptors.proc(plan), "/proc", O_PATH | O_DIRECTORY, 0),
          "default: what is written to procfs goes to the host's, never to the image's");
    }
    if (request.mode() == StartMode.CREATE) {
      plan.add(
          new Open(Descriptors.startFifo(plan), request.startFifo().toString(), O_RDWR, 0),
          "default: create waits there for start");
    }
    request
        .output()
        .filter(_ -> !process.terminal())
        .ifPresent(output -> StandardFiles.use(plan, output));
    NamespaceSteps.makeShiftedTime(plan, namespaces, linux.timeOffsets());
  }

  private boolean needsProc() {
    return identity.needsProc() || namespaces.offsets() || !linux.sysctl().isEmpty();
  }

  // As late as can be: the launcher makes groups in many hierarchies at the same time as the mounts
  // are made.
  private void enterGroups() {
    if (inGroups) {
      return;
    }
    inGroups = true;
    plan.add(
        new ProcessStep.Await(Role.LAUNCHER), "default: until its groups and users are in place");
    if (parts.entersGroups()) {
      parts.groups.enter(plan);
    }
  }

  /** Makes the root, its mounts and its devices; the host's root is still the process's. */
  void buildRoot() {
    root.openNullDevice(plan);
    root.open(plan);
    if (namespaces.has(NamespaceKind.USER)) {
      mounts.openSources(plan);
      plan.add(
          new IdentityStep.Become(0, 0, Bytes.EMPTY),
          "default: files that are made belong to the container's root");
    }
    mounts.make(plan, this::makeCgroupNamespace);
    parts.devices.make(plan);
    if (!mounts.haveCgroup()) {
      makeCgroupNamespace();
    }
    if (hooks.hasOutside()) {
      plan.add(new ProcessStep.Notify(Role.LAUNCHER), hooks.whyOutside() + " may run");
      plan.add(new ProcessStep.Await(Role.LAUNCHER), hooks.whyOutside() + " are done");
    }
  }

  /** The groups that the process is in become the roots that the namespace shows. */
  private void makeCgroupNamespace() {
    enterGroups();
    NamespaceSteps.makeCgroupNamespace(plan, namespaces);
  }

  /** Makes the terminal, and hands its master over. */
  void openTerminal() {
    terminal.open(plan);
    if (namespaces.creates(NamespaceKind.MOUNT)) {
      terminal.bindConsole(plan);
    }
    terminal.send(plan);
    if (request.supervised()) {
      terminal.useOnly(plan);
    } else {
      terminal.control(plan);
    }
  }

  /** Enters the root for good. */
  void enterRoot() {
    hooks.addCreateContainer(plan);
    plan.add(
        new CreateIn(
            Descriptors.target(plan),
            Descriptors.root(plan),
            process.cwd(),
            CreateIn.DIRECTORY,
            0755,
            0),
        "config: process.cwd, made where it is missing");
    root.mask(plan);
    root.enter(plan);
  }

  /** Sets what belongs to the new namespaces, and takes away what may not be changed. */
  void configureKernel() {
    config
        .hostname()
        .ifPresent(name -> plan.add(new IdentityStep.SetHostname(name), "config: hostname"));
    config
        .domainname()
        .ifPresent(name -> plan.add(new IdentityStep.SetDomainname(name), "config: domainname"));
    NamespaceSteps.bringLoopbackUp(plan, namespaces);
    for (Map.Entry<String, String> parameter : linux.sysctl().entrySet()) {
      String path =
          SysctlKey.parse(parameter.getKey())
              .orElseThrow(() ->
                  InvalidRequestException.ofConfig(
                      "linux.sysctl", "\"" + parameter.getKey() + "\" is not a parameter"))
              .path();
      plan.add(
          new FileStep.WriteProc(
              Descriptors.proc(plan), "sys/" + path, Bytes.of(parameter.getValue())),
          "config: linux.sysctl[\"" + parameter.getKey() + "\"]");
    }
    mounts.finish(plan);
    root.protect(plan);
  }

  /** Gives up every privilege, and becomes the command. */
  void becomeCommand() {
    identity.prepare(plan);
    if (request.supervised()) {
      supervise();
      return;
    }
    identity.drop(plan);
    identity.find(plan);
    plan.add(
        new ProcessStep.DieWithParent(request.dieWithLauncher() ? Signal.KILL.number() : 0),
        request.dieWithLauncher()
            ? "default: the container ends with the launcher"
            : "default: from here on it lives by itself");
    plan.add(new ProcessStep.Notify(Role.LAUNCHER), "default: all is in place");
    startCommand();
  }

  private void startCommand() {
    if (request.mode() == StartMode.CREATE) {
      plan.add(new ProcessStep.AwaitStart(Descriptors.startFifo(plan)), "default: until start");
    }
    hooks.addStartContainer(plan);
    identity.execute(plan, request.preserveFds());
  }

  /**
   * The container's first process stays as one that reaps and forwards; its child is the command.
   */
  private void supervise() {
    String why = "option --init";
    plan.add(
        new ProcessStep.DieWithParent(request.dieWithLauncher() ? Signal.KILL.number() : 0), why);
    plan.add(new ProcessStep.Notify(Role.LAUNCHER), why + ": the root is in place");
    plan.add(new NamespaceStep.Fork(Role.COMMAND, 0, Slot.NONE), why);
    // Only the command is filtered: its profile need not allow what an init does.
    identityOfInit().drop(plan);
    plan.add(new ProcessStep.Supervise(Role.COMMAND), why);

    plan.role(Role.COMMAND);
    plan.add(new ProcessStep.Await(Role.LAUNCHER), why);
    plan.add(new IdentityStep.NewSession(), why + ": signals of the terminal are the command's");
    terminal.control(plan);
    identity.drop(plan);
    identity.find(plan);
    plan.add(new ProcessStep.Notify(Role.LAUNCHER), "default: all is in place");
    startCommand();
  }

  private IdentitySteps identityOfInit() {
    return new IdentitySteps(
        process.toBuilder().cwd("/").build(),
        "config: process",
        parts.facts,
        Optional.empty(),
        Optional.empty());
  }
}
