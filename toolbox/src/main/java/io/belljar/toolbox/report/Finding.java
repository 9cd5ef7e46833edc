package io.belljar.toolbox.report;

/**
 * Something that a report points out.
 *
 * @param grade how much it matters
 * @param id a name that stays, for scripts: {@code capability.CAP_SYS_ADMIN}
 * @param title what is the case
 * @param allows what it allows
 * @param cure what would mend it
 */
public record Finding(Grade grade, String id, String title, String allows, Cure cure) {}
