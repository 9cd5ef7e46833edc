package io.belljar.spec.process;

/**
 * {@code process.consoleSize}, in characters.
 *
 * @param height rows
 * @param width columns
 */
public record ConsoleSize(int height, int width) {}
