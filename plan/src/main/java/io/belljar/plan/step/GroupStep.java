package io.belljar.plan.step;

import io.belljar.plan.Bytes;
import io.belljar.plan.Operation;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import java.util.List;

/** Steps on control groups, cgroups(7). */
public sealed interface GroupStep extends Step {
  /**
   * Puts a process into a control group.
   *
   * @param path the group's {@code cgroup.procs}
   */
  record Place(String path, Role process) implements GroupStep {
    @Override
    public Operation operation() {
      return Operation.PLACE;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path, process);
    }
  }

  /**
   * Puts the process that carries it out into a control group of version 1. A thread that moves
   * itself is moved at once; for every other move the kernel first waits until no process of the
   * machine is forking or ending (an RCU grace period, milliseconds on an idle machine).
   *
   * @param tasks the group's {@code tasks}
   * @param held that file, opened for writing; {@link Slot#NONE} where the path leads to it
   */
  record Enter(String tasks, Slot held) implements GroupStep {
    @Override
    public Operation operation() {
      return Operation.ENTER_GROUP;
    }

    @Override
    public List<Object> arguments() {
      return List.of(tasks, held);
    }
  }

  /** Kills every process in a control group and in the groups in it, until none is left. */
  record Kill(String path) implements GroupStep {
    @Override
    public Operation operation() {
      return Operation.KILL_GROUP;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path);
    }
  }

  /**
   * Removes a control group and the groups in it; tries again for a while as long as they are busy.
   * A missing one is fine.
   */
  record Remove(String path) implements GroupStep {
    @Override
    public Operation operation() {
      return Operation.REMOVE_GROUP;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path);
    }
  }

  /**
   * Attaches a device filter to a control group of version 2.
   *
   * @param path the group's directory
   * @param program instructions of eight bytes (struct bpf_insn)
   */
  record FilterDevices(String path, Bytes program) implements GroupStep {
    /** With a copy of the array. */
    public FilterDevices(String path, byte[] program) {
      this(path, Bytes.of(program));
    }

    @Override
    public Operation operation() {
      return Operation.FILTER_DEVICES;
    }

    @Override
    public List<Object> arguments() {
      return List.of(path, program);
    }
  }
}
