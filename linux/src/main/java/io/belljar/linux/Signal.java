package io.belljar.linux;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A signal (signal(7), {@code asm-generic/signal.h}; the same numbers on x86-64 and aarch64).
 *
 * @param number 0 (which only asks whether the process is there, kill(2)) to 64
 */
public record Signal(int number) {
  /** The first real-time signal that glibc leaves to programs; 32 and 33 are its own. */
  public static final int RTMIN = 34;

  /** The last real-time signal. */
  public static final int RTMAX = 64;

  private static final List<String> NAMES =
      List.of(
          "0", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
          "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU",
          "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");
  private static final Map<String, Integer> ALIASES =
      Map.of("IOT", 6, "CLD", 17, "POLL", 29, "UNUSED", 31, "RTMIN", RTMIN, "RTMAX", RTMAX);

  public static final Signal HUP = new Signal(1);
  public static final Signal INT = new Signal(2);
  public static final Signal QUIT = new Signal(3);
  public static final Signal KILL = new Signal(9);
  public static final Signal USR1 = new Signal(10);
  public static final Signal USR2 = new Signal(12);
  public static final Signal TERM = new Signal(15);
  public static final Signal CHLD = new Signal(17);
  public static final Signal CONT = new Signal(18);
  public static final Signal STOP = new Signal(19);
  public static final Signal TSTP = new Signal(20);
  public static final Signal WINCH = new Signal(28);

  /** Checks the number. */
  public Signal {
    if (number < 0 || number > RTMAX) {
      throw new IllegalArgumentException(
          "signal number must be from 0 to " + RTMAX + ", not " + number);
    }
  }

  /** The name with its prefix, {@code SIGKILL}, {@code SIGRTMIN+3}; else the number. */
  public String name() {
    if (number == 0 || number == 32 || number == 33) {
      return Integer.toString(number);
    }
    if (number < NAMES.size()) {
      return "SIG" + NAMES.get(number);
    }
    // As bash's `kill -l` counts: from below up to RTMIN+15, from above after it.
    int middle = RTMIN + 15;
    if (number <= middle) {
      return number == RTMIN ? "SIGRTMIN" : "SIGRTMIN+" + (number - RTMIN);
    }
    return number == RTMAX ? "SIGRTMAX" : "SIGRTMAX-" + (RTMAX - number);
  }

  /**
   * The signal that a person or an engine wrote: {@code 9}, {@code KILL}, {@code SIGKILL}, {@code
   * sigkill}, {@code RTMIN+3}, {@code SIGRTMAX-1}; empty for anything else.
   */
  public static Optional<Signal> parse(String text) {
    if (text.matches("[0-9]{1,3}")) {
      return inRange(Integer.parseInt(text), 0, RTMAX);
    }
    String upper = text.toUpperCase(Locale.ROOT);
    String name = upper.startsWith("SIG") ? upper.substring(3) : upper;
    int number = NAMES.indexOf(name);
    if (number > 0) {
      return Optional.of(new Signal(number));
    }
    if (ALIASES.containsKey(name)) {
      return Optional.of(new Signal(ALIASES.get(name)));
    }
    if (name.matches("RTMIN\\+[0-9]{1,2}")) {
      return inRange(RTMIN + Integer.parseInt(name.substring(6)), RTMIN, RTMAX);
    }
    if (name.matches("RTMAX-[0-9]{1,2}")) {
      return inRange(RTMAX - Integer.parseInt(name.substring(6)), RTMIN, RTMAX);
    }
    return Optional.empty();
  }

  private static Optional<Signal> inRange(int number, int low, int high) {
    return number >= low && number <= high ? Optional.of(new Signal(number)) : Optional.empty();
  }

  @Override
  public String toString() {
    return name();
  }
}
