package io.belljar.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * How a timed plan went.
 *
 * @param exitCode of the process that it waited for; 0 when it waited for none
 * @param nanoseconds of each step, by its index in the plan; 0 for one that was not carried out,
 *     and for the one that executed the command, which nobody sees return
 */
public record StepTimes(int exitCode, List<Long> nanoseconds) {
  public StepTimes {
    nanoseconds = List.copyOf(nanoseconds);
  }

  static StepTimes of(Outcome outcome) {
    ByteBuffer data = ByteBuffer.wrap(outcome.data().toArray()).order(ByteOrder.LITTLE_ENDIAN);
    if (!outcome.succeeded() || data.remaining() % Long.BYTES != Integer.BYTES) {
      throw new IllegalStateException("no times of a plan that succeeded: " + outcome);
    }
    int exitCode = data.getInt();
    List<Long> nanoseconds = new ArrayList<>();
    while (data.hasRemaining()) {
      nanoseconds.add(data.getLong());
    }
    return new StepTimes(exitCode, nanoseconds);
  }
}
