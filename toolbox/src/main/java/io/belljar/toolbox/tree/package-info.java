/**
 * {@code tree}: the processes and the borders of namespaces between them, as text, as JSON and as a
 * page to look at.
 */
package io.belljar.toolbox.tree;
