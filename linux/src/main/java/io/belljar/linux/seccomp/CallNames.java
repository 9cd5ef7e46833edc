package io.belljar.linux.seccomp;

import io.belljar.linux.Machine;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** The system calls of this machine, as libseccomp knows them. */
public final class CallNames {
  /** What the kernel hands to filters for this machine's own programs: AUDIT_ARCH_*. */
  public static final int ARCHITECTURE =
      Machine.current() == Machine.X86_64 ? Architecture.AUDIT_ARCH_X86_64 : 0xc00000b7;

  /** No table has come near this number; x32's begin far above. */
  private static final int MOST = 1024;

  private CallNames() {}

  /**
   * The names by number.
   *
   * @throws LibraryMissingException when libseccomp.so.2 is not on this machine
   */
  public static SortedMap<Integer, String> all() {
    Libseccomp library = NativeLibseccomp.load();
    SortedMap<Integer, String> names = new TreeMap<>();
    for (int number = 0; number < MOST; number++) {
      int wanted = number;
      library.nameOf(wanted).ifPresent(name -> names.put(wanted, name));
    }
    return names;
  }

  /** The number of a name in such a map. */
  public static OptionalInt number(Map<Integer, String> names, String name) {
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .mapToInt(Map.Entry::getKey)
        .findFirst();
  }
}
