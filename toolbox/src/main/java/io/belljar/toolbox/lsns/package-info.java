/** {@code lsns}: the namespaces that there are, as lsns(8) of util-linux shows them. */
package io.belljar.toolbox.lsns;
