// Finds a planner for this caller, or starts one, and makes a request of it.
#include "launcher.h"

// So that the socket's whole path fits into its address.
#define DIRECTORY_MOST   48
#define PATIENCE_SECONDS 5
#define START_SECONDS    60  // what a unit or a planner may take to begin

static struct stat own_mounts;  // the namespace of them
static struct peer listener;    // at the other end of the connection
static bool alone;              // a planner for this request only
static bool unusable;           // the runtime directory, as has been said
static bool looking, stopping;  // `belljar planner status` and `stop`, for which none is started

static const char *variable(const char *name) {
  for (char **entry = self.environment; *entry != NULL; entry++)
    if (starts_with(*entry, name)) return *entry + strlen(name);
  return NULL;
}

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
// the caller's namespaces, root directory, capabilities, confinement, group and distribution. It is no secret and no
// check: the planner looks at the process that asks. The group is in it because nobody but root may look at a process
// of another.
static long socket_path(char *path) {
  char distribution[PATH_LENGTH];
  const char *const world[] = {"/proc/self/ns/mnt", "/proc/self/ns/user",   "/proc/self/ns/pid",
                               "/proc/self/ns/net", "/proc/self/ns/cgroup", "/",
                               distribution};
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct sets[2] = {0};
  struct stat status;
  uint64_t hash = (uint64_t)SYS(getgid);
  put_text(put_text(distribution, self.home), "/lib/planner.args");
  for (size_t i = 0; i < sizeof world / sizeof *world; i++) {
    TRY(SYS(newfstatat, AT_FDCWD, world[i], &status, 0));
    if (i == 0) own_mounts = status;
    hash = (hash ^ status.st_ino ^ (uint64_t)status.st_dev << 40) * 0x9e3779b97f4a7c15ull;
  }
  SYS(capget, &header, sets);
  hash ^= (uint64_t)status.st_mtime ^ (uint64_t)status.st_mtime_nsec << 24 ^ (uint64_t)sets[0].effective << 32 ^
          (uint64_t)sets[1].effective << 16;
  hash ^= (uint64_t)SYS(prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) << 60 ^ (uint64_t)SYS(prctl, PR_GET_SECCOMP) << 56;
  self.world = hash;
  char *end = put_text(path + strlen(path), "/planner-");
  for (int digit = 60; digit >= 0; digit -= 4) *end++ = "0123456789abcdef"[hash >> digit & 15];
  put_text(end, ".sock");
  return 0;
}

// Whoever listens there runs as this user.
long connect_to(const char *path) {
  int length = sizeof listener;
  HOLD(connection, SYS(socket, AF_UNIX, SOCKET_STREAM | O_CLOEXEC, 0));
  TRY(connect_socket(connection, path));
  TRY(SYS(getsockopt, connection, LEVEL_SOCKET, PEER_CREDENTIALS, &listener, &length));
  return listener.uid == (unsigned)SYS(getuid) ? kept(&connection) : -EPERM;
}

// Who began to listen, by descriptor, as its number may have been given to another since; -ENOPROTOOPT before
// Linux 6.5.
static long listening_process(long connection) {
  int process, length = sizeof process;
  TRY(SYS(getsockopt, connection, LEVEL_SOCKET, PEER_PIDFD, &process, &length));
  return process;
}

// A container in which the directory of the sockets is mounted could listen there, too, and have done what it wants:
// who listens must see the files that this process sees. That is asked by its number, so it must not have ended: a
// child of it could listen on, and wait until a process of the host gets the number. A planner that is stopped takes
// connections and requests, so that one that is silent is looked at (is_given_up).
static long connect_to_planner(const char *path, unsigned seconds) {
  uint64_t patience[2] = {seconds, 0};
  char mounts[64];
  struct stat theirs;
  HOLD(connection, connect_to(path));
  put_text(put_number(put_text(mounts, "/proc/"), (uint64_t)listener.pid), "/ns/mnt");
  TRY(SYS(newfstatat, AT_FDCWD, mounts, &theirs, 0));
  if (own_mounts.st_ino != theirs.st_ino || own_mounts.st_dev != theirs.st_dev) return -EPERM;
  OWNED process = listening_process(connection);
  if (process < 0 && process != -ENOPROTOOPT) return process;
  if (process >= 0) TRY(SYS(pidfd_send_signal, process, 0, NULL, 0));
  TRY(SYS(setsockopt, connection, LEVEL_SOCKET, RECEIVE_TIMEOUT, patience, sizeof patience));
  return kept(&connection);
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

// Executes the JVM with these standard streams, and nothing else of what is open.
__attribute__((noreturn)) static void execute_planner(const char *socket, const char *option, long input, long output,
                                                      long errors) {
  static char path[PATH_LENGTH];
  static char *arguments[128], *environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", NULL};
  put_text(put_text(path, self.home), "/lib");
  SYS(chdir, path);
  int count = planner_arguments(arguments, 120);
  arguments[count++] = "--socket";
  arguments[count++] = (char *)(uintptr_t)socket;
  arguments[count++] = (char *)(uintptr_t)option;
  arguments[count] = NULL;
  SYS(dup3, output, 1, 0);
  SYS(dup3, input, 0, 0);
  SYS(dup3, errors, 2, 0);
  SYS(close_range, STANDARD_DESCRIPTORS, ~0u, 0);
  SYS(umask, 022);
  reset_signals();
  say(arguments[0], " could not be executed", "", SYS(execve, arguments[0], arguments, environment));
  leave(1);
}

// Becomes the planner, with nothing of the caller's: session, terminal, descriptors, environment, directory.
__attribute__((noreturn)) static void become_planner(const char *socket, int ready) {
  static char log[PATH_LENGTH];
  SYS(setsid);
  long planner = start_process((struct clone_args){.exit_signal = SIG_CHILD});
  if (planner != 0) SYS(write, ready, &planner, sizeof planner), leave(0);
  runtime_directory(log);
  put_text(log + strlen(log), "/planner.log");
  long null_device = open_at(AT_FDCWD, "/dev/null", O_RDWR, 0, 0);
  long errors = open_at(AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600, 0);
  lift_limits();
  execute_planner(socket, alone ? "--once" : NULL, null_device, ready, errors);
}

// `belljar planner serve`, for a unit of systemd's: becomes the planner where it is, of the socket that descriptor 3 is
// (sd_listen_fds(3)), which launchers try when nobody answers at the name that they know.
static int serve_unit(void) {
  static char path[PATH_LENGTH];
  uint64_t number;
  const char *pid = variable("LISTEN_PID="), *count = variable("LISTEN_FDS=");
  bool handed = pid != NULL && count != NULL && parse_number(&pid, &number) && equal(count, "1");
  if (!handed || number != (uint64_t)SYS(getpid))
    return say("planner serve: a unit of systemd's starts it, with one socket", "", "", 0), 1;
  long failed = runtime_directory(path);
  if (failed == 0) failed = socket_path(path);
  if (failed < 0) return say("planner serve: the runtime directory ", path, " can't be used", failed), 1;
  execute_planner(path, "--inherited", 3, open_at(AT_FDCWD, "/dev/null", O_RDWR, 0, 0), 2);
}

// Starts a planner and waits until it listens, for as long as that may take. It closes the pipe when it does, or by its
// death.
static long start_planner(const char *socket) {
  int ends[2], status;
  long planner = -ESRCH, listens;
  char ready;
  TRY(SYS(pipe2, ends, O_CLOEXEC));
  long pid = start_process((struct clone_args){.exit_signal = SIG_CHILD});
  if (pid == 0) become_planner(socket, ends[1]);
  SYS(close, ends[1]);
  OWNED answer = ends[0];
  TRY(pid);
  while (SYS(wait4, pid, &status, 0, NULL) == -EINTR) continue;
  TRY(read_all(answer, &planner, sizeof planner));
  TRY(planner);
  while ((listens = poll_one(answer, START_SECONDS * 1000L)) == -EINTR) continue;
  if (listens == 0) SYS(kill, planner, SIG_KILL);
  TRY(listens == 0 ? -ETIMEDOUT : listens);
  return read_all(answer, &ready, 1) < 0 ? -ESRCH : 0;
}

// Where nobody answers at the name that is made for this caller, a unit of systemd's may own the fixed one. It is asked
// once: who sees the world otherwise is not answered there.
static long find_planner(void) {
  static bool unit_asked;
  char path[PATH_LENGTH] = "", unit[PATH_LENGTH];
  long failed = runtime_directory(path);
  unusable = failed < 0;
  if (unusable)
    say("the runtime directory ", path, " must be this user's, 0700, its path short, and its parent there", failed);
  TRY(failed);
  put_text(put_text(unit, path), "/planner.sock");
  TRY(socket_path(path));
  if (alone) put_text(put_number(path + strlen(path) - 5, (uint64_t)SYS(getpid)), ".sock");
  long connection = alone ? -ENOENT : connect_to_planner(path, PATIENCE_SECONDS);
  if (connection >= 0 || looking) return connection;
  if (!alone && !unit_asked) connection = connect_to_planner(unit, START_SECONDS);
  unit_asked = true;
  if (connection >= 0) return connection;
  TRY(start_planner(path));
  return connect_to_planner(path, PATIENCE_SECONDS);
}

// The third field of /proc/PID/stat: T, or t under a tracer.
static bool is_stopped(long pid) {
  char text[1024];
  const char *state = stat_of(pid, text, sizeof text);
  return state != NULL && (state[2] | 0x20) == 't';
}

// A planner that wakes up reads what it was sent, also by who has hung up. So first nobody is there any more whose name
// proves the request, and only then it counts that it was not read: nothing can come of it.
static bool take_back(void) {
  char proof[16];
  int unread = 0;
  SYS(prctl, PR_GET_NAME, proof);
  SYS(prctl, PR_SET_NAME, self.name);
  SYS(ioctl, self.planner, TIOCOUTQ, &unread);
  if (unread == 0) SYS(prctl, PR_SET_NAME, proof);
  return unread > 0;
}

// The planner has been silent for so long. That may be right: it does what was asked, and has nothing to say.
// Not where it has not even read what it was sent, or is stopped; the person is told so, once. And where it was the
// request, nothing was begun, and it is given up.
bool is_given_up(bool answered) {
  static bool told;
  char pid[24];
  int unread = 0, length = sizeof listener;
  SYS(getsockopt, self.planner, LEVEL_SOCKET, PEER_CREDENTIALS, &listener, &length);
  SYS(ioctl, self.planner, TIOCOUTQ, &unread);
  put_number(pid, (uint64_t)listener.pid);
  if (unread > 0 && !answered && take_back()) {
    OWNED process = stopping ? listening_process(self.planner) : -1;
    if (process >= 0) SYS(pidfd_send_signal, process, SIG_KILL, NULL, 0);
    if (stopping && process == -ENOPROTOOPT) SYS(kill, listener.pid, SIG_KILL);
    say("the planner (process ", pid,
        stopping  ? ") did not answer, and was killed"
        : looking ? ") does not answer; `belljar planner stop` ends it"
                  : ") does not answer, so another one is asked; `belljar planner stop` ends it",
        0);
    alone = true;
    return true;
  }
  if (!told && (unread > 0 || is_stopped(listener.pid))) {
    say("the planner (process ", pid, ") is stopped, and holds this command up; kill -CONT lets it go on", 0);
    told = true;
  }
  return false;
}

// arguments: the program's name, and what followed it. The exit code, or -1 when there is no planner. One that ends
// as we connect answers nothing, and has done nothing; then the next one is asked.
int request(char **arguments) {
  long failed = 0;
  bool about_it = arguments[1] != NULL && arguments[2] != NULL && equal(arguments[1], "planner");
  stopping = about_it && equal(arguments[2], "stop");
  looking = stopping || (about_it && equal(arguments[2], "status"));
  alone = !looking && variable("BELLJAR_RESIDENT=0") != NULL;
  if (about_it && equal(arguments[2], "serve")) return serve_unit();
  for (int tries = 0; tries < 3; tries++) {
    failed = find_planner();
    if (failed < 0) break;
    self.planner = (int)failed;
    failed = send_request(arguments);
    int code = failed < 0 ? -1 : serve();
    if (code >= 0) return code;
    release(&self.planner);
    if (looking) break;
  }
  if (unusable) return -1;
  if (looking && !alone) say("no planner runs for this caller", "", "", 0);
  if (!looking)
    say("no planner could be reached or started (see planner.log in the runtime directory)", "", "", failed);
  return stopping ? 0 : -1;
}
