// Carries the steps of one role out, and is one end of the channels between the roles.
#include "launcher.h"

struct launcher self;

// Before paths of the image are resolved, and after a plan.
void release_slots(void) {
  for (int i = 0; i < SLOT_COUNT; i++) release(&self.slot[i]);
}

// Closes one of our own descriptors, where it is open, and forgets it.
void release(int *descriptor) {
  if (*descriptor >= 0) SYS(close, *descriptor);
  *descriptor = -1;
}

static size_t times_length(void) { return (self.plan.steps + 1) * sizeof *self.times; }

// What outlives a plan is the connections; all else starts anew.
void begin_plan(struct plan plan, uint32_t flags) {
  self = (struct launcher){.plan = plan,
                           .last = (flags & PLAN_LAST) != 0,
                           .planner = self.planner,
                           .detached = self.detached,
                           .signalled = self.signalled,
                           .sealed = self.sealed,
                           .arguments = self.arguments,
                           .environment = self.environment,
                           .home = self.home,
                           .terminal = -1};
  for (int i = 0; i < SLOT_COUNT; i++) self.slot[i] = -1;
  for (int i = 0; i < ROLES; i++) self.channel[i] = self.child_end[i] = -1;
  // Made before the first fork, so that each process adds the times of its own steps.
  long times = (flags & PLAN_TIMED) == 0 ? -1 : SYS(mmap, NULL, times_length(), MAP_RW, MAP_SHARED_MEMORY, -1, 0);
  self.times = times < 0 ? NULL : (uint64_t *)times;
}

void end_plan(void) {
  release_slots();
  if (self.times != NULL) SYS(munmap, self.times, times_length());
}

static uint64_t now(void) {
  struct duration time;
  SYS(clock_gettime, CLOCK_STEADY, &time);
  return (uint64_t)time.seconds * 1000000000 + (uint64_t)time.nanoseconds;
}

static long step(const struct step *step) {
  uint64_t begin = self.times != NULL ? now() : 0;
  self.stage = 0;
  self.detail[0] = 0;
  long result = -ENOSYS;
  switch (step->operation) {
#define ROW(code, NAME, name, kinds) \
  case code: result = step_##name(step); break;
    OPERATIONS(ROW)
#undef ROW
  }
  if (self.times != NULL) self.times[step - self.plan.step] = now() - begin;
  return result < 0 && (uint32_t)-result == step->tolerated ? 0 : result;
}

// The steps of a role, in order, up to the first failure: one of its own, or one that a child told of. Where they undo,
// or come after the end, one that fails must not keep the others from being tried.
bool carry_out(unsigned role, bool always) {
  for (uint32_t i = 0; i < self.plan.steps; i++) {
    long result = self.plan.step[i].role == role ? step(&self.plan.step[i]) : 0;
    if (result >= 0) continue;
    if (always) say("afterwards: ", operation_name(self.plan.step[i].operation), "", result);
    else if (self.failure.kind != FAILED) {
      self.failure = (struct message){FAILED, i, self.stage, (uint32_t)-result, ""};
      put_text(self.failure.detail, self.detail);
    }
    if (!always) return false;
  }
  return true;
}

long send_with(int socket, const void *start, size_t length, int descriptor) {
  struct passed control = {sizeof control - sizeof(int), LEVEL_SOCKET, RIGHTS, descriptor, 0};
  struct iovec vector = {(void *)(uintptr_t)start, length};
  struct user_msghdr header = {NULL, 0, &vector, 1, &control, descriptor < 0 ? 0 : sizeof control, 0};
  long sent = -EPIPE;
  while (socket >= 0 && (sent = SYS(sendmsg, socket, &header, NO_SIGNAL)) == -EINTR) continue;
  return sent;
}

long tell(unsigned role, struct message message, int descriptor) {
  return send_with(self.channel[role], &message, sizeof message, descriptor);
}

// A signal that asks the launcher to end, while the container is still being made, is a failure of what it awaits.
static long await_channel(int channel) {
  uint32_t signal[32];
  for (;;) {
    struct poll_entry entries[2] = {{channel, POLL_IN, 0}, {self.signalled, POLL_IN, 0}};
    long ready = SYS(ppoll, entries, 2, NULL, NULL, 8);
    if (ready < 0 && ready != -EINTR) return ready;
    if (entries[0].ready != 0) return 0;
    while (SYS(read, self.signalled, signal, sizeof signal) == sizeof signal)
      if (asks_to_end(signal[0])) return -EINTR;
  }
}

// One message of the channel to `role`, or its end. A child's failure is returned as this step's. Who sends is this
// program, carrying out the plan's steps: a channel is closed when its child executes anything else.
static long receive(unsigned role, bool *ended) {
  struct passed control = {.descriptor = -1};
  struct message message;
  struct iovec vector = {&message, sizeof message};
  struct user_msghdr header = {NULL, 0, &vector, 1, &control, sizeof control, 0};
  long got = self.role == ROLE_LAUNCHER ? await_channel(self.channel[role]) : 0;
  if (got < 0) return got;
  while ((got = SYS(recvmsg, self.channel[role], &header, RECEIVE_CLOEXEC)) == -EINTR) continue;
  if (got == 0 || got == -ECONNRESET) {
    *ended = true;
    return self.role == ROLE_LAUNCHER ? 0 : -ECHILD;
  }
  if (got != sizeof message) return got < 0 ? got : -EPROTO;
  message.detail[DETAIL_MOST - 1] = 0;
  if (header.control_length >= sizeof control - sizeof(int)) {
    release(&self.terminal);
    self.terminal = control.descriptor;
  }
  if (message.kind == NOTIFIED) self.notified[role] = true;
  if (message.kind == NOTIFIED && self.role != ROLE_LAUNCHER) self.pid[self.role] = (int)message.stage;
  if (message.kind == FORKED && message.step < ROLES) self.pid[message.step] = (int)message.stage;
  if (message.kind == FAILED) self.failure = message;
  return message.kind == FAILED ? -ECHILD : 0;
}

// Until the word has come, or the channel has ended.
long receive_until(unsigned role, const bool *word) {
  bool ended = self.channel[role] < 0;
  while (!ended && (word == NULL || !*word)) {
    long failed = receive(role, &ended);
    if (failed < 0) return failed;
  }
  return 0;
}

long reap(bool block) {
  int status;
  long pid;
  while ((pid = SYS(wait4, -1, &status, block ? 0 : WNOHANG, NULL)) == -EINTR) continue;
  for (unsigned role = 0; pid > 0 && role < ROLES; role++) {
    if (self.pid[role] == pid) self.pid[role] = 0, self.status[role] = status;
  }
  return pid;
}

// Kills and reaps what a failed plan has made, so that nothing that undoes meets a live process. Only our own are
// awaited: the caller may have had children before it became the launcher. What a joiner forked and nobody adopted
// is in its channel still; roles count up, so it is found before its turn comes. A step of the launcher's that failed
// because a child was gone is no news; why the child failed is, and is in its channel too.
void end_children(void) {
  struct message failure = self.failure;
  self.failure.kind = NOTIFIED;
  for (unsigned role = ROLE_JOINER; role < ROLES; role++) {
    release(&self.child_end[role]);
    if (self.pid[role] > 0) SYS(kill, self.pid[role], SIG_KILL);
    while (self.pid[role] > 0 && reap(true) > 0) continue;
    receive_until(role, NULL);
    release(&self.channel[role]);
  }
  if (self.failure.kind != FAILED || self.plan.step[failure.step].role != ROLE_LAUNCHER) self.failure = failure;
}
