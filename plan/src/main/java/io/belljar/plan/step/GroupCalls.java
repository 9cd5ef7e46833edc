package io.belljar.plan.step;

import static io.belljar.linux.OpenFlags.O_DIRECTORY;
import static io.belljar.linux.OpenFlags.O_NOFOLLOW;
import static io.belljar.linux.OpenFlags.O_RDONLY;
import static io.belljar.linux.OpenFlags.O_WRONLY;
import static io.belljar.plan.step.Strace.ANY;
import static io.belljar.plan.step.Strace.CWD;
import static io.belljar.plan.step.Strace.NULL;
import static io.belljar.plan.step.Strace.quote;

import io.belljar.plan.Slot;

/** What the steps on control groups are to the kernel. */
final class GroupCalls {
  private GroupCalls() {}

  static Calls of(GroupStep step) {
    return switch (step) {
      case GroupStep.Place s ->
          FileCalls.open(s.path(), O_WRONLY, 0)
              .as("<file>")
              .call("write", "<file>", "\"" + Strace.pid(s.process()) + "\"", ANY);
      case GroupStep.Enter s when s.held().equals(Slot.NONE) ->
          FileCalls.open(s.tasks(), O_WRONLY, 0).as("<file>").call("write", "<file>", "\"0\"", 1);
      case GroupStep.Enter s -> Calls.of("write", Strace.slot(s.held()), "\"0\"", 1);
      case GroupStep.Kill s -> kill(s);
      case GroupStep.Remove s -> remove(s);
      case GroupStep.FilterDevices s -> filter(s);
    };
  }

  private static Calls kill(GroupStep.Kill step) {
    String version1 = "without cgroup.kill: until a round finds no member";
    return walk(
            FileCalls.open(step.path() + "/cgroup.kill", O_WRONLY, 0)
                .as("<file>")
                .also("openat2", ANY, ANY, Strace.openHow(O_RDONLY, 0, 0), 24)
                .as("<procs>")
                .any(version1)
                .also("read", "<procs>", ANY, ANY)
                .any(version1)
                .also("kill", "<member>", "SIGKILL")
                .any(version1)
                .also("ppoll", ANY, 1, ANY, NULL, 8)
                .any(version1),
            version1)
        .call("write", "<file>", "\"1\"", 1)
        .maybe("with cgroup.kill");
  }

  private static Calls remove(GroupStep.Remove step) {
    String busy = "while it is busy";
    return walk(
            Calls.of("unlinkat", CWD, quote(step.path()), "AT_REMOVEDIR"),
            busy + ": for it and each group in it")
        .also("unlinkat", ANY, ANY, "AT_REMOVEDIR")
        .any(busy + ": each group, deepest first")
        .also("ppoll", ANY, 1, ANY, NULL, 8)
        .any(busy);
  }

  private static Calls walk(Calls calls, String condition) {
    String how = Strace.openHow(O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, 0);
    return calls
        .also("openat2", ANY, ANY, how, 24)
        .as("<group>")
        .any(condition)
        .also("getdents64", "<group>", ANY, ANY)
        .any(condition);
  }

  private static Calls filter(GroupStep.FilterDevices step) {
    String load =
        ("{prog_type=BPF_PROG_TYPE_CGROUP_DEVICE, insn_cnt=%d, insns=%s, license=\"Apache-2.0\","
                + " %s}")
            .formatted(step.program().length() / 8, ANY, ANY);
    String attach =
        ("{target_fd=<group>, attach_bpf_fd=<program>, attach_type=BPF_CGROUP_DEVICE,"
                + " attach_flags=BPF_F_ALLOW_MULTI%s}")
            .formatted(ANY);
    return FileCalls.open(step.path(), O_RDONLY | O_DIRECTORY, 0)
        .as("<group>")
        .call("bpf", "BPF_PROG_LOAD", load, ANY)
        .as("<program>")
        .call("bpf", "BPF_PROG_ATTACH", attach, ANY);
  }
}
