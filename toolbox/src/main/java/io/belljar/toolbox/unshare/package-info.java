/** A command in new namespaces: unshare(1) of util-linux, as plans. */
package io.belljar.toolbox.unshare;
