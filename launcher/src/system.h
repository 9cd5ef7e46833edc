// The kernel, without a C library: system calls, and the few types of the kernel's interface that its
// headers leave to libc.
#pragma once

#include <asm/stat.h>
#include <asm/termios.h>
#include <asm/unistd.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/magic.h>
#include <linux/memfd.h>
#include <linux/mount.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/stat.h>
#include <linux/un.h>
#include <linux/wait.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What libc's headers would say; the values are the kernel's and the same on x86-64 and aarch64.
enum { STANDARD_DESCRIPTORS = 3, PATH_LENGTH = 4096, SIGNALS = 64, SIG_SETMASK = 2 };
enum {
  SIG_HUP = 1,
  SIG_INT = 2,
  SIG_QUIT = 3,
  SIG_KILL = 9,
  SIG_PIPE = 13,
  SIG_TERM = 15,
  SIG_CHILD = 17,
  SIG_CONTINUE = 18
};
enum { SIG_STOP = 19, SIG_URGENT = 23, SIG_WINCH = 28 };
enum { AF_UNIX = 1, AF_INET = 2, SOCKET_STREAM = 1, SOCKET_DATAGRAM = 2, SOCKET_PACKETS = 5, LEVEL_SOCKET = 1 };
enum {
  RIGHTS = 1,
  PEER_CREDENTIALS = 17,
  RECEIVE_TIMEOUT = 20,
  PEER_PIDFD = 77,
  NO_SIGNAL = 0x4000,
  RECEIVE_CLOEXEC = 0x40000000
};
enum { POLL_IN = 1, POLL_OUT = 4, ADD_SEALS = 1033, SEAL_ALL = 0x0f, MAY_EXECUTE = 1 };
enum { MAP_RW = 3, MAP_SHARED_MEMORY = 0x21, CLOCK_REAL = 0, CLOCK_STEADY = 1 };
enum { UNMOUNT_DETACHED = 2, MOUNT_SLAVE = 1 << 19 };
#define DEVICE(major, minor) (((minor)&0xff) | ((major)&0xfff) << 8 | ((minor)&0xfff00ull) << 12)
#define TYPE(mode)           ((mode)&S_IFMT)

// clang-format off
struct iovec { void *base; size_t length; };
struct user_msghdr { void *name; int name_length; struct iovec *vectors; size_t vector_count; void *control;
                     size_t control_length; unsigned flags; };
// A control message with one descriptor.
struct passed { size_t length; int level, type, descriptor, padding; };
struct poll_entry { int descriptor; short wanted, ready; };
struct peer { int pid; unsigned uid, gid; };
struct signal_action { void (*handler)(int); unsigned long flags; void (*restorer)(void); uint64_t mask; };
struct interface_request { char name[16]; short flags; char rest[22]; };
struct duration { long seconds, nanoseconds; };
struct file_system { long type; uint64_t rest[20]; };
struct directory_entry { uint64_t inode, offset; unsigned short length; unsigned char type; char name[]; };
// clang-format on

// In assembly, in system.c: a call of C in the kernel's registers. The result, or the negative errno.
long system_call(long number, long a, long b, long c, long d, long e, long f);

// SYS(openat2, AT_FDCWD, path, ...)
#define SYS(name, ...) SYS_OF(__NR_##name, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)
#define SYS_OF(number, a, b, c, d, e, f, ...) \
  system_call(number, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

// A result in which one error is none.
static inline long tolerate(int error, long result) { return result == -error ? 0 : result; }

// A descriptor (or a negative errno) that is closed when its scope is left; kept() lets it live on.
#define OWNED __attribute__((cleanup(close_owned))) long
void close_owned(const long *descriptor);
static inline long kept(long *descriptor) {
  long kept = *descriptor;
  *descriptor = -1;
  return kept;
}

void *memcpy(void *to, const void *from, size_t length);
void *memset(void *at, int byte, size_t length);
size_t strlen(const char *text);
bool equal(const char *a, const char *b);
bool starts_with(const char *text, const char *start);
char *put_text(char *at, const char *text);
char *put_number(char *at, uint64_t number);
bool parse_number(const char **at, uint64_t *number);

long write_all(long to, const void *bytes, size_t length);
long send_all(long socket, const void *bytes, size_t length);
long read_all(long from, void *bytes, size_t length);
long open_at(long directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);
bool is_node(long descriptor, unsigned type, uint64_t device);
const char *stat_of(long pid, char *text, size_t most);
long start_time_of(long pid, uint64_t *start_time);
long poll_one(long descriptor, long milliseconds);
void say(const char *a, const char *b, const char *c, long error);
__attribute__((noreturn)) void leave(int code);
