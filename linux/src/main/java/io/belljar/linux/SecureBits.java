package io.belljar.linux;

/** The securebits of a thread ({@code linux/securebits.h}, capabilities(7)). */
public final class SecureBits {
  public static final int SECBIT_NOROOT = 1;
  public static final int SECBIT_NOROOT_LOCKED = 2;
  public static final int SECBIT_NO_SETUID_FIXUP = 4;
  public static final int SECBIT_NO_SETUID_FIXUP_LOCKED = 8;
  public static final int SECBIT_KEEP_CAPS = 16;
  public static final int SECBIT_KEEP_CAPS_LOCKED = 32;
  public static final int SECBIT_NO_CAP_AMBIENT_RAISE = 64;
  public static final int SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED = 128;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("SECBIT_NOROOT", SECBIT_NOROOT),
          FlagTable.bit("SECBIT_NOROOT_LOCKED", SECBIT_NOROOT_LOCKED),
          FlagTable.bit("SECBIT_NO_SETUID_FIXUP", SECBIT_NO_SETUID_FIXUP),
          FlagTable.bit("SECBIT_NO_SETUID_FIXUP_LOCKED", SECBIT_NO_SETUID_FIXUP_LOCKED),
          FlagTable.bit("SECBIT_KEEP_CAPS", SECBIT_KEEP_CAPS),
          FlagTable.bit("SECBIT_KEEP_CAPS_LOCKED", SECBIT_KEEP_CAPS_LOCKED),
          FlagTable.bit("SECBIT_NO_CAP_AMBIENT_RAISE", SECBIT_NO_CAP_AMBIENT_RAISE),
          FlagTable.bit("SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED", SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED));

  private SecureBits() {}
}
