/**
 * What the JDK has no API for, by concept: constants from the kernel's headers, parsers of {@code
 * /proc} and {@code /sys}, mount options, cgroup layouts, processes, and libseccomp by FFM.
 *
 * <p>Nothing here changes the state of the process it runs in, but that it has children.
 */
module io.belljar.linux {
  // Constants, names and flag tables: for whoever plans, decodes or explains a system call.
  exports io.belljar.linux;
  // cgroup layouts and device filters: for runtime.cgroup.
  exports io.belljar.linux.cgroup;
  // Files by descriptors: for runtime.copy, which walks what a container changes meanwhile.
  exports io.belljar.linux.file;
  // Files inside the root of another process, looked at without trusting it: for reports.
  exports io.belljar.linux.inside;
  // What the running kernel has: for checks of a machine.
  exports io.belljar.linux.kernel;
  // Mount options and mount flags: for runtime.mount and the explanation of plans.
  exports io.belljar.linux.mount;
  // What namespaces tell of themselves: for toolbox.
  exports io.belljar.linux.namespace;
  // /proc: for every module that has to look at processes, mounts and namespaces.
  exports io.belljar.linux.proc;
  // Children of this program: for planner, which starts launchers.
  exports io.belljar.linux.process;
  // Seccomp filters: for runtime.seccomp. The bindings to libseccomp stay inside.
  exports io.belljar.linux.seccomp;
  // What a terminal can be given: for whoever prints or makes a message.
  exports io.belljar.linux.text;
  // Filters of running processes: for reports.
  exports io.belljar.linux.trace;
}
