/**
 * From a request to a plan, and a container's life.
 *
 * <p>Packages are by concept: what a container is made of (mount, namespace, process, seccomp,
 * cgroup, hook), the plans that are put together from it (container), what becomes of it (state,
 * lifecycle), and where its root comes from (rootfs, user).
 */
@SuppressWarnings("requires-automatic") // aircompressor has no module descriptor
module io.belljar.runtime {
  requires transitive io.belljar.linux;
  requires transitive io.belljar.plan;
  requires transitive io.belljar.spec;
  requires org.apache.commons.compress;
  requires org.tukaani.xz;
  requires aircompressor.v3;

  // Facts, container ids, refusals.
  exports io.belljar.runtime;
  // Plans of new containers and of further processes in them, and what they are asked with.
  exports io.belljar.runtime.container;
  // Limits, and the groups of a container, for who reads why it ended.
  exports io.belljar.runtime.cgroup;
  // The default profile, for who puts configurations together, and the cache that a planner keeps.
  exports io.belljar.runtime.seccomp;
  // The verbs, and what is stored of a container.
  exports io.belljar.runtime.lifecycle;
  exports io.belljar.runtime.state;
  // Files out of containers and into them.
  exports io.belljar.runtime.copy;
  // What containers have written.
  exports io.belljar.runtime.log;
  // Roots from the host's programs and from tarballs; users by name.
  exports io.belljar.runtime.rootfs;
  exports io.belljar.runtime.user;
  // Where a command's program may be.
  exports io.belljar.runtime.process;
}
