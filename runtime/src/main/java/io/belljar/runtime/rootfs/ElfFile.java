package io.belljar.runtime.rootfs;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * What the dynamic loader wants to know of an ELF file (elf(5), ld.so(8)).
 *
 * @param wide 64 bit, else 32 bit
 * @param machine {@code e_machine}
 * @param interpreter {@code PT_INTERP}: the loader that the kernel starts instead of the program
 * @param needed {@code DT_NEEDED}, in order
 * @param soname {@code DT_SONAME}
 * @param rpath {@code DT_RPATH}
 * @param runpath {@code DT_RUNPATH}; where it is, the loader ignores {@code DT_RPATH}
 */
record ElfFile(
    boolean wide,
    ByteOrder order,
    int machine,
    Optional<String> interpreter,
    List<String> needed,
    Optional<String> soname,
    Optional<String> rpath,
    Optional<String> runpath) {

  /** Whether a process of the other's kind can load this file; the loader skips what it cannot. */
  boolean loadsWith(ElfFile other) {
    return wide == other.wide && machine == other.machine && order.equals(other.order);
  }

  /** The directory that Debian and its kin put libraries of this machine into, below /lib. */
  String multiarch() {
    return switch (machine) {
      case 3 -> "i386-linux-gnu";
      case 21 ->
          ByteOrder.LITTLE_ENDIAN.equals(order) ? "powerpc64le-linux-gnu" : "powerpc64-linux-gnu";
      case 22 -> "s390x-linux-gnu";
      case 40 -> "arm-linux-gnueabihf";
      case 62 -> wide ? "x86_64-linux-gnu" : "x86_64-linux-gnux32";
      case 183 -> "aarch64-linux-gnu";
      case 243 -> "riscv64-linux-gnu";
      default -> "unknown-linux-gnu";
    };
  }

  /** What {@code $PLATFORM} stands for: the kernel's AT_PLATFORM. */
  String platform() {
    String name = multiarch();
    return name.substring(0, name.indexOf('-'));
  }
}
