// Text, files and processes in the few forms that the launcher needs.
#include "system.h"

// The only differences to a call of C: the number's register, and on x86-64 the fourth argument's.
#if defined(__x86_64__)
__asm__(
    ".text\n.globl system_call\nsystem_call: mov %rdi, %rax\n mov %rsi, %rdi\n mov %rdx, %rsi\n mov %rcx, %rdx\n"
    " mov %r8, %r10\n mov %r9, %r8\n mov 8(%rsp), %r9\n syscall\n ret");
#elif defined(__aarch64__)
__asm__(
    ".text\n.globl system_call\nsystem_call: mov x8, x0\n mov x0, x1\n mov x1, x2\n mov x2, x3\n mov x3, x4\n"
    " mov x4, x5\n mov x5, x6\n svc 0\n ret");
#else
#error "belljar runs on x86-64 and aarch64"
#endif

bool equal(const char *a, const char *b) {
  while (*a != 0 && *a == *b) a++, b++;
  return *a == *b;
}

bool starts_with(const char *text, const char *start) {
  while (*start != 0 && *text == *start) text++, start++;
  return *start == 0;
}

// Appends and returns the new end, so that calls nest; the callers' buffers hold the longest case.
char *put_text(char *at, const char *text) {
  while (*text != 0) *at++ = *text++;
  *at = 0;
  return at;
}

char *put_number(char *at, uint64_t number) {
  if (number >= 10) at = put_number(at, number / 10);
  *at++ = (char)('0' + number % 10);
  *at = 0;
  return at;
}

bool parse_number(const char **at, uint64_t *number) {
  const char *start = *at;
  *number = 0;
  for (; **at >= '0' && **at <= '9' && *at - start < 19; (*at)++) *number = *number * 10 + (uint64_t)(**at - '0');
  return *at != start;
}

void close_owned(const long *descriptor) {
  if (*descriptor >= 0) SYS(close, *descriptor);
}

// All of it, however the kernel portions it. NO_SIGNAL is sendto's; read and write have no fourth argument. A planner
// that pauses within what it says is waited for.
static long transfer(long call, long descriptor, const char *start, size_t length) {
  for (size_t done = 0; done < length;) {
    long moved = system_call(call, descriptor, (long)(start + done), (long)(length - done), NO_SIGNAL, 0, 0);
    if (moved == 0) return -ECONNRESET;
    if (moved < 0 && moved != -EINTR && (moved != -EAGAIN || call != __NR_read)) return moved;
    if (moved > 0) done += (size_t)moved;
  }
  return 0;
}

long write_all(long to, const void *bytes, size_t length) { return transfer(__NR_write, to, bytes, length); }
long read_all(long from, void *bytes, size_t length) { return transfer(__NR_read, from, bytes, length); }
long send_all(long socket, const void *bytes, size_t length) { return transfer(__NR_sendto, socket, bytes, length); }

// The kernel answers EAGAIN when a rename or a mount anywhere raced a lookup that must stay inside a root;
// an attacker may keep that up, so the number of tries is bounded.
long open_at(long directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
  struct open_how how = {.flags = flags | O_CLOEXEC, .mode = mode, .resolve = resolve};
  long opened = -EAGAIN;
  for (int tries = 0; tries < 256 && opened == -EAGAIN; tries++)
    opened = SYS(openat2, directory, path, &how, sizeof how);
  return opened;
}

// Whether it is of that type, and where that is a device, this one.
bool is_node(long descriptor, unsigned type, uint64_t device) {
  struct stat status;
  return SYS(newfstatat, descriptor, "", &status, AT_EMPTY_PATH) == 0 && TYPE(status.st_mode) == type &&
         ((type != S_IFCHR && type != S_IFBLK) || status.st_rdev == device);
}

// /proc/PID/stat from the end of field 2 on. The command in that may hold anything, so it ends at the last ')'.
const char *stat_of(long pid, char *text, size_t most) {
  put_text(put_number(put_text(text, "/proc/"), (uint64_t)pid), "/stat");
  OWNED file = open_at(AT_FDCWD, text, O_RDONLY, 0, 0);
  long length = file < 0 ? file : SYS(read, file, text, most - 1);
  if (length <= 0) return NULL;
  text[length] = 0;
  const char *at = NULL;
  for (long i = 0; i < length; i++)
    if (text[i] == ')') at = text + i;
  return at;
}

// Field 22.
long start_time_of(long pid, uint64_t *start_time) {
  char text[1024];
  const char *at = stat_of(pid, text, sizeof text);
  if (at == NULL) return -ESRCH;
  for (int field = 2; *at != 0; at++)
    if (*at == ' ' && ++field == 22) break;
  return *at++ == ' ' && parse_number(&at, start_time) ? 0 : -ESRCH;
}

// Above 0 when the descriptor can be read (a pidfd: has ended), 0 after so long; for ever when negative.
long poll_one(long descriptor, long milliseconds) {
  struct poll_entry entry = {(int)descriptor, POLL_IN, 0};
  struct duration time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  return SYS(ppoll, &entry, 1, milliseconds < 0 ? NULL : &time, NULL, 8);
}

#define REASON(name, text) \
  { name, #name " (" text ")" }
// The reasons that a command meets in practice; errno(3) has the others.
// clang-format off
static const struct { long number; const char *words; } REASONS[] = {
    REASON(EPERM, "Operation not permitted"), REASON(ENOENT, "No such file or directory"),
    REASON(ESRCH, "No such process"), REASON(EIO, "Input/output error"), REASON(E2BIG, "Argument list too long"),
    REASON(ENOEXEC, "Exec format error"), REASON(EBADF, "Bad file descriptor"),
    REASON(EAGAIN, "Resource temporarily unavailable"), REASON(ENOMEM, "Cannot allocate memory"),
    REASON(EACCES, "Permission denied"), REASON(EBUSY, "Device or resource busy"), REASON(EEXIST, "File exists"),
    REASON(ENOTDIR, "Not a directory"), REASON(EISDIR, "Is a directory"), REASON(EINVAL, "Invalid argument"),
    REASON(EMFILE, "Too many open files"), REASON(ENOSPC, "No space left on device"),
    REASON(EROFS, "Read-only file system"), REASON(EPIPE, "Broken pipe"), REASON(ENAMETOOLONG, "File name too long"),
    REASON(ELOOP, "Too many levels of symbolic links"), REASON(ECONNREFUSED, "Connection refused"),
    REASON(ETIMEDOUT, "Connection timed out"), REASON(ECONNRESET, "Connection reset by peer"),
    REASON(EINTR, "Interrupted system call"), REASON(ECHILD, "No child processes"),
    REASON(ENOSYS, "Function not implemented"), REASON(ENXIO, "No such device or address"),
    REASON(ETXTBSY, "Text file busy"), REASON(EDQUOT, "Disk quota exceeded"),
};
// clang-format on

static char *put_reason(char *at, long number) {
  for (size_t i = 0; i < sizeof REASONS / sizeof REASONS[0]; i++)
    if (REASONS[i].number == number) return put_text(at, REASONS[i].words);
  return put_number(put_text(at, "errno "), (uint64_t)number);
}

// One line on standard error, in one write; an error (a negative errno) closes it where it is not 0.
void say(const char *a, const char *b, const char *c, long error) {
  char line[PATH_LENGTH + 512];
  const char *parts[] = {"belljar: ", a, b, c};
  char *end = line;
  for (int i = 0; i < 4; i++)
    if ((size_t)(end - line) + strlen(parts[i]) < sizeof line - 64) end = put_text(end, parts[i]);
  if (error != 0) end = put_reason(put_text(end, ": "), -error);
  end = put_text(end, "\n");
  write_all(2, line, (size_t)(end - line));
}

void leave(int code) {
  for (;;) SYS(exit_group, code);
}
