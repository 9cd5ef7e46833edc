/** {@code belljar}: how a request finds its command, {@code run} and {@code explain}. */
package io.belljar.cli.people;
