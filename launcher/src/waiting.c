// Waiting for a process as its parent: signals are passed on, the terminal is relayed, and its end becomes ours.
#include "launcher.h"

// From the first child on, signals are read from a descriptor, so that none is lost and none interrupts a step.
long block_signals(void) {
  uint64_t all = ~0ull;
  if (self.signalled >= 0) return 0;
  SYS(rt_sigprocmask, SIG_SETMASK, &all, NULL, sizeof all);
  self.signalled = (int)SYS(signalfd4, -1, &all, sizeof all, O_CLOEXEC | O_NONBLOCK);
  return self.signalled;
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
static void pass_signals_on(unsigned role) {
  uint32_t signal[32];
  while (SYS(read, self.signalled, signal, sizeof signal) == sizeof signal) {
    if (signal[0] == SIG_CHILD || signal[0] == SIG_PIPE || signal[0] == SIG_URGENT) continue;
    if (signal[0] == SIG_WINCH && self.terminal >= 0) relay_resize();
    else SYS(kill, self.pid[role], signal[0]);
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

static void watch(unsigned role, bool relay, bool watch_planner) {
  struct poll_entry entries[4] = {{self.signalled, POLL_IN, 0}, {watch_planner ? self.planner : -1, POLL_IN, 0}};
  while (self.pid[role] > 0) {
    if (relay) relay_entries(entries + 2);
    if (SYS(ppoll, entries, relay ? 4 : 2, NULL, NULL, 8) < 0) continue;
    if (entries[0].ready != 0) pass_signals_on(role);
    if (entries[1].descriptor >= 0 && entries[1].ready != 0) {
      SYS(kill, self.pid[role], SIG_KILL);
      entries[1].descriptor = -1;
    }
    if (relay) relay_move(entries + 2);
    long reaped;
    while ((reaped = reap(false)) > 0) continue;
    if (reaped == -ECHILD) self.pid[role] = 0;
  }
}

// flags: 1 relay the terminal, 2 kill the process when the planner's connection ends, 4 only until it has executed.
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
  watch(role, relay, (flags & 2) != 0);
  if (relay) relay_end();
  self.code = code_of(self.status[role]);
  self.waited = true;
  return 0;
}
