package io.belljar;

/** Starts a container that lasts, and says its process id: to be killed. */
final class SleepingProgram {
  private SleepingProgram() {}

  @SuppressWarnings("SystemOut") // read by the test
  public static void main(String[] arguments) throws InterruptedException {
    try (Container container =
        Isolation.of(Root.hostPrograms("sleep"), "sleep", "50").name("orphaned").build().start()) {
      System.out.println(container.pid());
      container.waitFor();
    }
  }
}
