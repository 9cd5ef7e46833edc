package io.belljar.runtime.cgroup;

import io.belljar.spec.resources.Network;
import java.util.ArrayList;
import java.util.List;

/** {@code linux.resources.network}: two controllers that only cgroup v1 has. */
final class NetworkLimits {
  private static final String PATH = "linux.resources.network";

  private NetworkLimits() {}

  /** The class of packets (cgroup-v1/net_cls.rst). */
  record PacketClass(Network network) implements ControllerLimits {
    @Override
    public Controller controller() {
      return Controller.NETWORK_CLASS;
    }

    @Override
    public String path() {
      return PATH + ".classID";
    }

    @Override
    public boolean isEmpty() {
      return !ControllerLimits.isSet(network.classId());
    }

    @Override
    public List<GroupWrite> v1(Hierarchy hierarchy) {
      return List.of(
          GroupWrite.of("net_cls.classid", network.classId().orElse(0), path()).hiddenAtTop());
    }

    @Override
    public List<GroupWrite> v2(Hierarchy hierarchy) {
      throw ControllerLimits.onlyV1(path());
    }
  }

  /** The priority of packets by interface (cgroup-v1/net_prio.rst). */
  record PacketPriority(Network network) implements ControllerLimits {
    @Override
    public Controller controller() {
      return Controller.NETWORK_PRIORITY;
    }

    @Override
    public String path() {
      return PATH + ".priorities";
    }

    @Override
    public boolean isEmpty() {
      return network.priorities().isEmpty();
    }

    @Override
    public List<GroupWrite> v1(Hierarchy hierarchy) {
      List<GroupWrite> writes = new ArrayList<>();
      for (int i = 0; i < network.priorities().size(); i++) {
        Network.InterfacePriority priority = network.priorities().get(i);
        writes.add(
            GroupWrite.of(
                    "net_prio.ifpriomap",
                    priority.name() + " " + priority.priority(),
                    path() + "[" + i + "]")
                .hiddenAtTop());
      }
      return writes;
    }

    @Override
    public List<GroupWrite> v2(Hierarchy hierarchy) {
      throw ControllerLimits.onlyV1(path());
    }
  }
}
