// How a planner knows which process asks. A socket does not tell it, and a request says whatever its sender likes; but
// the name of a process is set by itself alone, or by what it executes. So the launcher names itself after a secret
// that only its request tells:
//
//   launcher                                        planner
//      | draws a secret                                |
//      | name = "belljar" + hash(secret, pid)          |
//      | -- REQUEST {pid, secret, ...} --------------> | reads the name of process pid, and computes the same
//
// Names are there for all to read: whoever saw this one still can't ask as this process, without the secret.
#include "launcher.h"

static uint64_t rotated(uint64_t number, int bits) { return number << bits | number >> (64 - bits); }

// SipHash-2-4 of one block, without padding, as its length never varies.
static uint64_t keyed_hash(const uint64_t key[2], uint64_t block) {
  uint64_t a = key[0] ^ 0x736f6d6570736575, b = key[1] ^ 0x646f72616e646f6d;
  uint64_t c = key[0] ^ 0x6c7967656e657261, d = key[1] ^ 0x7465646279746573 ^ block;
  for (int round = 0; round < 6; round++) {
    if (round == 2) a ^= block, c ^= 0xff;
    a += b, c += d;
    b = rotated(b, 13) ^ a, d = rotated(d, 16) ^ c;
    a = rotated(a, 32), c += b, a += d;
    b = rotated(b, 17) ^ c, d = rotated(d, 21) ^ a;
    c = rotated(c, 32);
  }
  return a ^ b ^ c ^ d;
}

// Fills the secret, and gives this process its name: 48 bits in 8 characters, as 15 are a name's most.
long prove(uint64_t pid, uint64_t secret[2]) {
  char name[16] = "belljar";
  TRY(SYS(getrandom, secret, 2 * sizeof *secret, 0));
  uint64_t hash = keyed_hash(secret, pid);
  for (int i = 7; i < 15; i++, hash >>= 6)
    name[i] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-"[hash & 63];
  return SYS(prctl, PR_SET_NAME, name);
}
