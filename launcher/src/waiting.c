// Waiting for a process as its parent: signals are passed on, the terminal is relayed, and its end becomes ours.
#include "launcher.h"

// A wait status says it was stopped, or which signal ended it.
static bool stopped(int status) { return (status & 0xff) == 0x7f; }
static int ended_by(int status) { return status & 0x7f; }

#define BIT(signal) (1ull << ((signal)-1))

static uint64_t callers_mask;
static bool blocked;

// From the first child on, signals are read from a descriptor, so that none is lost and none interrupts a step.
long block_signals(void) {
  uint64_t all = ~0ull;
  if (self.signalled >= 0) return 0;
  SYS(rt_sigprocmask, SIG_SETMASK, &all, blocked ? NULL : &callers_mask, sizeof all);
  blocked = true;
  self.signalled = (int)SYS(signalfd4, -1, &all, sizeof all, O_CLOEXEC | O_NONBLOCK);
  return self.signalled;
}

// As the caller had it, and these blocked too.
void restore_signals(uint64_t more) {
  uint64_t mask = callers_mask | more;
  if (blocked) SYS(rt_sigprocmask, SIG_SETMASK, &mask, NULL, sizeof mask);
}

// What the caller ignored (a shell's background job, a JVM) is not for the command to inherit.
void reset_signals(void) {
  struct signal_action standard = {0};
  uint64_t none = 0;
  for (int signal = 1; signal <= SIGNALS; signal++)
    if (signal != SIG_KILL && signal != SIG_STOP) SYS(rt_sigaction, signal, &standard, NULL, sizeof standard.mask);
  SYS(rt_sigprocmask, SIG_SETMASK, &none, NULL, sizeof none);
}

// The pid is that of a child that is not reaped, so it can't be another's.
void pass_signals_on(unsigned role) {
  uint32_t signal[32];
  while (SYS(read, self.signalled, signal, sizeof signal) == sizeof signal) {
    if (signal[0] == SIG_WINCH && self.terminal >= 0) relay_resize();
    else if (is_for_the_command(signal[0])) SYS(kill, self.pid[role], signal[0]);
  }
}

// A monitor lets go of the process that the caller started, and of what it held of the caller's.
static void let_go(void) {
  char done = 0;
  int null_device = (int)open_at(AT_FDCWD, "/dev/null", O_RDWR, 0, 0);
  for (int descriptor = 0; null_device >= 0 && descriptor < STANDARD_DESCRIPTORS; descriptor++)
    if (!self.redirected[descriptor]) SYS(dup3, null_device, descriptor, 0);
  release(&null_device);
  SYS(chdir, "/");
  write_all(self.detached, &done, 1);
  release(&self.detached);
}

// Whether the process has ended. Asked before the first wait, too: the word of its end may have been read by a step
// that awaited something else, or have been one with that of another child.
bool has_ended(unsigned role) {
  long reaped;
  while ((reaped = reap(false)) > 0) continue;
  if (reaped == -ECHILD) self.pid[role] = 0;
  return self.pid[role] <= 0;
}

static void watch(unsigned role, bool relay, bool watch_planner) {
  struct poll_entry entries[4] = {{self.signalled, POLL_IN, 0}, {watch_planner ? self.planner : -1, POLL_IN, 0}};
  while (!has_ended(role)) {
    if (relay) relay_entries(entries + 2);
    if (SYS(ppoll, entries, relay ? 4 : 2, NULL, NULL, 8) < 0) continue;
    if (entries[0].ready != 0) pass_signals_on(role);
    if (entries[1].descriptor >= 0 && entries[1].ready != 0) {
      SYS(kill, self.pid[role], SIG_KILL);
      entries[1].descriptor = -1;
    }
    if (relay) relay_move(entries + 2);
  }
}

static void signal_oneself(int signal) {
  long own = SYS(getpid);
  SYS(kill, own, signal);
}

// Dies of the signal that the child died of, so that the caller sees what it would have seen. Where the kernel does not
// let it (the first process of a pid namespace), it fails as others do.
static void die_of(int signal) {
  struct signal_action standard = {0};
  uint64_t none = 0;
  if (signal != SIG_KILL) SYS(rt_sigaction, signal, &standard, NULL, sizeof standard.mask);
  signal_oneself(signal);
  SYS(rt_sigprocmask, SIG_SETMASK, &none, NULL, sizeof none);
  leave(1);
}

// A parent as unshare and nsenter of util-linux are: signals act on it as on any program of the caller's.
// flags: 16 it ignores SIGINT and SIGTERM, 32 it stops when the child does, 64 it dies as the child did.
static void accompany(unsigned role, uint64_t flags) {
  int child = self.pid[role], status = 0;
  restore_signals((flags & 16) != 0 ? BIT(SIG_INT) | BIT(SIG_TERM) : 0);
  for (long waited = 0; waited != child;) {
    waited = SYS(wait4, child, &status, (flags & 32) != 0 ? WUNTRACED : 0, NULL);
    if (waited < 0 && waited != -EINTR) leave(1);
    if (waited != child || !stopped(status)) continue;
    signal_oneself(SIG_STOP);
    SYS(kill, child, SIG_CONTINUE);
    waited = 0;
  }
  self.pid[role] = 0, self.status[role] = status;
  if ((flags & 64) != 0 && ended_by(status) != 0) die_of(ended_by(status));
}

// flags: 1 relay the terminal, 2 kill the process when the planner's connection ends, 4 only until it has executed,
// 8 without a part in it, see accompany().
long wait_for(unsigned role, uint64_t flags) {
  if (self.role == ROLE_LAUNCHER) {
    // Every child has executed when its channel has ended without a failure.
    for (unsigned child = ROLE_JOINER; child < ROLES; child++) {
      TRY(receive_until(child, NULL));
      release(&self.channel[child]);
    }
    if (self.last) report();
    if (self.detached >= 0) let_go();
    if ((flags & 2) == 0 && self.last) release(&self.planner);
  }
  if ((flags & 4) != 0) return 0;
  bool relay = (flags & 1) != 0 && self.terminal >= 0;
  if (relay) relay_start();
  if ((flags & 8) != 0) accompany(role, flags);
  else if (is_monitor()) monitor(role);
  else watch(role, relay, (flags & 2) != 0);
  if (relay) relay_end();
  self.code = code_of(self.status[role]);
  self.waited = true;
  return 0;
}
