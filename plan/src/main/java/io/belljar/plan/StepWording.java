package io.belljar.plan;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.ResourceLimit;
import io.belljar.linux.Signal;
import io.belljar.linux.mount.MountAttributes;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.GroupStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.MountStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import java.util.ArrayList;
import java.util.List;

/** What a step does, in the words of an error message: {@code mount proc (proc) on /proc}. */
final class StepWording {
  private static final int MOST_SHOWN = 60;

  private final Plan plan;
  private final int index;

  private StepWording(Plan plan, int index) {
    this.plan = plan;
    this.index = index;
  }

  /** What was tried by the step of this index, on what, and in which process. */
  static String of(Plan plan, int index) {
    StepWording wording = new StepWording(plan, index);
    PlannedStep planned = plan.steps().get(index);
    String words =
        switch (planned.step()) {
          case FileStep step -> wording.file(step);
          case MountStep step -> wording.mount(step);
          case NamespaceStep step -> wording.namespace(step);
          case ProcessStep step -> wording.process(step);
          case GroupStep step -> wording.group(step);
          case IdentityStep step -> wording.identity(step);
        };
    return words.contains(" in the container") ? words : words + where(planned.role());
  }

  private static String where(Role role) {
    return switch (role) {
      case LAUNCHER -> "";
      case JOINER -> " in the process that joins namespaces";
      case INIT, COMMAND -> " in the container";
      case UNDO -> " while undoing";
      case END -> " after the container's end";
    };
  }

  private String file(FileStep step) {
    return switch (step) {
      case FileStep.Open s -> "open " + s.path();
      case FileStep.OpenIn s -> "open " + inside(s.path());
      case FileStep.CreateIn s ->
          s.kind() == FileStep.CreateIn.DIRECTORY
              ? "open or make the directory " + inside(s.path())
              : "open or make the file " + inside(s.path());
      case FileStep.Close s -> "close " + of(s.slot());
      case FileStep.Connect s -> "connect to " + s.path();
      case FileStep.Send s ->
          "send "
              + of(s.descriptor())
              + " to "
              + (s.socket().equals(Slot.NONE) ? "the launcher" : of(s.socket()));
      case FileStep.Stdio s ->
          "make "
              + of(s.slot())
              + " standard "
              + List.of("input", "output", "error").get(s.number());
      case FileStep.MakePipe s -> "make a pipe";
      case FileStep.StdioOwner s -> "give the standard streams to user " + s.uid() + ":" + s.gid();
      case FileStep.Write s -> "write " + shown(s.data()) + " to " + s.path();
      case FileStep.WriteProc s -> "write " + shown(s.data()) + " to " + below(s.proc(), s.path());
      case FileStep.WriteMap s ->
          "write " + shown(s.data()) + " to the " + s.name() + " of " + of(s.process());
      case FileStep.MakeDirectory s -> "make the directory " + s.path();
      case FileStep.MakeFifo s -> "make the fifo " + s.path();
      case FileStep.RemoveFile s -> "remove " + s.path();
      case FileStep.RemoveDirectory s -> "remove the directory " + s.path();
      case FileStep.RemoveTree s -> "remove " + s.path() + " with all that is in it";
      case FileStep.RecordPid s -> "record the id of " + of(s.process()) + " in " + s.path();
      case FileStep.RecordStatus s -> "record the status of " + of(s.process()) + " in " + s.path();
    };
  }

  private String mount(MountStep step) {
    return switch (step) {
      case MountStep.Mount s ->
          "mount %s (%s) on %s"
              .formatted(s.source().isEmpty() ? s.type() : s.source(), s.type(), of(s.target()));
      case MountStep.Bind s ->
          "bind "
              + (s.recursive() != 0 ? "recursively " : "")
              + of(s.source())
              + " on "
              + of(s.target());
      case MountStep.SetAttributes s -> "change the mount " + of(s.mount()) + attributes(s);
      case MountStep.PivotRoot s -> "make " + of(s.root()) + " the root";
      case MountStep.MoveRoot s -> "move " + of(s.root()) + " over the root";
      case MountStep.ChangeRoot s -> "change the root to " + of(s.root());
      case MountStep.Mask s -> "mask " + inside(s.path());
      case MountStep.Protect s -> "make " + inside(s.path()) + " read-only";
      case MountStep.MakeNode s -> "make the device " + inside(s.path());
      case MountStep.MakeLink s -> "make the link " + inside(s.path());
    };
  }

  private static String attributes(MountStep.SetAttributes step) {
    String set = step.set() == 0 ? "" : " to " + MountAttributes.TABLE.format(step.set());
    String clear =
        step.clear() == 0 ? "" : " without " + MountAttributes.TABLE.format(step.clear());
    return set + clear + (step.propagation() == 0 ? "" : " to another propagation");
  }

  private String namespace(NamespaceStep step) {
    return switch (step) {
      case NamespaceStep.Fork s -> "start " + of(s.process()) + kinds(s.flags());
      case NamespaceStep.Join s -> "join the" + plainKinds(s.kinds()) + " of " + of(s.descriptor());
      case NamespaceStep.OpenOwner s -> "open the parent of " + of(s.namespace());
      case NamespaceStep.OpenOfSocket s ->
          "open the network namespace of descriptor %d of %s"
              .formatted(s.descriptor(), of(s.pidfd()));
      case NamespaceStep.Unshare s -> "make a" + plainKinds(s.flags()).replaceFirst("^ ", " new ");
      case NamespaceStep.JoinTime s -> "enter the new time namespace";
    };
  }

  private static String kinds(long flags) {
    String kinds = plainKinds(flags);
    return kinds.startsWith(" namespace") ? "" : " in a new" + kinds;
  }

  private static String plainKinds(long flags) {
    List<String> kinds = new ArrayList<>();
    for (NamespaceKind kind : NamespaceKind.values()) {
      if ((flags & kind.cloneFlag()) != 0) {
        kinds.add(kind.ociName());
      }
    }
    return (kinds.isEmpty() ? "" : " " + String.join(", ", kinds))
        + (kinds.size() > 1 ? " namespaces" : " namespace");
  }

  private String process(ProcessStep step) {
    return switch (step) {
      case ProcessStep.OpenProcess s -> "find the process " + s.pid();
      case ProcessStep.SignalProcess s ->
          "send " + new Signal(s.signal()).name() + " to " + of(s.pidfd());
      case ProcessStep.AwaitExit s -> "wait for the end of " + of(s.pidfd());
      case ProcessStep.Notify s -> "tell " + of(s.process()) + " to go on";
      case ProcessStep.Await s -> "wait for the word of " + of(s.process());
      case ProcessStep.Adopt s -> "take over " + of(s.child()) + " from " + of(s.joiner());
      case ProcessStep.Reap s -> "wait for the end of " + of(s.process());
      case ProcessStep.DieWithParent s -> "set the signal of a parent's death";
      case ProcessStep.Detach s -> "leave a monitor behind";
      case ProcessStep.Wait s -> "wait for " + of(s.process());
      case ProcessStep.Supervise s -> "watch over " + of(s.process());
      case ProcessStep.Run s -> "run " + (ofAContainer(s) ? "the hook " : "") + s.path();
      case ProcessStep.AwaitStart s -> "wait for the start";
      case ProcessStep.Start s -> "start the created container through " + s.fifo();
      case ProcessStep.Monitor s -> "keep the container's output in " + s.directory();
      case ProcessStep.Attach s -> "attach to the container of " + s.directory();
      case ProcessStep.Print s -> "write a message";
      case ProcessStep.Finish s -> "ask a planner for what comes after the end";
    };
  }

  private static boolean ofAContainer(ProcessStep.Run step) {
    return step.pidOf() != Role.LAUNCHER || step.before().length() > 0;
  }

  private String group(GroupStep step) {
    return switch (step) {
      case GroupStep.Place s -> "put " + of(s.process()) + " into the control group " + s.path();
      case GroupStep.Enter s -> "enter the control group of " + s.tasks();
      case GroupStep.Kill s -> "kill the processes of the control group " + s.path();
      case GroupStep.Remove s -> "remove the control group " + s.path();
      case GroupStep.FilterDevices s -> "filter the devices of the control group " + s.path();
    };
  }

  private String identity(IdentityStep step) {
    return switch (step) {
      case IdentityStep.SetHostname s -> "set the host name \"" + s.name() + "\"";
      case IdentityStep.SetDomainname s -> "set the domain name \"" + s.name() + "\"";
      case IdentityStep.LoopbackUp s -> "bring the loopback device up";
      case IdentityStep.Limit s -> limit(s);
      case IdentityStep.SetUmask s -> "set the umask";
      case IdentityStep.NewSession s -> "make a new session";
      case IdentityStep.OpenTerminal s -> "make a terminal of /dev/pts/ptmx";
      case IdentityStep.ControlTerminal s -> "take the terminal over";
      case IdentityStep.NewKeyring s -> "make the session keyring \"" + s.name() + "\"";
      case IdentityStep.SetPersonality s -> "set the personality";
      case IdentityStep.BoundCapabilities s -> "drop capabilities from the bounding set";
      case IdentityStep.Become s -> "become user " + id(s.uid()) + ":" + id(s.gid());
      case IdentityStep.SetCapabilities s -> "set the capabilities";
      case IdentityStep.RaiseAmbient s -> "raise ambient capabilities";
      case IdentityStep.NoNewPrivileges s -> "give up new privileges";
      case IdentityStep.FilterCalls s ->
          "attach the seccomp filter of %d instructions".formatted(s.program().length() / 8);
      case IdentityStep.ChangeDirectory s -> "change the working directory to " + s.path();
      case IdentityStep.FindProgram s -> "find the program";
      case IdentityStep.Execute s -> "execute the program";
      case IdentityStep.EnterDirectory s -> "change the working directory to " + of(s.directory());
    };
  }

  private static String id(long id) {
    return id == IdentityStep.Become.UNCHANGED ? "" : Long.toString(id);
  }

  private static String limit(IdentityStep.Limit step) {
    String name =
        ResourceLimit.of(step.resource()).map(Enum::name).orElse("limit " + step.resource());
    return "set %s to %s:%s"
        .formatted(name, ResourceLimit.format(step.soft()), ResourceLimit.format(step.hard()));
  }

  private static String inside(String path) {
    return (path.startsWith("/") ? path : "/" + path) + " in the container";
  }

  private String below(Slot directory, String path) {
    String parent = of(directory);
    return parent.startsWith("/") && !parent.contains(" ") ? parent + "/" + path : path;
  }

  private static String of(Role role) {
    return switch (role) {
      case LAUNCHER, UNDO, END -> "the launcher";
      case JOINER -> "the process that joins namespaces";
      case INIT -> "the container's first process";
      case COMMAND -> "the container's command";
    };
  }

  private static String shown(Bytes data) {
    String text = data.text().strip();
    boolean readable =
        text.length() <= MOST_SHOWN && text.chars().allMatch(unit -> unit >= ' ' && unit < 0x7F);
    return readable ? "\"" + text + "\"" : data.length() + " bytes";
  }

  private String of(Slot slot) {
    return SlotContents.describe(plan, index, slot);
  }
}
