package io.belljar.linux.call;

/**
 * A call of a C function by method handle: declared to throw anything, it throws nothing checked.
 */
@FunctionalInterface
public interface NativeCall<T> {
  /** Invokes the handle. */
  T run() throws Throwable;

  /** Makes the call. */
  static <T> T call(NativeCall<T> function) {
    try {
      return function.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a method handle of a C function threw " + e, e);
    }
  }
}
