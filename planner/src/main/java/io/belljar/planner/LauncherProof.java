package io.belljar.planner;

/**
 * What a launcher says in its request to prove that it is the process that it says: the other half
 * of {@code launcher/src/proof.c}. A process's name is set by that process alone. A launcher's is
 * {@code belljar} and 48 bits of a keyed hash of its pid, and the key is told in the request only:
 * whoever reads the name in /proc can't ask as that process.
 *
 * @param first half of the key
 * @param second the other half
 */
public record LauncherProof(long first, long second) {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";

  /** As many as fit into the 15 bytes of a process's name. */
  private static final int DIGITS_IN_NAME = 8;

  /** The name that the process has, if this is its proof. */
  public String name(int pid) {
    StringBuilder name = new StringBuilder("belljar");
    long hash = hash(pid);
    for (int i = 0; i < DIGITS_IN_NAME; i++, hash >>>= 6) {
      name.append(DIGITS.charAt((int) hash & 63));
    }
    return name.toString();
  }

  /** SipHash-2-4 of one block, without padding, as its length never varies. */
  private long hash(long block) {
    long a = first ^ 0x736f6d6570736575L;
    long b = second ^ 0x646f72616e646f6dL;
    long c = first ^ 0x6c7967656e657261L;
    long d = second ^ 0x7465646279746573L ^ block;
    for (int round = 0; round < 6; round++) {
      if (round == 2) {
        a ^= block;
        c ^= 0xff;
      }
      a += b;
      c += d;
      b = Long.rotateLeft(b, 13) ^ a;
      d = Long.rotateLeft(d, 16) ^ c;
      a = Long.rotateLeft(a, 32) + d;
      c += b;
      b = Long.rotateLeft(b, 17) ^ c;
      d = Long.rotateLeft(d, 21) ^ a;
      c = Long.rotateLeft(c, 32);
    }
    return a ^ b ^ c ^ d;
  }
}
