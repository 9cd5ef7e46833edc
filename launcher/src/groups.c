// Steps on control groups. A container may have made groups below its own, to any depth; they are walked by
// descriptor, so that a group that vanishes meanwhile is no error.
#include "launcher.h"

#define DEPTH_MOST 512

static bool killed_any;

// The pid is of a child that is not reaped. 0 would be the launcher itself.
long step_place(const struct step *step) {
  char digits[24];
  int pid = self.pid[role(step, 1)];
  if (pid == 0) return -ESRCH;
  char *end = put_number(digits, (uint64_t)pid);
  return write_file(text(step, 0), digits, (size_t)(end - digits));
}

// "0" is the process itself, in its one thread: alone that is done at once.
long step_enter_group(const struct step *step) {
  return slot(step, 1) < 0 ? write_file(text(step, 0), "0", 1) : write_all(slot(step, 1), "0", 1);
}

// Visits each group below `parent`/`name`, deepest first, and then that one itself.
static long walk(long parent, const char *name, int depth, long (*visit)(long parent, const char *name)) {
  _Alignas(8) char entries[1024];
  long failed = 0, length;
  if (depth > DEPTH_MOST) return -ELOOP;
  OWNED directory = open_at(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, 0);
  if (directory < 0) return tolerate(ENOENT, directory);
  while (failed == 0 && (length = SYS(getdents64, directory, entries, sizeof entries)) > 0) {
    for (long at = 0; at < length && failed == 0;) {
      struct directory_entry *entry = (struct directory_entry *)(void *)(entries + at);
      at += entry->length;
      if (entry->type == 4 /* DT_DIR */ && !equal(entry->name, ".") && !equal(entry->name, ".."))
        failed = walk(directory, entry->name, depth + 1, visit);
    }
  }
  return failed < 0 ? failed : visit(parent, name);
}

// A member that ends, and whose pid is given away, between the read and the signal is the hazard of version 1, which
// names processes by pid alone; version 2 has cgroup.kill.
static long kill_members(long parent, const char *name) {
  char path[PATH_LENGTH], members[4096];
  if (strlen(name) > PATH_LENGTH - 32) return -ENAMETOOLONG;
  put_text(put_text(path, name), "/cgroup.procs");
  OWNED file = open_at(parent, path, O_RDONLY, 0, 0);
  if (file < 0) return file == -ENOENT || file == -ENODEV ? 0 : file;
  long length = SYS(read, file, members, sizeof members - 1);
  members[length > 0 ? length : 0] = 0;
  const char *at = members;
  // A pid that the read cut off at the end is left for the next round. A pid of 0 is of another pid namespace.
  for (uint64_t pid; parse_number(&at, &pid) && *at == '\n'; at++) {
    if (pid == 0 || pid == (uint64_t)SYS(getpid)) continue;
    SYS(kill, pid, SIG_KILL);
    killed_any = true;
  }
  return 0;
}

long step_kill_group(const struct step *step) {
  char path[PATH_LENGTH];
  if (strlen(text(step, 0)) > PATH_LENGTH - 16) return -ENAMETOOLONG;
  put_text(put_text(path, text(step, 0)), "/cgroup.kill");
  OWNED file = open_at(AT_FDCWD, path, O_WRONLY, 0, 0);
  if (file >= 0) {
    self.stage++;
    return tolerate(ENODEV, write_all(file, "1", 1));
  }
  // Version 1: members may fork while they are being killed, so until a round finds none.
  for (int round = 0; round < 1000; round++) {
    killed_any = false;
    long failed = walk(AT_FDCWD, text(step, 0), 0, kill_members);
    if (failed < 0 || !killed_any) return failed;
    poll_one(-1, 1);
  }
  return -EBUSY;
}

static long remove_one(long parent, const char *name) {
  return tolerate(ENOENT, SYS(unlinkat, parent, name, AT_REMOVEDIR));
}

// A group is busy for a moment after its last process has been reaped.
long step_remove_group(const struct step *step) {
  long failed = SYS(unlinkat, AT_FDCWD, text(step, 0), AT_REMOVEDIR);
  for (long pause = 1, waited = 0; failed == -EBUSY && waited < 10000; waited += pause) {
    failed = walk(AT_FDCWD, text(step, 0), 0, remove_one);
    if (failed != -EBUSY) break;
    poll_one(-1, pause);
    if (pause < 50) pause *= 2;
  }
  return failed == -ENOENT ? 0 : failed;
}

// The kernel verifies the program, which can only answer yes or no; the group is the container's alone.
long step_filter_devices(const struct step *step) {
  struct bytes program = bytes(step, 1);
  union bpf_attr load = {.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE,
                         .insns = (uint64_t)(uintptr_t)program.start,
                         .insn_cnt = (uint32_t)(program.length / 8),
                         .license = (uint64_t)(uintptr_t) "Apache-2.0"};
  if (program.length == 0 || program.length % 8 != 0 || program.length / 8 > 4096) return -EINVAL;
  HOLD(group, open_at(AT_FDCWD, text(step, 0), O_RDONLY | O_DIRECTORY, 0, 0));
  HOLD(loaded, SYS(bpf, BPF_PROG_LOAD, &load, sizeof load));
  union bpf_attr attach = {.target_fd = (uint32_t)group,
                           .attach_bpf_fd = (uint32_t)loaded,
                           .attach_type = BPF_CGROUP_DEVICE,
                           .attach_flags = BPF_F_ALLOW_MULTI};
  return SYS(bpf, BPF_PROG_ATTACH, &attach, sizeof attach);
}
