// A client of a container's monitor, for the caller's terminal or streams; monitor.c has the frames.
#include "launcher.h"

enum { WITH_TERMINAL = 1, WITHOUT_INPUT = 2, KEYS_MOST = 64 };
#define PIECE 16384

static unsigned char output[8 + PIECE], keys[8 + 2 * PIECE];
static size_t received;     // of the frame that comes in
static size_t sent, whole;  // of the frame that goes out
static const unsigned char *detach_keys;
static size_t detach_most;  // how many they are
static size_t held;         // of them, typed and not passed on
static bool resized;        // the container is to be told the terminal's size

// Never waits: a container that takes no input before its output is taken would wait for this process, and it for that.
static long send_rest(long socket) {
  while (sent < whole) {
    long got = SYS(sendto, socket, keys + sent, whole - sent, NO_SIGNAL);
    if (got == -EAGAIN) return 1;
    if (got < 0) return sent = whole, got;
    sent += (size_t)got;
  }
  return 1;
}

static long send_frame(long socket, unsigned char type, size_t length) {
  keys[0] = type, keys[1] = keys[2] = keys[3] = 0;
  for (int i = 0; i < 4; i++) keys[4 + i] = (unsigned char)(length >> (24 - 8 * i));
  sent = 0, whole = 8 + length;
  return send_rest(socket);
}

static void send_size(long socket) {
  struct winsize size;
  resized = false;
  if (SYS(ioctl, 0, TIOCGWINSZ, &size) < 0) return;
  keys[8] = (unsigned char)(size.ws_row >> 8), keys[9] = (unsigned char)size.ws_row;
  keys[10] = (unsigned char)(size.ws_col >> 8), keys[11] = (unsigned char)size.ws_col;
  send_frame(socket, 5, 4);
}

// Whether the keys that are held, from this one on, are the first of the detach keys.
static bool begins_again(size_t from) {
  for (size_t i = from; i < held; i++)
    if (detach_keys[i] != detach_keys[i - from]) return false;
  return true;
}

// What was typed, from behind the buffer's place for it to the front, without the keys that detach; -ECANCELED when
// all of them came. Those that are held and turn out to be others' are passed on, but for the last ones that may be
// the first of the detach keys themselves.
static long without_detach_keys(const unsigned char *typed, size_t length) {
  unsigned char *to = keys + 8;
  for (size_t i = 0; i < length; i++) {
    while (held > 0 && detach_keys[held] != typed[i]) {
      size_t passed = 1;
      while (!begins_again(passed)) passed++;
      memcpy(to, detach_keys, passed);
      to += passed, held -= passed;
    }
    if (detach_most == 0 || detach_keys[held] != typed[i]) *to++ = typed[i];
    else if (++held == detach_most) return -ECANCELED;
  }
  return to - (keys + 8);
}

// Above 0 when there may be more, 0 at the end of the input.
static long pass_input(long socket, bool terminal) {
  unsigned char *typed = keys + 8 + PIECE;
  long got = SYS(read, 0, typed, PIECE / 2);
  if (got == -EAGAIN || got == -EINTR) return 1;
  if (got <= 0) {
    TRY(send_frame(socket, 4, 0));
    return 0;
  }
  long length = terminal ? without_detach_keys(typed, (size_t)got) : got;
  TRY(length);
  if (!terminal) memcpy(keys + 8, typed, (size_t)got);
  TRY(length == 0 ? 0 : send_frame(socket, 0, (size_t)length));
  return 1;
}

// 0 when the container has ended, and told its exit code. Frames are never longer than a monitor makes them.
static long show_output(long socket) {
  size_t length = received < 8 ? 0 : (size_t)output[6] << 8 | output[7];
  long got = SYS(read, socket, output + received, 8 + length - received);
  if (got == -EAGAIN) return 1;
  if (got <= 0) return got == 0 ? -ECONNRESET : got;
  received += (size_t)got;
  if (received < 8) return 1;
  length = (size_t)output[6] << 8 | output[7];
  if (output[4] != 0 || output[5] != 0 || length > PIECE) return -EPROTO;
  if (received < 8 + length) return 1;
  received = 0;
  if (output[0] == 6) return self.code = output[8], 0;
  TRY(print_bytes(output[0] == 2 ? 2 : 1, output + 8, length));
  return 1;
}

// Signals go to the container where the caller wants it; else those that would end a program end the attachment.
static long pass_signals(long pidfd, bool terminal) {
  uint32_t signal[32];
  while (SYS(read, self.signalled, signal, sizeof signal) == sizeof signal) {
    if (signal[0] == SIG_WINCH && terminal) resized = true;
    else if (pidfd < 0 && asks_to_end(signal[0])) return put_number(self.detail, signal[0]), -EINTR;
    else if (pidfd >= 0 && is_for_the_command(signal[0])) SYS(pidfd_send_signal, pidfd, signal[0], NULL, 0);
  }
  return 1;
}

static long relay_streams(long socket, uint64_t flags, long pidfd) {
  bool terminal = (flags & WITH_TERMINAL) != 0, input = (flags & WITHOUT_INPUT) == 0;
  resized = terminal;
  for (long more = 1; more > 0;) {
    if (resized && sent == whole) send_size(socket);
    bool behind = sent < whole;
    struct poll_entry entries[] = {{self.signalled, POLL_IN, 0},
                                   {(int)socket, (short)(POLL_IN | (behind ? POLL_OUT : 0)), 0},
                                   {input && !behind ? 0 : -1, POLL_IN, 0}};
    if (SYS(ppoll, entries, 3, NULL, NULL, 8) < 0) continue;
    if (entries[0].ready != 0) TRY(pass_signals(pidfd, terminal));
    // A container that has ended takes no input; what it wrote last is still there.
    if ((entries[1].ready & POLL_OUT) != 0) send_rest(socket);
    if (entries[2].ready != 0) {
      long open = pass_input(socket, terminal);
      if (open == -ECANCELED) return open;
      input = open > 0;
    }
    if ((entries[1].ready & ~POLL_OUT) != 0) TRY(more = show_output(socket));
  }
  return 0;
}

// The caller's streams and the container's are one until it ends (0, and its exit code is ours) or the caller leaves:
// ECANCELED by its keys, EINTR by a signal, whose number is told.
long step_attach(const struct step *step) {
  struct bytes leave_by = bytes(step, 3);
  if (leave_by.length > KEYS_MOST) return -EINVAL;
  detach_keys = leave_by.start, detach_most = leave_by.length, held = 0;
  HOLD(directory, open_at(AT_FDCWD, text(step, 0), O_PATH | O_DIRECTORY, 0, 0));
  HOLD(socket, SYS(socket, AF_UNIX, SOCKET_STREAM | O_CLOEXEC, 0));
  struct sockaddr_un address = attach_address(directory);
  TRY(SYS(connect, socket, &address, sizeof address));
  TRY(SYS(fcntl, socket, F_SETFL, O_NONBLOCK));
  TRY(block_signals());
  // Who cannot type needs its terminal's keys to leave.
  bool raw = (number(step, 1) & (WITH_TERMINAL | WITHOUT_INPUT)) == WITH_TERMINAL && make_raw();
  unsigned stage = self.stage;
  long ended = relay_streams(socket, number(step, 1), slot(step, 2));
  self.stage = stage;
  if (raw) end_raw();
  return ended;
}
