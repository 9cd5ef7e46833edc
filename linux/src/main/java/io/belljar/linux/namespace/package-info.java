/** Namespaces as files: what ioctl_nsfs(2) and rtnetlink(7) tell of them. */
package io.belljar.linux.namespace;
