/** A command in another root directory: chroot(1) of coreutils, as plans. */
package io.belljar.toolbox.chroot;
