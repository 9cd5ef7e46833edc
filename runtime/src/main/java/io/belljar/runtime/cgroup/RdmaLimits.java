package io.belljar.runtime.cgroup;

import io.belljar.spec.resources.Rdma;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code linux.resources.rdma} (cgroup-v1/rdma.rst; the same file in v2). */
record RdmaLimits(Map<String, Rdma> rdma) implements ControllerLimits {
  private static final String PATH = "linux.resources.rdma";

  @Override
  public Controller controller() {
    return Controller.RDMA;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public boolean isEmpty() {
    return rdma.isEmpty();
  }

  @Override
  public List<GroupWrite> v1(Hierarchy hierarchy) {
    List<GroupWrite> writes = new ArrayList<>();
    rdma.forEach((device, limit) -> {
      StringBuilder value = new StringBuilder(device);
      limit.hcaHandles().ifPresent(count -> value.append(" hca_handle=").append(count));
      limit.hcaObjects().ifPresent(count -> value.append(" hca_object=").append(count));
      writes.add(
          GroupWrite.of("rdma.max", value.toString(), PATH + "[\"" + device + "\"]").hiddenAtTop());
    });
    return writes;
  }

  @Override
  public List<GroupWrite> v2(Hierarchy hierarchy) {
    return v1(hierarchy);
  }
}
