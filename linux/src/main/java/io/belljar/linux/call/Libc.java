package io.belljar.linux.call;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * Functions of the C library that report failures in errno. Such a function's handle takes, before
 * its own arguments, a segment of {@link #CALL_STATE}, which is the call's own: no other thread's
 * call can change the errno in it.
 */
public final class Libc {
  /** Where a call leaves its errno. */
  public static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();

  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private Libc() {}

  /** The errno of the call that was made with this state; only means something if it failed. */
  public static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  /**
   * A handle of the function.
   *
   * @param descriptor must be what the C library's headers declare
   * @param variadicFrom the index of the first argument that is variadic (the {@code …} of
   *     ioctl(2)), or -1 when none is: some architectures pass those differently
   */
  @SuppressWarnings("restricted") // the callers' descriptors are those of the C library's headers
  public static MethodHandle bind(
      String function, FunctionDescriptor descriptor, int variadicFrom) {
    Linker linker = Linker.nativeLinker();
    Linker.Option errno = Linker.Option.captureCallState("errno");
    Linker.Option[] options =
        variadicFrom < 0
            ? new Linker.Option[] {errno}
            : new Linker.Option[] {errno, Linker.Option.firstVariadicArg(variadicFrom)};
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(function), descriptor, options);
  }

  /** A handle of a function that not every C library has. */
  @SuppressWarnings("restricted") // as above
  public static Optional<MethodHandle> find(String function, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(function)
        .map(symbol ->
            linker.downcallHandle(symbol, descriptor, Linker.Option.captureCallState("errno")));
  }

  /** A handle of a function without variadic arguments. */
  public static MethodHandle bind(String function, FunctionDescriptor descriptor) {
    return bind(function, descriptor, -1);
  }
}
