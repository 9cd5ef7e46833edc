package io.belljar.toolbox.report;

/**
 * What would mend a finding.
 *
 * @param option of {@code belljar run}; empty where there is none
 * @param property of config.json; empty where it is not the container's to mend
 */
public record Cure(String option, String property) {
  /** Nothing that a container's configuration can change. */
  public static final Cure NONE = new Cure("", "");
}
