package io.belljar.linux;

/** The machines that Belljar runs on. A few flags of open(2) differ between them. */
public enum Machine {
  X86_64,
  AARCH64;

  private static final Machine CURRENT = of(System.getProperty("os.arch"));

  /** The machine that this JVM runs on. */
  public static Machine current() {
    return CURRENT;
  }

  /**
   * The machine that the JDK calls {@code osArch} (system property {@code os.arch}).
   *
   * @throws IllegalArgumentException for every other machine
   */
  static Machine of(String osArch) {
    return switch (osArch) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64" -> AARCH64;
      default ->
          throw new IllegalArgumentException(
              "belljar runs on x86-64 and aarch64, not on " + osArch);
    };
  }

  /** The value for this machine. */
  int choose(int x8664, int aarch64) {
    return this == X86_64 ? x8664 : aarch64;
  }
}
