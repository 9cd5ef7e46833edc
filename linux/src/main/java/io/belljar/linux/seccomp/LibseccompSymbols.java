package io.belljar.linux.seccomp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The functions of libseccomp.so.2 ({@code seccomp.h}), as method handles. */
record LibseccompSymbols(
    MethodHandle version,
    MethodHandle apiGet,
    MethodHandle archNative,
    MethodHandle archResolveName,
    MethodHandle syscallResolveName,
    MethodHandle syscallResolveNameArch,
    MethodHandle syscallResolveNumArch,
    MethodHandle init,
    MethodHandle release,
    MethodHandle archAdd,
    MethodHandle attrSet,
    MethodHandle ruleAddArray,
    MethodHandle exportBpf) {
  static final String LIBRARY = "libseccomp.so.2";

  /** Loads the library for as long as the JVM lives. */
  static LibseccompSymbols load() {
    SymbolLookup library = lookup();
    return new LibseccompSymbols(
        bind(library, "seccomp_version", FunctionDescriptor.of(ADDRESS)),
        bind(library, "seccomp_api_get", FunctionDescriptor.of(JAVA_INT)),
        bind(library, "seccomp_arch_native", FunctionDescriptor.of(JAVA_INT)),
        bind(library, "seccomp_arch_resolve_name", FunctionDescriptor.of(JAVA_INT, ADDRESS)),
        bind(library, "seccomp_syscall_resolve_name", FunctionDescriptor.of(JAVA_INT, ADDRESS)),
        bind(
            library,
            "seccomp_syscall_resolve_name_arch",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS)),
        bind(
            library,
            "seccomp_syscall_resolve_num_arch",
            FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT)),
        bind(library, "seccomp_init", FunctionDescriptor.of(ADDRESS, JAVA_INT)),
        bind(library, "seccomp_release", FunctionDescriptor.ofVoid(ADDRESS)),
        bind(library, "seccomp_arch_add", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT)),
        bind(
            library,
            "seccomp_attr_set",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT)),
        bind(
            library,
            "seccomp_rule_add_array",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS)),
        bind(library, "seccomp_export_bpf", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT)));
  }

  @SuppressWarnings("restricted") // loading a library is what this record is for
  private static SymbolLookup lookup() {
    try {
      return SymbolLookup.libraryLookup(LIBRARY, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new LibraryMissingException(
          LIBRARY, "to compile a seccomp profile", "apt-get install libseccomp2", e);
    } catch (IllegalCallerException e) {
      throw new SeccompException(
          "the JVM does not let belljar call "
              + LIBRARY
              + ": start it with --enable-native-access=io.belljar.linux",
          e);
    }
  }

  @SuppressWarnings("restricted") // the descriptors above are those of seccomp.h
  private static MethodHandle bind(
      SymbolLookup library, String function, FunctionDescriptor descriptor) {
    return library
        .find(function)
        .map(address -> Linker.nativeLinker().downcallHandle(address, descriptor))
        .orElseThrow(
            () -> new SeccompException(LIBRARY + " has no function " + function + ": too old"));
  }
}
