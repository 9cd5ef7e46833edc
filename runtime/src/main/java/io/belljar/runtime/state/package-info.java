/**
 * What is stored of containers, below one directory: {@link io.belljar.runtime.state.StateStore}
 * writes and removes it, {@link io.belljar.runtime.state.Observer} says how a container is. The
 * files, and the order in which they come and go so that a death at any moment leaves something
 * that the next command finishes, are described in {@code io.belljar.runtime.lifecycle}.
 */
package io.belljar.runtime.state;
