// What a detached container writes: its monitor keeps it in a log, and serves whoever attaches to the container.
//
//   container                   monitor                                      clients of <directory>/attach
//      | -- stdout, stderr -----> | -> log: "TIME stdout F line"                |
//      |    or the terminal's     | -- {1 or 2, 0, 0, 0, length} bytes -------> |
//      |                          | -- {6, ...} its exit code, at last --------> |
//      | <- stdin, or its keys -- | <- {0, ...} input, {4, ...} its end, ------ |
//      |                          |    {5, ...} rows and columns                |
//
// Lengths, rows and columns are big-endian, as in Docker's streams. Memory is what stands here. A client that is slow
// delays the container's output; the log is written before, and the end of the container waits for none.
#include "launcher.h"

#define CLIENTS 16
// The most of a line in one record of the log, and of a frame to a client.
#define PIECE 16384
#define HEAD  8
// What a container that has ended can have left: pipes are not larger.
#define LEFT_MOST (1 << 20)

struct client {
  int socket;
  size_t sent, left;  // of the frame, to it; of the input that it announced, from it
  unsigned known;
  unsigned char head[HEAD + 4];
};

struct buffer {
  size_t start, end;
  char bytes[2 * PIECE];
};

// A line that is not complete, of each stream; records that are not written; the last frame; input to be passed on.
static struct buffer line[2], records, frame, input;
static struct client client[CLIENTS];
static int stream[2];
static char now[31];  // the time of the records, as text
static int directory = -1, log_file = -1, listener = -1, input_to = -1, terminal_end = -1;
static uint64_t log_most;
static bool takes_input;

static char *put_digits(char *at, uint64_t number, int digits, char after) {
  for (int i = digits - 1; i >= 0; i--, number /= 10) at[i] = (char)('0' + number % 10);
  at[digits] = after;
  return at + digits + 1;
}

// 2026-11-23T04:05:06.123456789Z. Years are counted from March, so that a leap day is a year's last; they repeat after
// 146,097 days, and 719,468 days lie between the first of March of the year 0 and 1970.
static void look_at_the_clock(void) {
  struct duration time = {0, 0};
  SYS(clock_gettime, CLOCK_REAL, &time);
  uint64_t days = (uint64_t)time.seconds / 86400 + 719468, second = (uint64_t)time.seconds % 86400;
  uint64_t in_era = days % 146097, years = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  uint64_t in_year = in_era - (365 * years + years / 4 - years / 100), march = (5 * in_year + 2) / 153;
  uint64_t month = march < 10 ? march + 3 : march - 9;
  char *at = put_digits(now, days / 146097 * 400 + years + (month <= 2), 4, '-');
  at = put_digits(put_digits(at, month, 2, '-'), in_year - (153 * march + 2) / 5 + 1, 2, 'T');
  at = put_digits(put_digits(at, second / 3600, 2, ':'), second / 60 % 60, 2, ':');
  put_digits(put_digits(at, second % 60, 2, '.'), (uint64_t)time.nanoseconds, 9, 'Z');
}

static long open_log(void) {
  release(&log_file);
  log_file = (int)open_at(directory, "log", O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600, 0);
  return log_file;
}

// A file that would grow too long becomes the older one; one that somebody removed is made anew.
static bool log_takes(size_t length) {
  struct stat status;
  bool there = log_file >= 0 && SYS(newfstatat, log_file, "", &status, AT_EMPTY_PATH) == 0 && status.st_nlink > 0;
  if (there && (uint64_t)status.st_size + length <= log_most) return true;
  if (there) SYS(renameat, directory, "log", directory, "log.1");
  return open_log() >= 0;
}

// All records so far, in one write; where the disk is full, they are left out, and the next ones are tried.
static void write_records(void) {
  struct stat status;
  size_t length = records.end;
  records.end = 0;
  if (length == 0 || !log_takes(length)) return;
  long wrote = SYS(write, log_file, records.bytes, length);
  if (wrote <= 0 || (size_t)wrote == length || SYS(newfstatat, log_file, "", &status, AT_EMPTY_PATH) < 0) return;
  SYS(ftruncate, log_file, status.st_size - wrote);
}

static void put_record(int from, const char *tag) {
  if (records.end + sizeof now + 16 + line[from].end > sizeof records.bytes) write_records();
  char *end = put_text(records.bytes + records.end, now);
  end = put_text(put_text(end, from == 0 ? " stdout " : " stderr "), tag);
  memcpy(end, line[from].bytes, line[from].end);
  end += line[from].end;
  *end++ = '\n';
  records.end = (size_t)(end - records.bytes);
  line[from].end = 0;
}

static void put_lines(int from, size_t length) {
  look_at_the_clock();
  for (size_t i = 0; i < length; i++) {
    if (frame.bytes[HEAD + i] == '\n') {
      put_record(from, "F ");
      continue;
    }
    line[from].bytes[line[from].end++] = frame.bytes[HEAD + i];
    if (line[from].end == PIECE) put_record(from, "P ");
  }
  write_records();
}

static void send_rest(struct client *to) {
  while (to->socket >= 0 && to->sent < frame.end) {
    long sent = SYS(sendto, to->socket, frame.bytes + to->sent, frame.end - to->sent, NO_SIGNAL);
    if (sent == -EAGAIN) return;
    if (sent < 0) release(&to->socket);
    else to->sent += (size_t)sent;
  }
}

static bool all_sent(void) {
  for (int i = 0; i < CLIENTS; i++)
    if (client[i].socket >= 0 && client[i].sent < frame.end) return false;
  return true;
}

// The frame's bytes are there. Only while no client waits for the rest of the one before.
static void give_frame(char type, size_t length) {
  frame.end = HEAD + length;
  frame.bytes[0] = type;
  for (int i = 0; i < 4; i++) frame.bytes[4 + i] = (char)(length >> (24 - 8 * i));
  for (int i = 0; i < CLIENTS; i++) client[i].sent = 0, send_rest(&client[i]);
}

// How much it was; 0 when there is nothing now, or ever.
static size_t read_stream(int from) {
  long got = SYS(read, stream[from], frame.bytes + HEAD, PIECE);
  if (got == -EAGAIN) return 0;
  if (got <= 0) return release(&stream[from]), 0;
  put_lines(from, (size_t)got);
  give_frame((char)(from + 1), (size_t)got);
  return (size_t)got;
}

// A container without -i reads nothing, and what is sent to it is thrown away.
static void pass_input_on(void) {
  while (input.start < input.end) {
    size_t length = input.end - input.start;
    long wrote = input_to < 0 ? (long)length : SYS(write, input_to, input.bytes + input.start, length);
    if (wrote == -EAGAIN) return;
    if (wrote < 0) release(&input_to);
    else input.start += (size_t)wrote;
  }
}

// A client's frame whose head is here; false: it is none.
static bool obey(struct client *from) {
  const unsigned char *head = from->head;
  uint32_t length = (uint32_t)head[4] << 24 | (uint32_t)head[5] << 16 | (uint32_t)head[6] << 8 | head[7];
  struct winsize size = {.ws_row = (unsigned short)(head[8] << 8 | head[9]),
                         .ws_col = (unsigned short)(head[10] << 8 | head[11])};
  if (head[0] == 5 && length == 4 && from->known < sizeof from->head) return true;
  if (head[0] == 0) from->left = length;
  else if (head[0] == 4 && length == 0 && self.terminal < 0) release(&input_to);
  else if (head[0] == 5 && length == 4) SYS(ioctl, self.terminal, TIOCSWINSZ, &size);
  else return head[0] == 4 && length == 0;
  return true;
}

// Only while no input waits for the container.
static void read_client(struct client *from) {
  unsigned whole = from->known >= HEAD ? sizeof from->head : HEAD;
  size_t most = from->left < sizeof input.bytes ? from->left : sizeof input.bytes;
  long got = most > 0 ? SYS(read, from->socket, input.bytes, most)
                      : SYS(read, from->socket, from->head + from->known, whole - from->known);
  if (got == -EAGAIN) return;
  bool valid = got > 0;
  if (valid && most > 0) {
    from->left -= (size_t)got;
    input.start = 0, input.end = (size_t)got;
    pass_input_on();
  } else if (valid && (from->known += (unsigned)got) == whole) {
    valid = obey(from);
    if (whole != HEAD || from->head[0] != 5) from->known = 0;
  }
  if (!valid) release(&from->socket);
}

static void admit_client(void) {
  int socket = (int)SYS(accept4, listener, NULL, NULL, O_CLOEXEC | O_NONBLOCK);
  for (int i = 0; i < CLIENTS && socket >= 0; i++) {
    if (client[i].socket >= 0) continue;
    client[i] = (struct client){.socket = socket, .sent = frame.end};
    return;
  }
  release(&socket);
}

// The socket's name, through the directory's descriptor, as its whole path may be longer than an address.
struct sockaddr_un attach_address(long holder) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  put_text(put_number(put_text(address.sun_path, "/proc/self/fd/"), (uint64_t)holder), "/attach");
  return address;
}

static long take(const struct step *step, int argument) {
  int taken = slot(step, argument);
  if (taken < 0) return -1;
  self.slot[number(step, argument)] = -1;
  SYS(fcntl, taken, F_SETFL, O_NONBLOCK);
  return taken;
}

// After the first process was forked: it must hold neither the directory nor the socket. In a directory that only
// this user may enter; the socket's mode is its owner's alone from the start.
long step_monitor(const struct step *step) {
  for (int i = 0; i < CLIENTS; i++) client[i].socket = -1;
  log_most = number(step, 1);
  takes_input = (number(step, 5) & 1) != 0;
  directory = (int)open_at(AT_FDCWD, text(step, 0), O_PATH | O_DIRECTORY, 0, 0);
  TRY(directory);
  TRY(open_log());
  listener = (int)SYS(socket, AF_UNIX, SOCKET_STREAM | O_CLOEXEC | O_NONBLOCK, 0);
  TRY(listener);
  struct sockaddr_un address = attach_address(directory);
  long mask = SYS(umask, 0177);
  long bound = SYS(bind, listener, &address, sizeof address);
  SYS(umask, mask);
  TRY(bound);
  TRY(SYS(listen, listener, CLIENTS));
  stream[0] = (int)take(step, 2), stream[1] = (int)take(step, 3), input_to = (int)take(step, 4);
  return 0;
}

// A client that does not take the rest of a frame within a second is dropped: the container has ended, and that is to
// be recorded.
static void wait_for_clients(void) {
  for (int waits = 0; waits < 100 && !all_sent(); waits++) {
    poll_one(-1, 10);
    for (int i = 0; i < CLIENTS; i++) send_rest(&client[i]);
  }
  for (int i = 0; i < CLIENTS; i++)
    if (client[i].sent < frame.end) release(&client[i].socket);
}

// What the container left in its pipes is read; the log is complete afterwards, and who is attached learns the exit
// code here, as the container's record may be gone soon.
static void finish(int code) {
  release(&terminal_end);
  for (int from = 0; from < 2; from++) {
    for (size_t left = LEFT_MOST, got = 1; stream[from] >= 0 && got > 0 && left > got; left -= got) {
      wait_for_clients();
      got = read_stream(from);
    }
    if (line[from].end > 0) put_record(from, "P ");
    write_records();
    release(&stream[from]);
  }
  wait_for_clients();
  frame.bytes[HEAD] = (char)code;
  give_frame(6, 1);
  wait_for_clients();
  SYS(unlinkat, directory, "attach", 0);
  for (int i = 0; i < CLIENTS; i++) release(&client[i].socket);
  release(&listener);
}

bool is_monitor(void) { return directory >= 0; }

void monitor(unsigned role) {
  enum { SIGNALS_ENTRY, LISTENER, INPUT, STREAM, CLIENT = STREAM + 2 };
  struct poll_entry entries[CLIENT + CLIENTS];
  if (self.terminal >= 0) {
    SYS(fcntl, self.terminal, F_SETFL, O_RDWR | O_NONBLOCK);
    stream[0] = (int)SYS(fcntl, self.terminal, F_DUPFD_CLOEXEC, 0);
    terminal_end = open_terminal_end();
    if (takes_input) input_to = (int)SYS(fcntl, self.terminal, F_DUPFD_CLOEXEC, 0);
  }
  while (!has_ended(role)) {
    bool ready = all_sent(), idle = input.start == input.end;
    entries[SIGNALS_ENTRY] = (struct poll_entry){self.signalled, POLL_IN, 0};
    entries[LISTENER] = (struct poll_entry){listener, POLL_IN, 0};
    entries[INPUT] = (struct poll_entry){idle ? -1 : input_to, POLL_OUT, 0};
    for (int i = 0; i < 2; i++) entries[STREAM + i] = (struct poll_entry){ready ? stream[i] : -1, POLL_IN, 0};
    for (int i = 0; i < CLIENTS; i++) {
      bool behind = client[i].sent < frame.end;
      short wanted = (short)((idle ? POLL_IN : 0) | (behind ? POLL_OUT : 0));
      entries[CLIENT + i] = (struct poll_entry){wanted == 0 ? -1 : client[i].socket, wanted, 0};
    }
    if (SYS(ppoll, entries, CLIENT + CLIENTS, NULL, NULL, 8) < 0) continue;
    if (entries[SIGNALS_ENTRY].ready != 0) pass_signals_on(role);
    if (entries[INPUT].ready != 0) pass_input_on();
    for (int i = 0; i < CLIENTS; i++) {
      if (entries[CLIENT + i].ready == 0) continue;
      send_rest(&client[i]);
      if (client[i].socket >= 0 && input.start == input.end) read_client(&client[i]);
    }
    for (int i = 0; i < 2; i++)
      if (entries[STREAM + i].ready != 0 && all_sent()) read_stream(i);
    if (entries[LISTENER].ready != 0) admit_client();
  }
  finish(code_of(self.status[role]));
}
