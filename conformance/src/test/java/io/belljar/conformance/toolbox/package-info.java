/**
 * The commands that take the place of util-linux's and coreutils', beside those: the same script
 * with either must give the same status, output and effects.
 */
package io.belljar.conformance.toolbox;
