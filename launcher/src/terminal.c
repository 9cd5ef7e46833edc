// Relays between the caller's terminal and the container's, for a `run -t` in the foreground.
#include "launcher.h"

struct flow {
  int from, to;
  size_t start, end;
  bool closed;
  char bytes[16384];
};

static struct flow typed, shown;
static struct termios caller;
static bool raw;
static int other_end = -1;

// The caller's terminal passes every key on as it is; the container's line discipline makes lines and signals of them.
bool make_raw(void) {
  if (SYS(ioctl, 0, TCGETS, &caller) < 0) return false;
  struct termios keys = caller;
  keys.c_iflag = keys.c_lflag = 0;
  keys.c_oflag &= ~(unsigned)OPOST;
  keys.c_cc[VMIN] = 1, keys.c_cc[VTIME] = 0;
  return SYS(ioctl, 0, TCSETS, &keys) == 0;
}

void end_raw(void) { SYS(ioctl, 0, TCSETSW, &caller); }

// As long as an end is open, a container that closes its own and opens one again can go on writing: without any, a
// terminal answers EIO.
int open_terminal_end(void) { return (int)SYS(ioctl, self.terminal, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC); }

void relay_start(void) {
  other_end = open_terminal_end();
  typed.from = 0, typed.to = self.terminal;
  shown.from = self.terminal, shown.to = 1;
  SYS(fcntl, self.terminal, F_SETFL, O_RDWR | O_NONBLOCK);
  raw = make_raw();
  relay_resize();
}

void relay_resize(void) {
  struct winsize size;
  if (SYS(ioctl, 0, TIOCGWINSZ, &size) == 0) SYS(ioctl, self.terminal, TIOCSWINSZ, &size);
}

static struct poll_entry entry_of(const struct flow *flow) {
  if (flow->closed) return (struct poll_entry){-1, 0, 0};
  if (flow->start < flow->end) return (struct poll_entry){flow->to, POLL_OUT, 0};
  return (struct poll_entry){flow->from, POLL_IN, 0};
}

void relay_entries(struct poll_entry *entries) { entries[0] = entry_of(&typed), entries[1] = entry_of(&shown); }

static bool move(struct flow *flow) {
  if (flow->start == flow->end) {
    long got = SYS(read, flow->from, flow->bytes, sizeof flow->bytes);
    if (got == -EAGAIN || got == -EINTR) return false;
    flow->closed = got <= 0;
    if (flow->closed) return false;
    flow->start = 0, flow->end = (size_t)got;
  }
  long wrote = SYS(write, flow->to, flow->bytes + flow->start, flow->end - flow->start);
  if (wrote == -EAGAIN || wrote == -EINTR) return false;
  if (wrote < 0) flow->closed = true;
  if (wrote > 0) flow->start += (size_t)wrote;
  return wrote > 0;
}

void relay_move(const struct poll_entry *entries) {
  if (entries[0].ready != 0) move(&typed);
  if (entries[1].ready != 0) move(&shown);
}

// What the container wrote last is still shown.
void relay_end(void) {
  release(&other_end);
  while (!shown.closed && move(&shown)) continue;
  if (raw) end_raw();
}
