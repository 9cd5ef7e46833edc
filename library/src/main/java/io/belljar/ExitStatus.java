package io.belljar;

import io.belljar.linux.Signal;
import java.util.Optional;

/**
 * How a container ended.
 *
 * @param code 0 to 255: the command's exit code, or 128 and the number of the signal that ended it
 * @param memoryKills how many of its processes the kernel killed for the memory limit
 */
public record ExitStatus(int code, long memoryKills) {
  private static final int SIGNALLED = 128;

  /** Whether the command succeeded. */
  public boolean succeeded() {
    return code == 0;
  }

  /**
   * The signal that the code stands for. A shell that reports the death of its own child looks the
   * same.
   */
  public Optional<Signal> signal() {
    int number = code - SIGNALLED;
    return number > 0 && number <= Signal.RTMAX
        ? Optional.of(new Signal(number))
        : Optional.empty();
  }

  /** Whether it was ended, and not by itself, for using more memory than its limit. */
  public boolean killedByMemoryLimit() {
    return memoryKills > 0 && signal().filter(Signal.KILL::equals).isPresent();
  }

  /** Why, in a few words for people; empty where there is nothing to say but the code. */
  public Optional<String> reason() {
    if (killedByMemoryLimit()) {
      return Optional.of("killed by its memory limit");
    }
    if (memoryKills > 0 && !succeeded()) {
      return Optional.of(
          memoryKills == 1
              ? "a process in it was killed by the memory limit"
              : memoryKills + " processes in it were killed by the memory limit");
    }
    return signal().map(signal -> "ended by " + signal.name());
  }
}
