// Finds a planner for this caller, or starts one, and makes a request of it.
#include "launcher.h"

// So that the socket's whole path fits into its address.
#define DIRECTORY_MOST 48

static const char *variable(const char *name) {
  for (char **entry = self.environment; *entry != NULL; entry++)
    if (starts_with(*entry, name)) return *entry + strlen(name);
  return NULL;
}

static bool resident(void) { return variable("BELLJAR_RESIDENT=0") == NULL; }

// The directory of the planners' sockets: ours, and nobody else's.
static long runtime_directory(char *path) {
  long uid = SYS(getuid);
  const char *configured = variable("BELLJAR_RUNTIME_DIR=/");
  if (configured == NULL && uid != 0) configured = variable("XDG_RUNTIME_DIR=/");
  if (configured != NULL && strlen(configured) > DIRECTORY_MOST) return -ENAMETOOLONG;
  if (configured != NULL) put_text(put_text(put_text(path, "/"), configured), "/belljar");
  else if (uid == 0) put_text(path, "/run/belljar");
  else put_number(put_text(path, "/tmp/belljar-"), (uint64_t)uid);
  struct stat status;
  TRY(tolerate(EEXIST, SYS(mkdirat, AT_FDCWD, path, 0700)));
  TRY(SYS(newfstatat, AT_FDCWD, path, &status, AT_SYMLINK_NOFOLLOW));
  return TYPE(status.st_mode) == S_IFDIR && status.st_uid == uid && (status.st_mode & 077) == 0 ? 0 : -EPERM;
}

// A planner serves callers that see the world as it does, and may do in it what they may: its socket's name is made of
// the caller's namespaces, root directory, capabilities, confinement and distribution. It is no secret and no check;
// the directory's mode and the peer's uid are.
static long socket_path(char *path) {
  char distribution[PATH_LENGTH];
  const char *const world[] = {"/proc/self/ns/mnt", "/proc/self/ns/user",   "/proc/self/ns/pid",
                               "/proc/self/ns/net", "/proc/self/ns/cgroup", "/",
                               distribution};
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct sets[2] = {0};
  struct stat status;
  uint64_t hash = 0;
  put_text(put_text(distribution, self.home), "/lib/planner.args");
  for (size_t i = 0; i < sizeof world / sizeof *world; i++) {
    TRY(SYS(newfstatat, AT_FDCWD, world[i], &status, 0));
    hash = (hash ^ status.st_ino ^ (uint64_t)status.st_dev << 40) * 0x9e3779b97f4a7c15ull;
  }
  SYS(capget, &header, sets);
  hash ^= (uint64_t)status.st_mtime ^ (uint64_t)sets[0].effective << 32 ^ (uint64_t)sets[1].effective << 16;
  hash ^= (uint64_t)SYS(prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) << 60 ^ (uint64_t)SYS(prctl, PR_GET_SECCOMP) << 56;
  char *end = put_text(path + strlen(path), "/planner-");
  for (int digit = 60; digit >= 0; digit -= 4) *end++ = "0123456789abcdef"[hash >> digit & 15];
  put_text(end, ".sock");
  return 0;
}

long connect_to(const char *path) {
  struct peer peer;
  int length = sizeof peer;
  HOLD(connection, SYS(socket, AF_UNIX, SOCKET_STREAM | O_CLOEXEC, 0));
  TRY(connect_socket(connection, path));
  TRY(SYS(getsockopt, connection, LEVEL_SOCKET, PEER_CREDENTIALS, &peer, &length));
  return peer.uid == (unsigned)SYS(getuid) ? kept(&connection) : -EPERM;
}

// planner.args: an argument a line.
static int planner_arguments(char **arguments, int most) {
  static char content[8192];
  int count = 0;
  if (SYS(read, open_at(AT_FDCWD, "planner.args", O_RDONLY, 0, 0), content, sizeof content - 1) <= 0) leave(1);
  for (char *at = content; *at != 0 && count < most;) {
    arguments[count++] = at;
    while (*at != 0 && *at != '\n') at++;
    if (*at != 0) *at++ = 0;
  }
  return count;
}

// A planner serves others than the caller that happened to start it, whose limits must not become theirs.
static void lift_limits(void) {
  static const uint64_t none[2] = {~0ull, ~0ull};
  for (unsigned resource = 0; resource < 16; resource++)
    if (resource != 3 /* STACK */ && resource != 4 /* CORE */) SYS(prlimit64, 0, resource, none, NULL);
  write_file("/proc/self/oom_score_adj", "0", 1);
}

// Becomes the planner, with nothing of the caller's: session, terminal, descriptors, environment, directory.
__attribute__((noreturn)) static void become_planner(const char *socket, int ready) {
  static char path[PATH_LENGTH], log[PATH_LENGTH];
  static char *arguments[128], *environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", NULL};
  SYS(setsid);
  if (start_process((struct clone_args){.exit_signal = SIG_CHILD}) != 0) leave(0);
  put_text(put_text(path, self.home), "/lib");
  SYS(chdir, path);
  int count = planner_arguments(arguments, 120);
  arguments[count++] = "--socket";
  arguments[count++] = (char *)(uintptr_t)socket;
  if (!resident()) arguments[count++] = "--once";
  arguments[count] = NULL;
  runtime_directory(log);
  put_text(log + strlen(log), "/planner.log");
  long null_device = open_at(AT_FDCWD, "/dev/null", O_RDWR, 0, 0);
  long errors = open_at(AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600, 0);
  SYS(dup3, ready, 1, 0);
  SYS(dup3, null_device, 0, 0);
  SYS(dup3, errors, 2, 0);
  SYS(close_range, STANDARD_DESCRIPTORS, ~0u, 0);
  SYS(umask, 022);
  lift_limits();
  reset_signals();
  say(arguments[0], " could not be executed", "", SYS(execve, arguments[0], arguments, environment));
  leave(1);
}

// Starts a planner and waits until it listens. It closes the pipe when it does, or by its death.
static long start_planner(const char *socket) {
  int ends[2], status;
  char ready;
  TRY(SYS(pipe2, ends, O_CLOEXEC));
  long pid = start_process((struct clone_args){.exit_signal = SIG_CHILD});
  if (pid == 0) become_planner(socket, ends[1]);
  SYS(close, ends[1]);
  OWNED answer = ends[0];
  TRY(pid);
  while (SYS(wait4, pid, &status, 0, NULL) == -EINTR) continue;
  return read_all(answer, &ready, 1) < 0 ? -ESRCH : 0;
}

static long find_planner(void) {
  char path[PATH_LENGTH] = "";
  long failed = runtime_directory(path);
  if (failed < 0) say("the runtime directory ", path, " must be this user's, 0700, and its path short", failed);
  TRY(failed);
  TRY(socket_path(path));
  if (!resident()) put_text(put_number(path + strlen(path) - 5, (uint64_t)SYS(getpid)), ".sock");
  long connection = resident() ? connect_to(path) : -ENOENT;
  if (connection >= 0) return connection;
  TRY(start_planner(path));
  return connect_to(path);
}

// arguments: the program's name, and what followed it. The exit code, or -1 when there is no planner. One that ends
// as we connect answers nothing, and has done nothing; then the next one is asked.
int request(char **arguments) {
  long failed = 0;
  for (int tries = 0; tries < 3; tries++) {
    failed = find_planner();
    if (failed < 0) break;
    self.planner = (int)failed;
    failed = send_request(arguments);
    int code = failed < 0 ? -1 : serve();
    if (code >= 0) return code;
    release(&self.planner);
  }
  say("no planner could be reached or started (see planner.log in the runtime directory)", "", "", failed);
  return -1;
}
