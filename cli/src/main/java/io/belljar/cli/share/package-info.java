/**
 * What goes into a distribution's {@code share}: manual pages and the shells' completion, generated
 * from the commands themselves, so that they say what the commands do.
 */
package io.belljar.cli.share;
