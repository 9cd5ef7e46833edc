/** Unmodifiable collections that keep the order in which a document lists things. */
package io.belljar.spec.order;
