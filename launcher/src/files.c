// Steps on descriptors and files. Paths of the host come from the planner and are absolute; paths inside a root are
// hostile, and only ever resolved by the kernel within that root (openat2, RESOLVE_IN_ROOT).
#include "launcher.h"

// Puts a descriptor into a step's slot, in place of the one there; errors pass through.
long keep(const struct step *step, int argument, long descriptor) {
  if (descriptor < 0) return descriptor;
  if (number(step, argument) == SLOT_NONE) return SYS(close, descriptor);
  release(&self.slot[number(step, argument)]);
  self.slot[number(step, argument)] = (int)descriptor;
  return 0;
}

// Two lists may be in use at a time: a program's arguments and its environment stand beside each other in a step.
// There is a place before each for an interpreter's name.
char **texts(const struct step *step, int argument) {
  static char *vectors[2][1 + VECTOR_MOST + 1];
  return texts_of(&self.plan, step, argument, vectors[argument % 2] + 1);
}

long open_in(long root, const char *path, uint64_t flags, uint64_t resolve) {
  return open_at(root, path, flags, 0, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | resolve);
}

// Opens the directory that holds `path` within the root, making what is missing of it, and copies the last component
// into `last`. Each component is looked up from the root again, so a symlink of the image is followed inside it, and
// what is made is made by name in a directory that was opened inside the root: it can't end up elsewhere
// (CVE-2024-45310).
long parent_in(long root, const char *path, char *last) {
  char prefix[PATH_LENGTH];
  if (strlen(path) > PATH_MOST) return -ENAMETOOLONG;
  put_text(prefix, path);
  long parent = open_in(root, ".", O_PATH | O_DIRECTORY, 0);
  for (char *name = prefix, *end, *next; parent >= 0; name = next) {
    while (*name == '/') name++;
    for (end = name; *end != 0 && *end != '/';) end++;
    for (next = end; *next == '/';) next++;
    bool is_last = *next == 0;
    *end = 0;
    if (is_last) {
      put_text(last, name);
      if (*name != 0 && !equal(name, ".") && !equal(name, "..")) break;
      SYS(close, parent);
      return -EINVAL;
    }
    long inner = open_in(root, prefix, O_PATH | O_DIRECTORY, 0);
    if (inner == -ENOENT) inner = SYS(mkdirat, parent, name, 0755);
    if (inner == 0 || inner == -EEXIST) inner = open_in(root, prefix, O_PATH | O_DIRECTORY, 0);
    SYS(close, parent);
    parent = inner;
    *end = '/';
  }
  return parent;
}

// Never makes the file: what is written this way (cgroup, /proc) exists, or the kernel does not have it.
long write_file(const char *path, const void *start, size_t length) {
  HOLD(file, open_at(AT_FDCWD, path, O_WRONLY, 0, 0));
  return write_all(file, start, length);
}

// Every descriptor is close-on-exec (open_at adds it), and only STDIO takes that away.
STEP(open, TRY(keep(step, 0, open_at(AT_FDCWD, text(step, 1), number(step, 2), number(step, 3), 0))))
STEP(open_in, TRY(keep(step, 0, open_in(slot(step, 1), text(step, 2), number(step, 3), number(step, 4)))))

// O_PATH: whatever the image has in this place, a pipe or a device, it is not opened but only pointed to.
long step_create_in(const struct step *step) {
  const char *path = text(step, 2);
  char last[PATH_LENGTH];
  int root = slot(step, 1);
  long opened = keep(step, 0, open_in(root, path, O_PATH, number(step, 5)));
  if (opened != -ENOENT) return opened;
  self.stage++;
  HOLD(parent, parent_in(root, path, last));
  long made = number(step, 3) == 0 ? SYS(mkdirat, parent, last, number(step, 4))
                                   : SYS(mknodat, parent, last, S_IFREG | number(step, 4), 0);
  TRY(tolerate(EEXIST, made));
  return keep(step, 0, open_in(root, path, O_PATH, number(step, 5)));
}

STEP(close, int descriptor = slot(step, 0); if (descriptor >= 0) self.slot[number(step, 0)] = -1;
     TRY(SYS(close, descriptor)))

long connect_socket(long socket, const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) return -ENAMETOOLONG;
  put_text(address.sun_path, path);
  return SYS(connect, socket, &address, sizeof address);
}

STEP(make_pipe, int ends[2]; TRY(SYS(pipe2, ends, O_CLOEXEC)); keep(step, 0, ends[0]); keep(step, 1, ends[1]))

// To a socket that the caller named, with the caller's privileges: an engine's, for the terminal.
STEP(connect, long socket = SYS(socket, AF_UNIX, SOCKET_STREAM | O_CLOEXEC, 0); TRY(keep(step, 0, socket));
     TRY(connect_socket(socket, text(step, 1))))

// Hands a descriptor over: to a socket of the plan's, or through the channel to the launcher, which relays a terminal.
long step_send(const struct step *step) {
  int socket = slot(step, 0);
  if (socket < 0) return tell(ROLE_LAUNCHER, (struct message){.kind = TERMINAL}, slot(step, 1));
  return send_with(socket, text(step, 2), strlen(text(step, 2)), slot(step, 1));
}

// The only way by which a descriptor that a step opened reaches the command.
long step_stdio(const struct step *step) {
  if (number(step, 1) >= STANDARD_DESCRIPTORS || slot(step, 0) == (int)number(step, 1)) return -EINVAL;
  TRY(SYS(dup3, slot(step, 0), number(step, 1), 0));
  self.redirected[number(step, 1)] = true;
  return 0;
}

// As runc does, so that a user that is not root may open /dev/stdout again. A descriptor that can't be given away (of
// another file system, or of an owner outside the user namespace) stays as it is; the null device is everybody's.
long step_stdio_owner(const struct step *step) {
  struct stat status;
  for (int descriptor = 0; descriptor < STANDARD_DESCRIPTORS; descriptor++) {
    bool known = SYS(newfstatat, descriptor, "", &status, AT_EMPTY_PATH) == 0 && status.st_rdev != DEVICE(1, 3);
    if (known && (status.st_uid != number(step, 0) || status.st_gid != number(step, 1)))
      SYS(fchown, descriptor, number(step, 0), number(step, 1));
  }
  return 0;
}

STEP(write, TRY(write_file(text(step, 0), bytes(step, 1).start, bytes(step, 1).length)))

// The descriptor is of the host's /proc, opened before the root was changed; that the file is procfs is still looked
// at, and no link or mount is crossed on the way (CVE-2025-52881, CVE-2019-16884).
long step_write_proc(const struct step *step) {
  uint64_t within = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV;
  struct file_system system;
  HOLD(file, open_at(slot(step, 0), text(step, 1), O_WRONLY, 0, within));
  TRY(SYS(fstatfs, file, &system));
  return system.type != PROC_SUPER_MAGIC ? -EXDEV : write_all(file, bytes(step, 2).start, bytes(step, 2).length);
}

// The launcher's own /proc, and the pid of a child that is not reaped: it can't be another process.
long step_write_map(const struct step *step) {
  char path[64 + DETAIL_MOST];
  if (strlen(text(step, 1)) > DETAIL_MOST) return -ENAMETOOLONG;
  char *end = put_number(put_text(path, "/proc/"), (uint64_t)self.pid[role(step, 0)]);
  put_text(put_text(end, "/"), text(step, 1));
  return write_file(path, bytes(step, 2).start, bytes(step, 2).length);
}

// In directories of Belljar's own state, or where the caller asked for a file: with the caller's privileges.
STEP(make_directory, TRY(SYS(mkdirat, AT_FDCWD, text(step, 0), number(step, 1))))
STEP(remove_file, TRY(SYS(unlinkat, AT_FDCWD, text(step, 0), 0)))
STEP(remove_directory, TRY(SYS(unlinkat, AT_FDCWD, text(step, 0), AT_REMOVEDIR)))

// Made for its owner alone, and given to the container's root only where that is not the launcher's user.
STEP(make_fifo, bool given = number(step, 1) != 0 || number(step, 2) != 0; const char *path = text(step, 0);
     TRY(SYS(mknodat, AT_FDCWD, path, S_IFIFO | 0600, 0));
     TRY(given ? SYS(fchownat, AT_FDCWD, path, number(step, 1), number(step, 2), AT_SYMLINK_NOFOLLOW) : 0))

// A reader sees the whole file or none: it is written under another name and renamed.
static long replace_file(const char *path, const char *content, bool durable) {
  char other[PATH_LENGTH];
  if (strlen(path) > PATH_MOST - 4) return -ENAMETOOLONG;
  put_text(put_text(other, path), ".tmp");
  TRY(tolerate(ENOENT, SYS(unlinkat, AT_FDCWD, other, 0)));
  HOLD(file, open_at(AT_FDCWD, other, O_WRONLY | O_CREAT | O_EXCL, 0644, 0));
  TRY(write_all(file, content, strlen(content)));
  if (durable) TRY(SYS(fsync, file));
  return SYS(renameat, AT_FDCWD, other, AT_FDCWD, path);
}

long step_record_pid(const struct step *step) {
  char content[64];
  int pid = self.pid[role(step, 1)];
  uint64_t start_time;
  if (pid == 0) return -ESRCH;
  char *end = put_number(content, (uint64_t)pid);
  if (number(step, 2) == 1) {
    TRY(start_time_of(pid, &start_time));
    put_text(put_number(put_text(end, " "), start_time), "\n");
  }
  return replace_file(text(step, 0), content, false);
}

long step_record_status(const struct step *step) {
  char content[96];
  struct duration time;
  SYS(clock_gettime, CLOCK_REAL, &time);
  char *end = put_text(put_number(content, (uint64_t)code_of(self.status[role(step, 1)])), " ");
  // Nine digits: the 1 in front of them, which keeps their zeros, is where the point goes.
  char *point = put_number(end, (uint64_t)time.seconds);
  put_text(put_number(point, 1000000000 + (uint64_t)time.nanoseconds), "\n");
  *point = '.';
  return replace_file(text(step, 0), content, true);
}
