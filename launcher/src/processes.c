// Steps that make processes, join and leave namespaces, signal, and wait for one another.
#include "launcher.h"

// Every descriptor that a child is to hold was opened by a step or is its own channel; it loses the rest here, before
// anything of the container can see it. It can't be traced either (CVE-2016-9962): the launcher was made undumpable
// before, so that takes CAP_SYS_PTRACE in the launcher's own user namespace, which no container has unless it is given.
// It keeps the ends of the roles that it may fork, those after its own, for them; they are closed when it executes.
// A launcher that died before the signal of its death was asked for has left a channel that nobody holds.
// Modes are as the steps say, so the umask is 0 until SET_UMASK; what an init forks comes after that.
__attribute__((noreturn)) static void become_child(unsigned role) {
  struct duration now = {0, 0};
  int own = self.child_end[role];
  struct poll_entry hung_up = {own, 0, 0};
  SYS(prctl, PR_SET_PDEATHSIG, SIG_KILL, 0, 0, 0);
  self.death_signal = SIG_KILL;
  if (self.role != ROLE_INIT) SYS(umask, 0);
  self.child_end[role] = -1;
  release(&self.planner);
  release(&self.detached);
  release(&self.signalled);
  for (unsigned other = 0; other < ROLES; other++) {
    release(&self.channel[other]);
    if (other < role) release(&self.child_end[other]);
    self.pid[other] = 0, self.notified[other] = false;
  }
  self.channel[ROLE_LAUNCHER] = own;
  self.role = role;
  if (SYS(ppoll, &hung_up, 1, &now, NULL, 8) > 0) leave(1);
  if (carry_out(role, false)) leave(self.code);
  if (tell(ROLE_LAUNCHER, self.failure, -1) < 0 && self.started)
    say(self.program ? self.program : "the command", " could not be executed", "", -(long)self.failure.error);
  leave(self.failure.error == ENOENT ? 127 : 126);
}

static long open_channel(unsigned child) {
  int ends[2];
  TRY(SYS(socketpair, AF_UNIX, SOCKET_PACKETS | O_CLOEXEC, 0, ends));
  release(&self.channel[child]);
  self.channel[child] = ends[0];
  self.child_end[child] = ends[1];
  return 0;
}

// To every child, as a joiner may fork the others. The launcher gave all ends away with its first child; one that it
// forks after that gets a channel of its own.
static long open_channels(unsigned forked) {
  for (unsigned child = ROLE_JOINER; child < ROLES && self.channel[child] < 0; child++) TRY(open_channel(child));
  if (self.child_end[forked] < 0 && self.pid[forked] == 0) TRY(open_channel(forked));
  self.stage = 0;
  return block_signals();
}

// A new process with a copy of this memory, and nothing shared (FORK_FLAGS). A role is forked once: its channel has
// one end to give away.
long step_fork(const struct step *step) {
  unsigned child = role(step, 0);
  struct clone_args arguments = {.flags = number(step, 1)};
  if ((arguments.flags & ~(uint64_t)FORK_FLAGS) != 0) return -EINVAL;
  if ((arguments.flags & CLONE_PARENT) == 0) arguments.exit_signal = SIG_CHILD;
  if (number(step, 2) != SLOT_NONE) {
    arguments.flags |= CLONE_INTO_CGROUP;
    arguments.cgroup = (uint64_t)slot(step, 2);
  }
  long failed = self.role == ROLE_LAUNCHER ? open_channels(child) : 0;
  if (failed < 0 || self.child_end[child] < 0) return failed < 0 ? failed : -EINVAL;
  // Only root may write the maps of an undumpable child; until they are written, it holds this same user's. A joiner's
  // child is in namespaces of a container's, and stays out of its reach.
  bool mapped = self.role == ROLE_LAUNCHER && (arguments.flags & CLONE_NEWUSER) != 0 && SYS(getuid) != 0;
  long dumpable = mapped ? SYS(prctl, PR_GET_DUMPABLE) : 0;
  if (mapped && (failed = SYS(prctl, PR_SET_DUMPABLE, 1, 0, 0, 0)) < 0) return failed;
  self.exposed = mapped;
  long pid = start_process(arguments);
  if (pid == 0) become_child(child);
  if (mapped) SYS(prctl, PR_SET_DUMPABLE, dumpable, 0, 0, 0);
  self.exposed = false;
  TRY(pid);
  // The launcher keeps no end that is a child's: end of file must mean that the child has executed or is gone.
  for (unsigned other = 0; other < ROLES; other++)
    if (self.role == ROLE_LAUNCHER || other == child) release(&self.child_end[other]);
  if ((arguments.flags & CLONE_PARENT) == 0) self.pid[child] = (int)pid;
  else TRY(tell(ROLE_LAUNCHER, (struct message){FORKED, child, (uint32_t)pid, 0, ""}, -1));
  return 0;
}

// The joiner forked a child that is the launcher's. Its pid is the joiner's word: the joiner is this program, in the
// launcher's own pid namespace.
long step_adopt(const struct step *step) {
  TRY(receive_until(role(step, 0), NULL));
  bool forked = self.pid[role(step, 1)] != 0;
  // The child may have ended meanwhile, and is reaped with the joiner then.
  while (self.pid[role(step, 0)] != 0) TRY(reap(true));
  return forked ? 0 : -ECHILD;
}

// Namespaces are joined by descriptor, so which one it is was settled when it was opened. The kernel asks for the
// privileges of the namespace that is entered or left; whoever makes the step has the caller's and no more.
long step_join(const struct step *step) {
  uint64_t bit = 1ull << (number(step, 0) & 63);
  if (number(step, 2) != 0 && (self.refused & bit) == 0) return 0;
  long joined = SYS(setns, slot(step, 0), number(step, 1));
  if (joined < 0) self.refused |= bit;
  return joined;
}

// The kernel says which, and refuses where that lies outside of the caller's own user namespace.
STEP(open_owner, TRY(keep(step, 0, SYS(ioctl, slot(step, 1), 0xb701 /* NS_GET_USERNS */, 0))))

// By descriptor: the process is still the one that was looked at. The kernel asks for the right to trace it. To a
// device the same number may mean anything; what is no socket is not asked at all.
STEP(open_of_socket, HOLD(socket, SYS(pidfd_getfd, slot(step, 1), number(step, 2), 0)); int type, size = sizeof type;
     TRY(SYS(getsockopt, socket, LEVEL_SOCKET, 3 /* SO_TYPE */, &type, &size));
     TRY(keep(step, 0, SYS(ioctl, socket, 0x894c /* SIOCGSKNS */, 0))))

STEP(unshare, TRY(SYS(unshare, number(step, 0))))

// unshare(CLONE_NEWTIME) is for children; a process itself enters when it joins what it made for them.
STEP(join_time, HOLD(namespace, open_at(AT_FDCWD, "/proc/self/ns/time_for_children", O_RDONLY, 0, 0));
     TRY(SYS(setns, namespace, CLONE_NEWTIME)))

// The start time is compared after the pidfd is held, so a pid that was given to another process is noticed.
long step_open_process(const struct step *step) {
  uint64_t start_time;
  TRY(keep(step, 0, SYS(pidfd_open, number(step, 1), 0)));
  if (number(step, 2) == 0) return 0;
  TRY(start_time_of((long)number(step, 1), &start_time));
  return start_time == number(step, 2) ? 0 : -ESRCH;
}

// By descriptor, and so never to a process that got the pid of one that ended.
STEP(signal_process, TRY(SYS(pidfd_send_signal, slot(step, 0), number(step, 1), NULL, 0)))

STEP(await_exit, long ended = poll_one(slot(step, 0), (long)number(step, 1)); TRY(ended == 0 ? -ETIMEDOUT : ended))

// To a child goes its pid, which it can't see from inside its namespace, and its hooks are to be told.
STEP(notify, struct message word = {NOTIFIED, 0, (uint32_t)self.pid[role(step, 0)], 0, ""};
     TRY(tell(role(step, 0), word, -1)))

// Fails when the other has died, so no order between two processes is ever only hoped for.
long step_await(const struct step *step) {
  bool *notified = &self.notified[role(step, 0)];
  TRY(receive_until(role(step, 0), notified));
  if (!*notified) return -ECHILD;
  *notified = false;
  // Its maps are written: nobody needs to look into it any more.
  if (self.exposed) SYS(prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
  self.exposed = false;
  return 0;
}

STEP(die_with_parent, self.death_signal = (int)number(step, 0);
     TRY(SYS(prctl, PR_SET_PDEATHSIG, self.death_signal, 0, 0, 0)))

// A child that executes nothing ends when its steps are done, so the end of its channel is its own.
long step_reap(const struct step *step) {
  unsigned child = role(step, 0);
  TRY(receive_until(child, NULL));
  while (self.pid[child] != 0) TRY(reap(true));
  release(&self.channel[child]);
  return self.status[child] == 0 ? 0 : -ECHILD;
}

// The caller's process waits for one byte, the exit code, says that all went well, and leaves; the monitor goes on in a
// session of its own.
long step_detach(const struct step *step) {
  int ends[2];
  unsigned char code = 1;
  if (self.detached >= 0) return -EINVAL;
  TRY(SYS(pipe2, ends, O_CLOEXEC));
  long pid = start_process((struct clone_args){.exit_signal = SIG_CHILD});
  SYS(close, ends[pid == 0 ? 0 : 1]);
  TRY(pid);
  if (pid > 0) {
    if (SYS(read, ends[0], &code, 1) != 1) say("the monitor of the container was killed while it started", "", "", 0);
    if (code == 0 && (pid = print_bytes(1, text(step, 0), strlen(text(step, 0)))) < 0)
      say("the output can't be written", "", "", pid), code = 1;
    leave(code);
  }
  self.detached = ends[1];
  return SYS(setsid);
}

STEP(wait, TRY(wait_for(role(step, 0), number(step, 1))))

// Pid 1 of our own. It holds nothing but the standard descriptors from here on.
long step_supervise(const struct step *step) {
  SYS(close_range, STANDARD_DESCRIPTORS, ~0u, 0);
  self.channel[ROLE_LAUNCHER] = -1;
  TRY(block_signals());
  return wait_for(role(step, 0), 0);
}

// A hook reads the container's state from its standard input: an unnamed file, which never makes the writer wait.
static long hook_input(struct bytes before, int pid, struct bytes after) {
  char digits[24] = "";
  if (pid >= 0) put_number(digits, (uint64_t)pid);
  HOLD(file, SYS(memfd_create, "state", MFD_CLOEXEC));
  TRY(write_all(file, before.start, before.length));
  TRY(write_all(file, digits, strlen(digits)));
  TRY(write_all(file, after.start, after.length));
  TRY(SYS(lseek, file, 0, 0));
  return kept(&file);
}

// A program of the host, chosen by who configured the container, with the caller's privileges; no descriptor of the
// launcher's reaches it, and it does not outlive the launcher.
long step_run(const struct step *step) {
  int pidfd = -1, status = 0;
  int of = role(step, 4) == ROLE_LAUNCHER ? -1 : self.pid[role(step, 4)];
  OWNED input = hook_input(bytes(step, 3), of, bytes(step, 5));
  if (input < 0) return input;
  self.stage = 1;
  long pid = start_process(
      (struct clone_args){.flags = CLONE_PIDFD, .pidfd = (uint64_t)(uintptr_t)&pidfd, .exit_signal = SIG_CHILD});
  if (pid == 0) {
    SYS(prctl, PR_SET_PDEATHSIG, SIG_KILL, 0, 0, 0);
    SYS(dup3, input, 0, 0);
    SYS(dup3, 2, 1, 0);
    SYS(close_range, STANDARD_DESCRIPTORS, ~0u, CLOSE_RANGE_CLOEXEC);
    reset_signals();
    leave(SYS(execve, text(step, 0), texts(step, 1), texts(step, 2)) == -ENOENT ? 127 : 126);
  }
  TRY(pid);
  OWNED process = pidfd;
  long ended = poll_one(process, number(step, 6) == 0 ? -1 : (long)number(step, 6));
  if (ended <= 0) SYS(pidfd_send_signal, process, SIG_KILL, NULL, 0);
  while (SYS(wait4, pid, &status, 0, NULL) == -EINTR) continue;
  TRY(ended == 0 ? -ETIMEDOUT : ended);
  put_number(put_text(self.detail, "exit status "), (uint64_t)code_of(status));
  return status == 0 ? 0 : -ECHILD;
}

// The channel to the launcher stays open until the command is executed, but the launcher has left by then.
STEP(await_start, char byte; TRY(read_all(slot(step, 0), &byte, 1)); self.started = true; release_slots())

// Only the one process that waits can read the fifo: it lies in the state's directory, which is root's alone.
STEP(start, HOLD(fifo, open_at(AT_FDCWD, text(step, 0), O_WRONLY | O_NONBLOCK | O_NOFOLLOW, 0, 0));
     TRY(write_all(fifo, "s", 1)); TRY(SYS(unlinkat, AT_FDCWD, text(step, 0), 0)))

STEP(print, TRY(write_all((long)number(step, 0), text(step, 1), strlen(text(step, 1)))))

// What comes after the container's end, and needs a planner: the message on why it died, and removal. The planner that
// made the plan may long be gone, so this is a request of its own. Its plans take the place of this one, so this is
// where the launcher leaves.
long step_finish(const struct step *step) {
  char code[24], **arguments = texts(step, 0);
  uint32_t count = number(step, 0) & UINT32_MAX;
  if (count == 0 || count >= VECTOR_MOST) return -EINVAL;
  put_number(code, (uint64_t)self.code);
  arguments[count] = code;
  arguments[count + 1] = NULL;
  int as_the_command = self.code;
  // A planner of an ordinary user can't see the namespaces of a process that is out of reach, and would refuse it. The
  // container is over, so nobody is left to be out of whose reach.
  SYS(prctl, PR_SET_DUMPABLE, 1, 0, 0, 0);
  request(arguments);
  leave(as_the_command);
}
