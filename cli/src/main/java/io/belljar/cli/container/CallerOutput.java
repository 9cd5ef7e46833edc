package io.belljar.cli.container;

import io.belljar.plan.WireText;
import io.belljar.planner.Caller;
import java.io.OutputStream;
import java.util.Arrays;

/** The caller's standard output or error, for bytes as they are. */
final class CallerOutput extends OutputStream {
  private final Caller caller;
  private final boolean error;

  private CallerOutput(Caller caller, boolean error) {
    this.caller = caller;
    this.error = error;
  }

  /** Its standard output. */
  static OutputStream of(Caller caller) {
    return new CallerOutput(caller, false);
  }

  /** Its standard error. */
  static OutputStream errorOf(Caller caller) {
    return new CallerOutput(caller, true);
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    byte[] some = Arrays.copyOfRange(bytes, offset, offset + length);
    if (error) {
      caller.printError(WireText.decode(some)); // which keeps every byte
    } else {
      caller.print(some);
    }
  }

  @Override
  public void flush() {
    caller.flush();
  }
}
