/** Flags and options of mounts, as mount(8) and the new mount API name them. */
package io.belljar.linux.mount;
