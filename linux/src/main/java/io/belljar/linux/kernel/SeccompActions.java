package io.belljar.linux.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.belljar.linux.Machine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answers that this kernel lets a filter give: SECCOMP_GET_ACTION_AVAIL of seccomp(2). */
public final class SeccompActions {
  private static final long SECCOMP = Machine.current() == Machine.X86_64 ? 317 : 277;
  private static final long GET_ACTION_AVAIL = 2;

  private SeccompActions() {}

  /** Their names, as /proc/sys/kernel/seccomp/actions_avail has them. Empty without seccomp. */
  public static List<String> available() {
    Map<String, Integer> known = new LinkedHashMap<>();
    known.put("kill_process", 0x80000000);
    known.put("kill_thread", 0);
    known.put("trap", 0x00030000);
    known.put("errno", 0x00050000);
    known.put("user_notif", 0x7fc00000);
    known.put("trace", 0x7ff00000);
    known.put("log", 0x7ffc0000);
    known.put("allow", 0x7fff0000);
    List<String> available = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(JAVA_INT);
      known.forEach((name, value) -> {
        action.set(JAVA_INT, 0, value);
        if (KernelCall.make(SECCOMP, GET_ACTION_AVAIL, 0, action.address(), 0, 0) == 0) {
          available.add(name);
        }
      });
    }
    return List.copyOf(available);
  }
}
