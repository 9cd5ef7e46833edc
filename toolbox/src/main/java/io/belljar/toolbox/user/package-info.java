/** The names of the host's users, for what is shown to people. */
package io.belljar.toolbox.user;
