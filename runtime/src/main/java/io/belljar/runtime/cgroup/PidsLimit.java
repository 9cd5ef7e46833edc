package io.belljar.runtime.cgroup;

import static io.belljar.runtime.cgroup.ControllerLimits.isSet;
import static io.belljar.runtime.cgroup.ControllerLimits.orMax;

import io.belljar.spec.resources.Pids;
import java.util.List;

/** {@code linux.resources.pids} (cgroup-v1/pids.rst; cgroup-v2.rst, "PID Interface Files"). */
record PidsLimit(Pids pids) implements ControllerLimits {
  private static final String PATH = "linux.resources.pids";

  @Override
  public Controller controller() {
    return Controller.PIDS;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public boolean isEmpty() {
    return !isSet(pids.limit());
  }

  @Override
  public List<GroupWrite> v1(Hierarchy hierarchy) {
    String limit = orMax(pids.limit().orElse(-1));
    return List.of(GroupWrite.of("pids.max", limit, PATH + ".limit").hiddenAtTop());
  }

  @Override
  public List<GroupWrite> v2(Hierarchy hierarchy) {
    return v1(hierarchy);
  }
}
