/** A command in the namespaces of another process: nsenter(1) of util-linux, as plans. */
package io.belljar.toolbox.nsenter;
