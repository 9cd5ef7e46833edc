/**
 * How isolated a process is.
 *
 * <p>{@link io.belljar.toolbox.report.SubjectReader} reads everything, from /proc and the kernel's
 * own interfaces, into a {@link io.belljar.toolbox.report.Subject}; the {@code …Findings} classes
 * judge that and nothing else, so they can be tested on what was once read; a {@link
 * io.belljar.toolbox.report.Report} is printed as text or as JSON.
 */
package io.belljar.toolbox.report;
