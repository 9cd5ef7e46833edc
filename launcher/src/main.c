// The program that callers start, as `belljar` and `belljar-oci`: it hands the request to a planner, and does what the
// planner asks. It decides nothing.
#include "launcher.h"

// Where the last component begins. The path may be argv[0], which ps shows: it is not written to.
static size_t last_of(const char *path) {
  size_t start = strlen(path);
  while (start > 0 && path[start - 1] != '/') start--;
  return start;
}

// The directory above the one of the executable, through the kernel: argv[0] is the caller's word.
static void find_home(char *home) {
  long length = SYS(readlinkat, AT_FDCWD, "/proc/self/exe", home, PATH_LENGTH - 1);
  home[length > 0 ? length : 0] = 0;
  for (int level = 0; level < 2; level++) {
    size_t last = last_of(home);
    if (last > 0) home[last - 1] = 0;
  }
}

// The arguments are the request's words, in case another planner has to be asked. A Java program's launcher has only
// its own planner, and never asks another.
static int serve_connection(const char *text, char **arguments) {
  uint64_t descriptor;
  if (!parse_number(&text, &descriptor) || *text != 0 || descriptor > INT32_MAX) return 2;
  if (SYS(fcntl, descriptor, F_SETFD, FD_CLOEXEC) < 0) return 2;
  // From here on this process, and every child of it, is out of reach of a container's ptrace and /proc/PID.
  SYS(prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
  SYS(umask, 022);
  self.planner = (int)descriptor;
  self.arguments = arguments;
  self.sealed = true;
  int code = serve();
  if (code >= 0 || arguments[0] == NULL || equal(arguments[0], "library")) return code;
  release(&self.planner);
  // Nothing was begun, and the next planner has to see who asks.
  SYS(prctl, PR_SET_DUMPABLE, 1, 0, 0, 0);
  return request(arguments);
}

// What the caller may have left out or changed, and the launcher relies on: descriptors 0 to 2 are open, or the next
// that is opened would be taken for one of them; and the status of a child can be asked for.
static void put_in_order(void) {
  struct signal_action standard = {0};
  for (int descriptor = 0; descriptor < STANDARD_DESCRIPTORS; descriptor++)
    if (SYS(fcntl, descriptor, F_GETFD) == -EBADF) SYS(openat, AT_FDCWD, "/dev/null", O_RDWR);
  SYS(rt_sigaction, SIG_CHILD, &standard, NULL, sizeof standard.mask);
}

// For tests of the protocol: asks whoever listens there.
static int serve_test(const char *socket) {
  char *library[] = {"library", NULL};
  long connection = connect_to(socket);
  if (connection < 0) say("no planner answers at ", socket, "", connection);
  self.planner = (int)connection;
  return connection < 0 || send_request(library) < 0 ? 1 : serve();
}

int main(int argc, char **argv, char **envp) {
  static char home[PATH_LENGTH];
  bool sealed = argc >= 4 && equal(argv[1], "--sealed");
  self.environment = envp;
  self.planner = self.detached = self.signalled = -1;
  self.home = sealed ? argv[3] : home;
  if (argc < 1) return 2;
  put_in_order();
  if (!sealed) find_home(home);
  argv[0] = equal(argv[0] + last_of(argv[0]), "belljar") ? "belljar" : "belljar-oci";
  int code = sealed                                     ? serve_connection(argv[2], argv + 4)
             : argc == 3 && equal(argv[1], "--planner") ? serve_test(argv[2])
                                                        : request(argv);
  unsigned char status = code < 0 ? 1 : (unsigned char)code;
  // A monitor that could not start its container tells the process that the caller started.
  if (self.detached >= 0) write_all(self.detached, &status, 1);
  return status;
}
