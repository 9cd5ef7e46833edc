/**
 * The toolbox's commands: each reads its options and prints; what it does is in {@code
 * io.belljar.toolbox}.
 */
package io.belljar.cli.toolbox;
