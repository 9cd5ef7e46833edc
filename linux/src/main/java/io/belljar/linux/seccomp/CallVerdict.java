package io.belljar.linux.seccomp;

/** What becomes of a system call, as far as filters decide it without knowing its arguments. */
public enum CallVerdict {
  /** It passes, whatever its arguments. */
  ALLOWED,
  /** It passes with some arguments. */
  SOMETIMES,
  /** Another process decides: a listener (SECCOMP_RET_USER_NOTIF) or a tracer. */
  SUPERVISED,
  /** It never passes. */
  REFUSED
}
