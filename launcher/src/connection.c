// The connection to the planner: frames of {u32 type, u32 length} and a payload, all little endian.
//
//   launcher                                planner
//      | -- REQUEST ------------------------> |
//      | <----------- PRINT, PRINT, ... EXIT -|   an answer
//      | <----------------------------- SEAL -|   or work: SEAL once, as soon as there will be a container's plan,
//      | <----------------------------- PLAN -|   and the launcher seals itself while the planner plans
//      | -- OUTCOME ------------------------> |   and so on, until EXIT, or a plan that is the last
#include "launcher.h"

#define REQUEST_MOST (8u << 20)

static _Alignas(8) char received[PLAN_MOST_BYTES];

// Appends a text and its NUL; past the end it only counts, so that who asks sees that it did not fit.
static void put(char *to, size_t *length, const char *text) {
  size_t bytes = strlen(text) + 1;
  if (*length + bytes <= REQUEST_MOST) memcpy(to + *length, text, bytes);
  *length += bytes;
}

// arguments: the program's name, and what followed it. In one write: the planner then reads it at once.
long send_request(char **arguments) {
  self.arguments = arguments;
  static char frame[REQUEST_MOST];
  char directory[PATH_LENGTH];
  struct winsize size = {0};
  struct {
    uint32_t type, bytes, version, pid, uid, gid, umask, terminals, rows, columns, argc, envc;
    uint64_t secret[2], world;
  } header = {.type = FRAME_REQUEST, .version = PROTOCOL_VERSION, .umask = (uint32_t)SYS(umask, 022)};
  size_t length = sizeof header;
  SYS(umask, header.umask);
  header.pid = (uint32_t)SYS(getpid), header.uid = (uint32_t)SYS(getuid), header.gid = (uint32_t)SYS(getgid);
  header.world = self.world;
  TRY(prove(header.pid, header.secret));
  self.name = arguments[0];
  for (int descriptor = STANDARD_DESCRIPTORS - 1; descriptor >= 0; descriptor--)
    if (SYS(ioctl, descriptor, TIOCGWINSZ, &size) == 0) header.terminals |= 1u << descriptor;
  header.rows = size.ws_row, header.columns = size.ws_col;
  if (SYS(getcwd, directory, sizeof directory) < 0 || directory[0] != '/') directory[0] = 0;
  put(frame, &length, arguments[0]);
  put(frame, &length, directory);
  for (; arguments[1 + header.argc] != NULL; header.argc++) put(frame, &length, arguments[1 + header.argc]);
  for (; self.environment[header.envc] != NULL; header.envc++) put(frame, &length, self.environment[header.envc]);
  if (length > sizeof frame) return -E2BIG;
  header.bytes = (uint32_t)length - 8;
  memcpy(frame, &header, sizeof header);
  return send_all(self.planner, frame, length);
}

// Tells the planner how the plan ended: {step, stage, errno} and the kernel's words on it, or, of a timed plan that
// succeeded, {-1, 0, 0, exit code} and each step's time.
long report(void) {
  bool failed = self.failure.kind == FAILED, timed = !failed && self.times != NULL;
  uint32_t words = failed  ? (uint32_t)strlen(self.failure.detail)
                   : timed ? 4 + self.plan.steps * (uint32_t)sizeof *self.times
                           : 0;
  uint32_t fields[6] = {FRAME_OUTCOME, 12 + words, UINT32_MAX, 0, 0, (uint32_t)self.code};
  if (failed) fields[2] = self.failure.step, fields[3] = self.failure.stage, fields[4] = self.failure.error;
  self.reported = true;
  long lost = send_all(self.planner, fields, timed ? sizeof fields : sizeof fields - 4);
  if (lost < 0) return lost;
  return timed ? send_all(self.planner, self.times, words - 4) : send_all(self.planner, self.failure.detail, words);
}

// The descriptors that the command may keep are the caller's 3 to 2 + preserved. Before anything is made that could
// see them, everything else that the caller leaked is closed, and the connection moves out of the way. A plan that
// executes nothing leaves them to the one that does.
static void drop_leaked_descriptors(void) {
  uint64_t first = 0;
  for (uint32_t i = 0; i < self.plan.steps; i++)
    if (self.plan.step[i].operation == OPERATION_EXECUTE) first = STANDARD_DESCRIPTORS + number(&self.plan.step[i], 2);
  self.first_free = first;
  if (first == 0 || first > INT32_MAX) return;
  long moved = SYS(fcntl, self.planner, F_DUPFD_CLOEXEC, first);
  if (moved < 0) return;
  release(&self.signalled);
  SYS(close, self.planner);
  self.planner = (int)moved;
  if ((uint64_t)moved > first) SYS(close_range, first, moved - 1, 0);
  SYS(close_range, moved + 1, ~0u, 0);
}

// The planner does not know the outcome, and can't be told any more.
static bool planner_is_gone(void) { return !self.reported && report() < 0; }

static const char *receive_plan(uint32_t length, struct plan *plan, uint32_t *flags) {
  if (length < 4 || length - 4 > sizeof received) return "wrong length";
  if (read_all(self.planner, flags, 4) < 0 || read_all(self.planner, received, length - 4) < 0) return "it broke off";
  return plan_check(plan, received, length - 4);
}

static void undo(void) {
  end_children();
  carry_out(ROLE_UNDO, true);
}

// Returns whether the launcher is to leave, with self.code.
static bool run_plan(uint32_t length) {
  uint32_t flags = 0;
  struct plan plan;
  const char *wrong = receive_plan(length, &plan, &flags);
  if (wrong != NULL) say("the planner sent a plan that is malformed: ", wrong, "", 0), leave(1);
  begin_plan(plan, flags);
  drop_leaked_descriptors();
  bool succeeded = carry_out(ROLE_LAUNCHER, false);
  int code = self.code;
  if (!succeeded) undo();
  else if (self.waited) carry_out(ROLE_END, true);
  // Without its planner the launcher finishes a plan that is the last, and undoes one that was to be followed by
  // others.
  bool gone = planner_is_gone(), failed = !succeeded || (gone && !self.last);
  if (gone && succeeded && !self.last) undo();
  const char *step = succeeded ? "" : operation_name(self.plan.step[self.failure.step].operation);
  if (gone && failed) say("the planner is gone, and its plan was undone ", step, "", -(long)self.failure.error);
  end_plan();
  self.code = gone && failed ? 1 : code;
  return gone || (succeeded && self.last);
}

// The launcher's own image is what a container could reach through /proc/PID/exe and overwrite (CVE-2019-5736), so
// containers are made by a copy in memory that nothing can write to any more. It keeps the request: the planner plans
// meanwhile, and if it ends before it answers, another one is asked.
static long execute_sealed(void) {
  size_t count = 0;
  while (self.arguments[count] != NULL) count++;
  char connection[24], *arguments[4 + count + 1];
  memcpy(arguments, (char *[]){"belljar", "--sealed", connection, (char *)(uintptr_t)self.home}, 4 * sizeof *arguments);
  memcpy(arguments + 4, self.arguments, (count + 1) * sizeof *arguments);
  unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING, executable = 0x10 /* MFD_EXEC, from Linux 6.3 */;
  HOLD(own, open_at(AT_FDCWD, "/proc/self/exe", O_RDONLY, 0, 0));
  long memory = SYS(memfd_create, "belljar", flags | executable), copied;
  if (memory == -EINVAL) memory = SYS(memfd_create, "belljar", flags);
  while ((copied = SYS(sendfile, memory, own, NULL, 1 << 24)) > 0) continue;
  put_number(connection, (uint64_t)self.planner);
  if (copied == 0) copied = SYS(fcntl, memory, ADD_SEALS, SEAL_ALL);
  if (copied == 0) copied = SYS(fcntl, self.planner, F_SETFD, 0);
  return copied < 0 ? copied : SYS(execveat, memory, "", arguments, self.environment, AT_EMPTY_PATH);
}

// A caller's pipe may be set not to make anyone wait; then it is waited for here.
long print_bytes(long descriptor, const void *bytes, size_t length) {
  const char *start = bytes;
  long wrote = 0;
  for (; length > 0; start += wrote > 0 ? wrote : 0, length -= wrote > 0 ? (size_t)wrote : 0) {
    struct poll_entry entry = {(int)descriptor, POLL_OUT, 0};
    wrote = SYS(write, descriptor, start, length);
    if (wrote == -EAGAIN) SYS(ppoll, &entry, 1, NULL, NULL, 8);
    else if (wrote < 0 && wrote != -EINTR) return wrote;
  }
  return 0;
}

static void print(uint32_t length) {
  uint32_t descriptor;
  if (length < 4 || length - 4 > sizeof received || read_all(self.planner, &descriptor, 4) < 0) leave(1);
  if (read_all(self.planner, received, length - 4) < 0 || (descriptor != 1 && descriptor != 2)) return;
  long lost = print_bytes(descriptor, received, length - 4);
  if (lost < 0 && descriptor == 1) say("the output can't be written", "", "", lost), leave(1);
}

// The next bytes of the caller's standard input, as it has them; none: it has ended. A planner that ends meanwhile
// needs no more of them.
static void read_input(uint32_t length) {
  uint32_t most, frame[2] = {FRAME_DATA, 0};
  struct poll_entry entries[2] = {{0, POLL_IN, 0}, {self.planner, 0, 0}};
  if (length != 4 || read_all(self.planner, &most, 4) < 0) leave(1);
  long got = -EAGAIN;
  while (got == -EAGAIN || got == -EINTR) {
    SYS(ppoll, entries, 2, NULL, NULL, 8);
    if (entries[1].ready != 0) leave(1);
    got = SYS(read, 0, received, most < sizeof received ? most : sizeof received);
  }
  if (got < 0) say("standard input can't be read", "", "", got), leave(1);
  frame[1] = (uint32_t)got;
  send_all(self.planner, frame, sizeof frame);
  send_all(self.planner, received, (size_t)got);
}

// Answers the planner until it says how to leave. -1: it ended before it answered at all.
int serve(void) {
  for (bool answered = false;;) {
    uint32_t frame[2], code;
    long got;
    while ((got = SYS(read, self.planner, frame, sizeof frame)) == -EAGAIN || got == -EINTR)
      if (got == -EAGAIN && is_given_up(answered)) return -1;
    if (got <= 0 || read_all(self.planner, (char *)frame + got, sizeof frame - (size_t)got) < 0) {
      if (answered) say("the planner ended before its answer did; see planner.log in the runtime directory", "", "", 0);
      return answered ? 1 : -1;
    }
    // Who asked has been seen: in ps it is the program again, and a sealed copy goes out of reach again.
    if (self.name != NULL) SYS(prctl, PR_SET_NAME, self.name);
    if (self.name != NULL && self.sealed) SYS(prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
    self.name = NULL;
    switch (frame[0]) {
      case FRAME_PRINT: print(frame[1]); break;
      case FRAME_READ: read_input(frame[1]); break;
      case FRAME_EXIT: return read_all(self.planner, &code, 4) < 0 ? 1 : (int)(code & 0xff);
      case FRAME_SEAL:
        if (self.sealed) continue;
        say("can't execute a sealed copy of the launcher", "", "", execute_sealed());
        return 1;
      case FRAME_PLAN:
        if (run_plan(frame[1])) return self.code;
        break;
      default: say("the planner speaks another version of the protocol", "", "", 0); return 1;
    }
    answered = true;
  }
}
