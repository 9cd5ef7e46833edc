package io.belljar.toolbox.report;

/**
 * What would mend a finding.
 *
 * @param option of {@code belljar run}; empty where there is none
 * @param property of config.json; empty where it is not the container's to mend
 * @param advice what else to do; empty where option and property say it
 */
public record Cure(String option, String property, String advice) {
  /** Nothing that a container's configuration can change. */
  public static final Cure NONE = new Cure("", "");

  /** More can be read by root. */
  public static final Cure ASK_ROOT = new Cure("", "", "run the report as root");

  /** An option, a property, or both. */
  public Cure(String option, String property) {
    this(option, property, "");
  }
}
