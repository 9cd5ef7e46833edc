/**
 * Control groups of a container: where they are, what is limited, how they are frozen and removed.
 *
 * <pre>
 * linux.cgroupsPath ──&gt; GroupPath ──┐
 * CgroupLayout ─────────────────────┴─&gt; Group, one per hierarchy ──&gt; GroupDirectories: mkdir, cpuset,
 *                                                                     cgroup.subtree_control
 * linux.resources ──&gt; ControllerLimits (memory, cpu, …) ──&gt; GroupWrite, the file and its value
 *                     DeviceRules ──────────────────────&gt; devices.deny/allow, or a BPF program
 * </pre>
 *
 * <p>{@link io.belljar.runtime.cgroup.ContainerGroups} puts these together as steps; {@link
 * io.belljar.runtime.cgroup.StoredGroups} are the groups of a container that exists already.
 * Planning reads cgroup files, and writes none.
 */
package io.belljar.runtime.cgroup;
