package io.belljar.linux.seccomp;

import java.util.Locale;

/**
 * An architecture as libseccomp knows it.
 *
 * @param token libseccomp's number: AUDIT_ARCH_* of {@code linux/audit.h}, but one of its own for
 *     x32
 */
record Architecture(int token) {
  static final int AUDIT_ARCH_X86_64 = 0xc000003e;
  static final int AUDIT_ARCH_S390 = 0x00000016;
  static final int AUDIT_ARCH_S390X = 0x80000016;
  private static final int SCMP_ARCH_X32 = 0x4000003e;
  private static final String PREFIX = "SCMP_ARCH_";

  /**
   * The architecture that an OCI document calls {@code name} ({@code SCMP_ARCH_AARCH64}).
   *
   * @throws SeccompException when this libseccomp does not know it
   */
  static Architecture of(String name, Libseccomp library) {
    if (name.equals("SCMP_ARCH_NATIVE")) {
      return library.nativeArchitecture();
    }
    if (!name.startsWith(PREFIX)) {
      throw new SeccompException(
          "architecture \"" + name + "\" in the seccomp profile: must start with SCMP_ARCH_");
    }
    // libseccomp's own names are the same words in lower case: x86_64, aarch64, mips64n32.
    String libraryName = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    return library
        .resolveArchitecture(libraryName)
        .orElseThrow(() ->
            new SeccompException(
                "architecture \""
                    + name
                    + "\" in the seccomp profile: unknown to libseccomp "
                    + library.version()));
  }

  boolean isX32() {
    return token == SCMP_ARCH_X32;
  }

  /** What the kernel hands to the filter in {@code struct seccomp_data.arch}. */
  int auditToken() {
    return isX32() ? AUDIT_ARCH_X86_64 : token;
  }
}
