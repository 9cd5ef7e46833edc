/**
 * Copying files out of containers and into them, and exporting a container's file system.
 *
 * <pre>
 *   source                               sink
 *   TreeSource (a container, the host) ─┐ ┌─▶ TreeSink (a container, the host)
 *                                       ├─┤
 *   TarSource  (standard input)        ─┘ └─▶ TarSink  (standard output, a file)
 *        Entry by Entry, each with its path, and its content where it is a file
 * </pre>
 *
 * <p>A container is hostile and runs meanwhile: it swaps what is copied for links, fifos, devices
 * and mounts. So its root is opened once ({@link io.belljar.runtime.copy.ContainerRoot}), the path
 * that the caller named is resolved in it by the kernel (openat2 with RESOLVE_IN_ROOT), and from
 * there on everything is reached by one name relative to an open directory, never following a link.
 * The same holds for the other side, which the container may share by a volume. Nothing is opened
 * for reading before it is known to be a regular file: first the place is opened (O_PATH), then
 * looked at, then that very place is opened. CVE-2018-15664, CVE-2019-10152 and CVE-2026-41568 came
 * from paths that were checked first and used later.
 *
 * <p>The kernel's own file systems (/proc, /sys, cgroups and their like) are neither read nor
 * written, wherever a container has mounted them: the planner may have rights there that the
 * container has not.
 *
 * <p>Nothing of a container is executed or loaded (CVE-2019-14271), and no path in it goes through
 * the JDK.
 */
package io.belljar.runtime.copy;
