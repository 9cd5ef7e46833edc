package io.belljar.linux.process;

import static io.belljar.linux.call.NativeCall.call;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.belljar.linux.Signal;
import io.belljar.linux.call.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A call of posix_spawn(3): the C library forks without a copy of this program's memory and without
 * a moment in which the child could run any of its code.
 *
 * <p>The child has an empty environment, no signal blocked (the JVM blocks SIGQUIT), and signals
 * ignored that this program ignores: a program that was started with nohup(1) stays with all its
 * children when its terminal goes away.
 */
final class SpawnActions implements AutoCloseable {
  /** The lowest descriptor that the child does not have. */
  static final int FREE = 5;

  private static final short SETSIGMASK = 0x08; // POSIX_SPAWN_SETSIGMASK of glibc and musl
  private static final int SIGSET_BYTES = 128;

  /** More than the structures have in any C library: 80 and 336 in glibc and musl. */
  private static final int STRUCTURE_BYTES = 1024;

  private static final MethodHandle SPAWN =
      bind("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle ACTIONS_INIT = bind("posix_spawn_file_actions_init", ADDRESS);
  private static final MethodHandle ACTIONS_DESTROY =
      bind("posix_spawn_file_actions_destroy", ADDRESS);
  private static final MethodHandle ADD_DUP2 =
      bind("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);

  /**
   * From glibc 2.34 on. Where it is missing the child sees what this program did not open
   * close-on-exec, which the JDK nearly always does; Belljar's launcher closes it before it begins.
   */
  private static final Optional<MethodHandle> ADD_CLOSE_FROM =
      Libc.find(
          "posix_spawn_file_actions_addclosefrom_np",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

  private static final MethodHandle ATTRIBUTES_INIT = bind("posix_spawnattr_init", ADDRESS);
  private static final MethodHandle ATTRIBUTES_DESTROY = bind("posix_spawnattr_destroy", ADDRESS);
  private static final MethodHandle SET_FLAGS =
      bind("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
  private static final MethodHandle SET_MASK = bind("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);

  static {
    requireStatuses();
  }

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment state = arena.allocate(Libc.CALL_STATE);
  private final MemorySegment actions = arena.allocate(STRUCTURE_BYTES, 16);
  private final MemorySegment attributes = arena.allocate(STRUCTURE_BYTES, 16);

  SpawnActions() {
    check(
        "posix_spawn_file_actions_init",
        call(() -> (int) ACTIONS_INIT.invokeExact(state, actions)));
    check("posix_spawnattr_init", call(() -> (int) ATTRIBUTES_INIT.invokeExact(state, attributes)));
    MemorySegment none = arena.allocate(SIGSET_BYTES, 8);
    check(
        "posix_spawnattr_setsigmask",
        call(() -> (int) SET_MASK.invokeExact(state, attributes, none)));
    check(
        "posix_spawnattr_setflags",
        call(() -> (int) SET_FLAGS.invokeExact(state, attributes, SETSIGMASK)));
  }

  private static MethodHandle bind(String function, MemoryLayout... arguments) {
    return Libc.bind(function, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  /**
   * Whoever started this program may have had it ignore SIGCHLD, and the kernel then forgets how
   * children end. The JDK does the same with its first child.
   */
  private static void requireStatuses() {
    MethodHandle signal =
        Libc.bind("signal", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      int number = Signal.CHLD.number();
      long _ = call(() -> (long) signal.invokeExact(state, number, 0L));
    }
  }

  /** The child has this one of ours, under this number. */
  SpawnActions give(int descriptor, int number) {
    check(
        "posix_spawn_file_actions_adddup2",
        call(() -> (int) ADD_DUP2.invokeExact(state, actions, descriptor, number)));
    return this;
  }

  /** Starts it, with the descriptors that it was given and no others. */
  int spawn(String path, List<String> arguments) {
    ADD_CLOSE_FROM.ifPresent(closeFrom ->
        check(
            "posix_spawn_file_actions_addclosefrom_np",
            call(() -> (int) closeFrom.invokeExact(state, actions, FREE))));
    MemorySegment pid = arena.allocate(JAVA_INT);
    MemorySegment file = text(path);
    MemorySegment argv = arena.allocate(ADDRESS, arguments.size() + 1L);
    for (int i = 0; i < arguments.size(); i++) {
      argv.setAtIndex(ADDRESS, i, text(arguments.get(i)));
    }
    MemorySegment envp = arena.allocate(ADDRESS, 1);
    check(
        "posix_spawn",
        call(() -> (int) SPAWN.invokeExact(state, pid, file, actions, attributes, argv, envp)));
    return pid.get(JAVA_INT, 0);
  }

  private MemorySegment text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MemorySegment segment = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, 0, bytes.length);
    return segment;
  }

  /** These functions return the error number. */
  private static void check(String function, int error) {
    if (error != 0) {
      throw new ProcessException(function, error);
    }
  }

  @Override
  public void close() {
    int _ = call(() -> (int) ACTIONS_DESTROY.invokeExact(state, actions));
    int _ = call(() -> (int) ATTRIBUTES_DESTROY.invokeExact(state, attributes));
    arena.close();
  }
}
