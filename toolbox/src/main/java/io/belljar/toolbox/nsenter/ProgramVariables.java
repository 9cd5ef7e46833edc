package io.belljar.toolbox.nsenter;

import java.util.Set;

/**
 * The variables that decide which program is executed and what it loads: those that ld.so(8) and
 * the C library leave out of a setuid program's environment, the search path and the shell.
 */
final class ProgramVariables {
  private static final Set<String> NAMES =
      Set.of(
          "GCONV_PATH",
          "GETCONF_DIR",
          "GLIBC_TUNABLES",
          "HOSTALIASES",
          "LOCALDOMAIN",
          "LOCPATH",
          "MALLOC_TRACE",
          "NIS_PATH",
          "NLSPATH",
          "PATH",
          "RESOLV_HOST_CONF",
          "RES_OPTIONS",
          "SHELL",
          "TMPDIR",
          "TZDIR",
          "BASH_ENV",
          "ENV",
          "IFS");

  private ProgramVariables() {}

  /** Whether this {@code NAME=VALUE} is one of them. */
  static boolean decide(String entry) {
    String name = entry.split("=", 2)[0];
    return name.startsWith("LD_") || name.startsWith("BASH_FUNC_") || NAMES.contains(name);
  }
}
