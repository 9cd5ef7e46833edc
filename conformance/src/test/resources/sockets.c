// Prints, for each way to make a socket, whether it works: by the system call, and as a 32-bit program
// would (int 0x80), by its own system call and by socketcall.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

#define I386_SOCKETCALL 102
#define I386_SOCKET 359

static long call32(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory", "r8", "r9", "r10", "r11");
  return (int)result;
}

static void tell(const char *way, const char *family, long error) {
  printf("%s %s %s\n", way, family, error == 0 ? "works" : strerrorname_np((int)error));
}

int main(void) {
  static const struct {
    const char *name;
    int number;
  } families[] = {{"unix", AF_UNIX}, {"inet", AF_INET}, {"alg", AF_ALG}};
  // Where a 32-bit address reaches.
  unsigned *arguments = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
  if (arguments == MAP_FAILED) return 1;
  for (unsigned i = 0; i < sizeof families / sizeof *families; i++) {
    int family = families[i].number, type = family == AF_ALG ? SOCK_SEQPACKET : SOCK_DGRAM;
    tell("socket", families[i].name, socket(family, type, 0) < 0 ? errno : 0);
    long result = call32(I386_SOCKET, family, type, 0);
    tell("socket32", families[i].name, result < 0 ? -result : 0);
    arguments[0] = (unsigned)family, arguments[1] = (unsigned)type, arguments[2] = 0;
    result = call32(I386_SOCKETCALL, 1, (long)arguments, 0);
    tell("socketcall", families[i].name, result < 0 ? -result : 0);
  }
  return 0;
}
