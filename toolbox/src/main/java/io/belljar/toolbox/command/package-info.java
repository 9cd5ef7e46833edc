/** What the tools that start a command in isolation by hand have in common. */
package io.belljar.toolbox.command;
