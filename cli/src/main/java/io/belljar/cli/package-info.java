/**
 * The planner's {@code main}, and what the two command lines share: parsers, failures as one line,
 * exit codes.
 */
package io.belljar.cli;
