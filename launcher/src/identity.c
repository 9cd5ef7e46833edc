// Steps that make a process what the command will be: its names, limits, terminal, capabilities, filters.
#include "launcher.h"

// Calls on this process alone, or on a namespace that the plan has made for it (names, loopback): the kernel refuses
// the others to whoever may not. The planner gives a name to no process that has the host's UTS namespace.
STEP(set_hostname, TRY(SYS(sethostname, text(step, 0), strlen(text(step, 0)))))
STEP(set_domainname, TRY(SYS(setdomainname, text(step, 0), strlen(text(step, 0)))))
STEP(set_umask, TRY(SYS(umask, number(step, 0))))
STEP(new_session, TRY(SYS(setsid)))
STEP(set_personality, TRY(SYS(personality, number(step, 0))))

// The command can't reach the keys of the caller's session.
STEP(new_keyring, TRY(SYS(keyctl, KEYCTL_JOIN_SESSION_KEYRING, text(step, 0))))

// For good: no program that it executes gives it more than it has. Needed before a filter without CAP_SYS_ADMIN.
STEP(no_new_privileges, TRY(SYS(prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)))

STEP(loopback_up, struct interface_request up = {.name = "lo", .flags = 1 | 0x40 /* IFF_UP, IFF_RUNNING */};
     HOLD(socket, SYS(socket, AF_INET, SOCKET_DATAGRAM | O_CLOEXEC, 0));
     TRY(SYS(ioctl, socket, 0x8914 /* SIOCSIFFLAGS */, &up)))

// Of this process (0), by the caller's own right to raise it.
STEP(limit, uint64_t limits[2] = {number(step, 1), number(step, 2)};
     TRY(SYS(prlimit64, 0, number(step, 0), limits, NULL)))

// The terminal is made by the container's own devpts, but its end is got from the descriptor and not by a name in
// /dev/pts that the container could have replaced (CVE-2025-52565).
long step_open_terminal(const struct step *step) {
  int unlocked = 0;
  struct winsize size = {.ws_row = (unsigned short)number(step, 3), .ws_col = (unsigned short)number(step, 4)};
  long master = open_in(slot(step, 0), "dev/pts/ptmx", O_RDWR | O_NOCTTY, 0);
  TRY(keep(step, 1, master));
  if (!is_node(master, S_IFCHR, DEVICE(5, 2))) return -ENODEV;
  TRY(SYS(ioctl, master, TIOCSPTLCK, &unlocked));
  TRY(keep(step, 2, SYS(ioctl, master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC)));
  return size.ws_row != 0 ? SYS(ioctl, master, TIOCSWINSZ, &size) : 0;
}

// TIOCSCTTY without force: a terminal that another session has is not taken from it.
STEP(control_terminal, TRY(SYS(ioctl, slot(step, 0), TIOCSCTTY, 0)); TRY(SYS(dup3, slot(step, 0), 0, 0));
     TRY(SYS(dup3, slot(step, 0), 1, 0)); TRY(SYS(dup3, slot(step, 0), 2, 0)))

// Also those that this kernel has and the planner does not know: the mask says what stays.
long step_bound_capabilities(const struct step *step) {
  for (unsigned capability = 0; capability < 64; capability++) {
    long dropped = number(step, 0) >> capability & 1 ? 0 : SYS(prctl, PR_CAPBSET_DROP, capability, 0, 0, 0);
    if (dropped < 0) return dropped == -EINVAL ? 0 : dropped;
  }
  return 0;
}

// A change of user id makes the process dumpable and clears its parent-death signal; both are put back.
// Groups, then gid, then uid: each is refused once the next is given up.
long step_become(const struct step *step) {
  struct bytes groups = bytes(step, 2);
  bool plainly = (number(step, 3) & 1) != 0, keep_groups = (number(step, 3) & 2) != 0;
  if (!plainly) TRY(SYS(prctl, PR_SET_KEEPCAPS, 1, 0, 0, 0));
  long failed = keep_groups ? 0 : SYS(setgroups, groups.length / 4, groups.start);
  // Where the user namespace denies setgroups, an empty list is what there is already.
  if (!keep_groups) TRY(!plainly && failed == -EPERM && groups.length == 0 ? 0 : failed);
  TRY(SYS(setresgid, number(step, 1), number(step, 1), number(step, 1)));
  TRY(SYS(setresuid, number(step, 0), number(step, 0), number(step, 0)));
  if (!plainly) TRY(SYS(prctl, PR_SET_KEEPCAPS, 0, 0, 0, 0));
  TRY(SYS(prctl, PR_SET_DUMPABLE, 0, 0, 0, 0));
  if (self.death_signal != 0) SYS(prctl, PR_SET_PDEATHSIG, self.death_signal, 0, 0, 0);
  return 0;
}

// The kernel lets a process only give up, and never take; inheritable is what the plan says, usually nothing
// (CVE-2022-29162).
long step_set_capabilities(const struct step *step) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  uint32_t data[2][3];  // struct __user_cap_data_struct: effective, permitted, inheritable
  for (int half = 0; half < 2; half++)
    for (int set = 0; set < 3; set++) data[half][set] = (uint32_t)(number(step, set) >> 32 * half);
  return SYS(capset, &header, data);
}

// Only what is permitted and inheritable can be raised; whatever the caller had raised is cleared first.
STEP(raise_ambient, TRY(SYS(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0));
     for (unsigned capability = 0; capability < 64; capability++) if (number(step, 0) >> capability & 1)
         TRY(SYS(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0)))

// The last step that needs a call the filter may forbid stands before it; the kernel verifies the program. Steps are
// not timed any more, as the filter need not let anyone ask for the time.
long step_filter_calls(const struct step *step) {
  struct bytes filter = bytes(step, 1);
  size_t instructions = filter.length / sizeof(struct sock_filter);
  struct sock_fprog program = {(unsigned short)instructions, (void *)(uintptr_t)filter.start};
  if (instructions == 0 || filter.length % sizeof(struct sock_filter) != 0 || instructions > UINT16_MAX) return -EINVAL;
  self.times = NULL;
  return SYS(seccomp, SECCOMP_SET_MODE_FILTER, number(step, 0), &program);
}

// A working directory outside the root (through a descriptor of the host's in /proc/self/fd, say) has no path that
// starts with "/" (CVE-2024-21626).
long step_change_directory(const struct step *step) {
  char where[PATH_LENGTH];
  if (number(step, 1) != 0 && !self.directory_refused) return 0;
  long changed = SYS(chdir, text(step, 0));
  self.directory_refused = changed == -EACCES;
  TRY(changed);
  TRY(SYS(getcwd, where, sizeof where));
  return where[0] == '/' ? 0 : -EXDEV;
}

// The caller's wish, who enters a root by hand: no check that it lies inside, as no command of a container's is run.
STEP(enter_directory, TRY(SYS(fchdir, slot(step, 0))))

// By the command's own user, after BECOME, so the answer is the one that execve will give. As execvp does: a candidate
// that may not be executed is remembered while the search goes on. From here on paths of the image are resolved by
// execve too (the program, its #! and ELF interpreters), so nothing may be open that one of them could lead through by
// /proc/self/fd (CVE-2024-21626): the plan has closed its slots, and what the caller or a step left open is closed by
// the execution. That is arranged here, as a system call filter may come before it.
long step_find_program(const struct step *step) {
  struct stat status;
  long failed = -ENOENT;
  TRY(SYS(close_range, self.first_free, ~0u, CLOSE_RANGE_CLOEXEC));
  for (char **candidate = texts(step, 0); *candidate != NULL; candidate++) {
    long found = SYS(newfstatat, AT_FDCWD, *candidate, &status, 0);
    if (found == 0 && TYPE(status.st_mode) == S_IFDIR) found = -EACCES;
    if (found == 0) found = SYS(faccessat2, AT_FDCWD, *candidate, MAY_EXECUTE, AT_EACCESS);
    self.program = found == 0 ? *candidate : NULL;
    if (found == 0) return 0;
    if (found == -EACCES || (found != -ENOENT && found != -ENOTDIR && failed == -ENOENT)) failed = found;
  }
  return failed;
}

// Nothing above the standard descriptors survives but what the plan preserves; no signal stays ignored or blocked,
// unless the plan wants signals as the caller had them. The path is resolved in the container's own root, and no slot
// is open through which one could leave it. The launcher itself may become the command, too: its connection then ends.
long step_execute(const struct step *step) {
  if (self.program == NULL) return -ENOENT;
  char **arguments = texts(step, 0), **environment = texts(step, 1);
  release_slots();
  if ((number(step, 3) & 1) != 0) restore_signals(0);
  else reset_signals();
  long failed = SYS(execve, self.program, arguments, environment);
  if (failed != -ENOEXEC || (number(step, 3) & 2) == 0) return failed;
  // texts() has left a place before the first argument.
  arguments[0] = (char *)(uintptr_t)self.program;
  *--arguments = "/bin/sh";
  return SYS(execve, "/bin/sh", arguments, environment);
}
