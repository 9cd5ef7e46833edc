package io.belljar.spec.config;

/** What is accepted and not done. */
final class LinuxWarnings {
  private LinuxWarnings() {}

  static void personality(Subject subject) {
    subject
        .linux()
        .personality()
        .filter(personality -> !personality.flags().isEmpty())
        .ifPresent(personality ->
            subject.warn(
                "linux.personality.flags", "is ignored: the specification defines no flag"));
  }
}
