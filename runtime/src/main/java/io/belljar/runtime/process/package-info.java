/** What the command is: its program, terminal, user and privileges. */
package io.belljar.runtime.process;
