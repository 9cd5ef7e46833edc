package io.belljar.toolbox.check;

/**
 * How trying something ended.
 *
 * @param errno 0 when it worked
 * @param message what failed, in words; empty when it worked
 */
public record Trial(int errno, String message) {
  /** It worked. */
  public static final Trial WORKED = new Trial(0, "");

  /** Whether it worked. */
  public boolean worked() {
    return errno == 0;
  }
}
