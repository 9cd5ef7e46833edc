package io.belljar;

import java.nio.file.Path;

/** Which system calls a container may make (seccomp(2)). */
public sealed interface CallFilter {
  /** Those that Docker's profile allows to a container with these capabilities. */
  CallFilter DEFAULT = new Default();

  /** All of them. */
  CallFilter UNCONFINED = new Unconfined();

  /** Those of a profile: a JSON file in Docker's form, or in that of {@code linux.seccomp}. */
  static CallFilter profile(Path file) {
    return new Profile(file);
  }

  /** See {@link CallFilter#DEFAULT}. */
  record Default() implements CallFilter {}

  /** See {@link CallFilter#UNCONFINED}. */
  record Unconfined() implements CallFilter {}

  /** See {@link CallFilter#profile}. */
  record Profile(Path file) implements CallFilter {}
}
