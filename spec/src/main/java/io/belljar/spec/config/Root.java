package io.belljar.spec.config;

/**
 * {@code root}.
 *
 * @param path the root file system, absolute or relative to the bundle
 * @param readonly whether it is mounted read-only
 */
public record Root(String path, boolean readonly) {}
