/** The container's file system: its root, mounts and devices. */
package io.belljar.runtime.mount;
