/**
 * Making root file systems: from the host's own programs, from a tarball; reading hostile ones and
 * removing them.
 */
package io.belljar.runtime.rootfs;
