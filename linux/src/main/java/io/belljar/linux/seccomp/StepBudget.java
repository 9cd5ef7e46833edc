package io.belljar.linux.seccomp;

/**
 * How much work it may be to judge a process's filters: the process chose them. All system calls
 * with Docker's profile take about a hundredth of it, and a second is enough for all of it.
 */
final class StepBudget {
  private static final int MOST = 8 << 20;

  private int left = MOST;

  void step() {
    if (left-- == 0) {
      throw new SeccompException("the filters are too large to be judged");
    }
  }
}
