// What a C library would do before main, and the functions that a compiler takes for granted.
// Left out where the launcher is linked with one (the sanitizers' build).
#include "system.h"

int main(int argc, char **argv, char **envp);
__attribute__((noreturn, used)) void start(long *stack);

#if defined(__x86_64__)
__asm__(".globl _start\n_start: xor %ebp, %ebp\n mov %rsp, %rdi\n and $-16, %rsp\n call start\n hlt");
#elif defined(__aarch64__)
__asm__(".globl _start\n_start: mov x29, #0\n mov x30, #0\n mov x0, sp\n bl start\n brk #0");
#endif

void start(long *stack) {
  char **argv = (char **)(stack + 1);
  leave(main((int)stack[0], argv, argv + stack[0] + 1));
}

void *memcpy(void *to, const void *from, size_t length) {
  for (size_t i = 0; i < length; i++) ((char *)to)[i] = ((const char *)from)[i];
  return to;
}

void *memset(void *at, int byte, size_t length) {
  for (size_t i = 0; i < length; i++) ((char *)at)[i] = (char)byte;
  return at;
}

size_t strlen(const char *text) {
  size_t length = 0;
  while (text[length] != 0) length++;
  return length;
}
