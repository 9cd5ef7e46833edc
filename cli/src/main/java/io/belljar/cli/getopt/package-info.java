/**
 * Command lines as getopt_long(3) reads them, for the commands that take the place of util-linux's
 * and coreutils'.
 */
package io.belljar.cli.getopt;
