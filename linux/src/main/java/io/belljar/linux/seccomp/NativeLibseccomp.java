package io.belljar.linux.seccomp;

import static io.belljar.linux.call.NativeCall.call;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.belljar.linux.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@link Libseccomp} by calls into libseccomp.so.2. */
final class NativeLibseccomp implements Libseccomp {
  private static final int UNKNOWN_SYSCALL = -1; // __NR_SCMP_ERROR
  private static final long CONDITION_SIZE = 24; // struct scmp_arg_cmp

  private static final long LONGEST_NAME = 256;
  private static final MethodHandle FREE = free();

  private static volatile Optional<NativeLibseccomp> loaded = Optional.empty();

  private final LibseccompSymbols symbols;

  private NativeLibseccomp(LibseccompSymbols symbols) {
    this.symbols = symbols;
  }

  /**
   * The library, loaded at the first call. A failure is not remembered: the library may be
   * installed while the planner runs.
   */
  static Libseccomp load() {
    Optional<NativeLibseccomp> library = loaded;
    if (library.isEmpty()) {
      synchronized (NativeLibseccomp.class) {
        library = loaded;
        if (library.isEmpty()) {
          library = Optional.of(new NativeLibseccomp(LibseccompSymbols.load()));
          loaded = library;
        }
      }
    }
    return library.get();
  }

  @Override
  @SuppressWarnings("restricted") // struct scmp_version: three ints
  public String version() {
    MemorySegment version =
        call(() -> (MemorySegment) symbols.version().invokeExact()).reinterpret(12);
    return version.get(JAVA_INT, 0)
        + "."
        + version.get(JAVA_INT, 4)
        + "."
        + version.get(JAVA_INT, 8);
  }

  @Override
  public int apiLevel() {
    return call(() -> (int) symbols.apiGet().invokeExact());
  }

  @Override
  public Architecture nativeArchitecture() {
    return new Architecture(call(() -> (int) symbols.archNative().invokeExact()));
  }

  @Override
  public Optional<Architecture> resolveArchitecture(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(name);
      int token = call(() -> (int) symbols.archResolveName().invokeExact(text));
      return token == 0 ? Optional.empty() : Optional.of(new Architecture(token));
    }
  }

  @Override
  public OptionalInt resolveSyscall(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(name);
      int number = call(() -> (int) symbols.syscallResolveName().invokeExact(text));
      return number == UNKNOWN_SYSCALL ? OptionalInt.empty() : OptionalInt.of(number);
    }
  }

  @Override
  public OptionalInt resolveSyscall(Architecture architecture, String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(name);
      int token = architecture.token();
      int number = call(() -> (int) symbols.syscallResolveNameArch().invokeExact(token, text));
      return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }
  }

  @Override
  @SuppressWarnings("restricted") // a string that malloc(3) gave, and a NUL after the longest name
  public Optional<String> nameOf(int syscall) {
    int token = nativeArchitecture().token();
    MemorySegment text =
        call(() -> (MemorySegment) symbols.syscallResolveNumArch().invokeExact(token, syscall));
    if (text.equals(MemorySegment.NULL)) {
      return Optional.empty();
    }
    try {
      return Optional.of(text.reinterpret(LONGEST_NAME).getString(0));
    } finally {
      call(() -> {
        FREE.invokeExact(text);
        return 0;
      });
    }
  }

  @Override
  public Filter newFilter(int defaultAction) {
    MemorySegment context = call(() -> (MemorySegment) symbols.init().invokeExact(defaultAction));
    if (context.equals(MemorySegment.NULL)) {
      throw new SeccompException(
          "seccomp_init with default action 0x" + Integer.toHexString(defaultAction) + " failed");
    }
    return new NativeFilter(context);
  }

  private final class NativeFilter implements Filter {
    private final MemorySegment context;

    NativeFilter(MemorySegment context) {
      this.context = context;
    }

    @Override
    public void addArchitecture(Architecture architecture) {
      int token = architecture.token();
      int result = call(() -> (int) symbols.archAdd().invokeExact(context, token));
      if (result != -Errno.EEXIST.number()) {
        check("seccomp_arch_add(0x" + Integer.toHexString(token) + ")", result);
      }
    }

    @Override
    public void setAttribute(Attribute attribute, int value) {
      int number = attribute.value();
      int result = call(() -> (int) symbols.attrSet().invokeExact(context, number, value));
      check("seccomp_attr_set(SCMP_FLTATR_" + attribute + ", " + value + ")", result);
    }

    @Override
    public void addRule(int action, int syscall, List<ArgumentCondition> conditions) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment array = arena.allocate(CONDITION_SIZE * Math.max(1, conditions.size()), 8);
        for (int i = 0; i < conditions.size(); i++) {
          ArgumentCondition condition = conditions.get(i);
          long offset = i * CONDITION_SIZE;
          array.set(JAVA_INT, offset, condition.index());
          array.set(JAVA_INT, offset + 4, condition.comparison().value());
          array.set(JAVA_LONG, offset + 8, condition.value());
          array.set(JAVA_LONG, offset + 16, condition.valueTwo());
        }
        int count = conditions.size();
        int result =
            call(() ->
                (int) symbols.ruleAddArray().invokeExact(context, action, syscall, count, array));
        if (result != -Errno.EEXIST.number()) {
          check("seccomp_rule_add_array(system call " + syscall + ")", result);
        }
      }
    }

    @Override
    public byte[] export() {
      try (MemoryFile file = MemoryFile.create("seccomp")) {
        int descriptor = file.descriptor();
        check(
            "seccomp_export_bpf",
            call(() -> (int) symbols.exportBpf().invokeExact(context, descriptor)));
        return file.read();
      }
    }

    @Override
    public void close() {
      call(() -> {
        symbols.release().invokeExact(context);
        return 0;
      });
    }
  }

  @SuppressWarnings("restricted") // free(3)
  private static MethodHandle free() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("free"), FunctionDescriptor.ofVoid(ADDRESS));
  }

  private static void check(String function, int result) {
    if (result < 0) {
      throw new SeccompException(function + ": " + Errno.describe(-result));
    }
  }
}
