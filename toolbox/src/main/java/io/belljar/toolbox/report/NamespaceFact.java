package io.belljar.toolbox.report;

import io.belljar.linux.NamespaceKind;

/**
 * A namespace of the process.
 *
 * @param id as the kernel writes it, or why it cannot be read
 */
public record NamespaceFact(NamespaceKind kind, Sharing sharing, String id) {}
