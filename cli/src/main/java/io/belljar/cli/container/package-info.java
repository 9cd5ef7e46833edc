/**
 * Commands about containers that exist, with Docker's options, columns and exit codes. Each parses
 * and prints; what it does is a verb of {@code io.belljar.runtime.lifecycle}.
 */
package io.belljar.cli.container;
