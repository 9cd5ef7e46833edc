// The launcher's state, and what its parts offer each other.
//
// One process carries out the steps of one role. The launcher forks the others, and holds a channel to each:
//
//   launcher                                   child (joiner, init, command)
//      | -- NOTIFIED {the child's pid} ---------> |   step NOTIFY / step AWAIT
//      | <--------------------------- NOTIFIED -- |
//      | <-------------- FORKED {role, pid} ----- |   a joiner forked a child of the launcher (CLONE_PARENT)
//      | <-------------- TERMINAL + descriptor -- |   the container's terminal, to be relayed
//      | <-- FAILED {step, stage, errno, text} -- |   the child then exits
//      | <------------------------ end of file -- |   the child executed the command (or was killed)
//
// A launcher that dies closes its ends: a child that awaits then exits, and every child that has not executed yet
// also dies by its parent-death signal.
#pragma once

#include "plan.h"

#define ROLES             (ROLE_COMMAND + 1)
#define OPERATION_EXECUTE 88
#define DETAIL_MOST       240
// All that a FORK may ask for: new namespaces, and a child of the launcher instead of the joiner. Memory and
// descriptors are never shared with a child.
#define FORK_FLAGS                                                                                             \
  (CLONE_PARENT | CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | \
   CLONE_NEWNET | CLONE_NEWTIME)

enum message_kind { NOTIFIED = 1, FORKED, TERMINAL, FAILED };

struct message {
  uint32_t kind;
  uint32_t step, stage, error;  // FAILED; for FORKED: role and pid in step and stage; for NOTIFIED: pid in stage
  char detail[DETAIL_MOST];
};

// Of the arrays by role: a launcher's `channel` is its end to each child, and `child_end` the ends that children not
// yet forked will have; a child has its end to the launcher in channel[ROLE_LAUNCHER]. `pid` is of children alive, else
// 0.
struct launcher {
  struct plan plan;
  unsigned role, stage;  // whose steps this process carries out; the call within the step that is under way
  int slot[SLOT_COUNT], channel[ROLES], child_end[ROLES], pid[ROLES], status[ROLES];
  bool notified[ROLES], redirected[STANDARD_DESCRIPTORS];  // words that came early; own descriptors that STDIO replaced
  // The connection; the container's terminal, to be relayed; a monitor's pipe to the process that the caller started;
  // a signalfd of all signals once a child was forked. Or -1.
  int planner, terminal, detached, signalled;
  // Of the plan: after success the planner is not needed any more; the planner knows the outcome; WAIT has seen the end
  // of its process, and `code` is the launcher's exit code.
  bool last, reported, waited;
  bool sealed;  // this process is the copy that nothing can write to
  // Of a child: CHANGE_DIRECTORY was refused; AWAIT_START has passed, so errors are shown; it can be looked into, as an
  // ordinary user's launcher has to write its maps.
  bool directory_refused, started, exposed;
  uint64_t refused;  // a bit for each slot that could not be joined
  int death_signal;  // what this process gets when its parent dies, or 0
  int code;
  uint64_t *times;                  // of a timed plan: nanoseconds of each step, shared by all processes; else NULL
  struct message failure;           // FAILED: the plan's first failure, of a step of this process or of a child
  char detail[DETAIL_MOST];         // the kernel's own words on the step's failure, where it has some
  uint64_t first_free;              // the lowest descriptor that is not to be preserved for the command
  const char *program;              // what FIND_PROGRAM found
  const char *name;                 // this process's own, while it has that of prove(); else NULL
  uint64_t world;                   // see socket_path()
  const char *home;                 // the distribution's directory
  char **environment, **arguments;  // arguments: of the request that is being answered
};

extern struct launcher self;

// Steps: 0 or more, or a negative errno; self.stage counts the calls.
#define ROW(code, NAME, name, kinds) long step_##name(const struct step *step);
OPERATIONS(ROW)
#undef ROW

// Carries a step's next system call out; where it fails, so does the step, and `stage` says which call it was.
#define TRY(call)                \
  do {                           \
    long tried = (call);         \
    if (tried < 0) return tried; \
    self.stage++;                \
  } while (0)

// A step's next call, that opens: the descriptor is closed when the step is left.
#define HOLD(name, call) \
  OWNED name = (call);   \
  TRY(name)

// A step that is one call, or several that must all succeed.
#define STEP(name, ...)                       \
  long step_##name(const struct step *step) { \
    (void)step;                               \
    __VA_ARGS__;                              \
    return 0;                                 \
  }

static inline long start_process(struct clone_args arguments) { return SYS(clone3, &arguments, sizeof arguments); }
// What a shell makes of a wait status.
static inline int code_of(int status) { return (status & 0x7f) == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f); }

static inline bool asks_to_end(unsigned signal) {
  return signal == SIG_INT || signal == SIG_TERM || signal == SIG_HUP || signal == SIG_QUIT;
}
// Others are the launcher's own affair.
static inline bool is_for_the_command(unsigned signal) {
  return signal != SIG_CHILD && signal != SIG_PIPE && signal != SIG_URGENT;
}

// A step's arguments; plan_check has looked at each.
static inline uint64_t number(const struct step *step, int argument) { return step->argument[argument]; }
static inline const char *text(const struct step *step, int argument) { return text_of(&self.plan, step, argument); }
static inline struct bytes bytes(const struct step *step, int argument) { return bytes_of(&self.plan, step, argument); }
static inline unsigned role(const struct step *step, int argument) { return (unsigned)step->argument[argument]; }
static inline int slot(const struct step *step, int argument) {
  return number(step, argument) == SLOT_NONE ? -1 : self.slot[number(step, argument)];
}
char **texts(const struct step *step, int argument);
long keep(const struct step *step, int argument, long descriptor);

// files.c
long open_in(long root, const char *path, uint64_t flags, uint64_t resolve);
long parent_in(long root, const char *path, char *last);
long connect_socket(long socket, const char *path);
long write_file(const char *path, const void *start, size_t length);

// execution.c
bool carry_out(unsigned role, bool always);
long receive_until(unsigned role, const bool *word);
long send_with(int socket, const void *start, size_t length, int descriptor);
long tell(unsigned role, struct message message, int descriptor);
long reap(bool block);
void begin_plan(struct plan plan, uint32_t flags);
void end_plan(void);
void end_children(void);
void release(int *descriptor);
void release_slots(void);

// waiting.c
long wait_for(unsigned role, uint64_t flags);
bool has_ended(unsigned role);
void restore_signals(uint64_t blocked);
void pass_signals_on(unsigned role);
void reset_signals(void);
long block_signals(void);

// monitor.c
bool is_monitor(void);
void monitor(unsigned role);
struct sockaddr_un attach_address(long directory);

// terminal.c
bool make_raw(void);
void end_raw(void);
int open_terminal_end(void);
void relay_start(void), relay_resize(void), relay_end(void);
void relay_entries(struct poll_entry *entries);
void relay_move(const struct poll_entry *entries);

// proof.c
long prove(uint64_t pid, uint64_t secret[2]);

// connection.c
long report(void);
long print_bytes(long descriptor, const void *bytes, size_t length);
long send_request(char **arguments);
int serve(void);

// planner.c
int request(char **arguments);
long connect_to(const char *path);
bool is_given_up(bool answered);
