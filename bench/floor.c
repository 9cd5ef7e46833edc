// The floor: the bare system calls that give a process what runc's default config.json gives it, hard-coded. No parser,
// no state, no checks of what is in the root, no messages but the name of the call that failed: what no runtime can
// undercut, and nothing that a runtime could be.
//
//   floor ROOT NAME GROUPS PROGRAM [ARGUMENT...]
//
// GROUPS are the cgroup directories to make NAME in, separated by commas, each with its kind before a colon:
// v2:/sys/fs/cgroup/unified,cpuset:/sys/fs/cgroup/cpuset,devices:/sys/fs/cgroup/devices,v1:/sys/fs/cgroup/memory
// With v2 alone the device rules are a BPF program and there is a cgroup namespace, as runc's default is there.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <linux/sched.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define TRY(call) \
  do { \
    if ((call) < 0) { \
      perror("floor: " #call); \
      _exit(125); \
    } \
  } while (0)

enum { GROUPS_MOST = 32, PATH_MOST = 1024 };
enum kind { V1, V2, CPUSET, DEVICES };

static struct group {
  enum kind kind;
  const char *parent, *hierarchy;
  char path[PATH_MOST];
} groups[GROUPS_MOST];
static size_t group_count;
static const char *name;

static void parse_groups(char *list) {
  static const char *const kinds[] = {[V1] = "v1", [V2] = "v2", [CPUSET] = "cpuset", [DEVICES] = "devices"};
  for (char *entry = strtok(list, ","); entry != NULL && group_count < GROUPS_MOST; entry = strtok(NULL, ",")) {
    struct group *group = &groups[group_count++];
    char *colon = strchr(entry, ':');
    if (colon == NULL) exit(2);
    *colon = 0;
    for (size_t kind = 0; kind < COUNT(kinds); kind++)
      if (strcmp(entry, kinds[kind]) == 0) group->kind = (enum kind)kind;
    group->parent = colon + 1;
    group->hierarchy = strrchr(group->parent, '/') + 1;
    snprintf(group->path, sizeof group->path, "%s/%s", group->parent, name);
  }
}

static bool pure_v2(void) { return group_count == 1 && groups[0].kind == V2; }

static void put(const char *directory, const char *file, const char *text) {
  char path[PATH_MOST * 2];
  snprintf(path, sizeof path, "%s/%s", directory, file);
  int descriptor = open(path, O_WRONLY | O_CLOEXEC);
  TRY(descriptor);
  TRY(write(descriptor, text, strlen(text)));
  close(descriptor);
}

// A cpuset takes no process before it is filled.
static void inherit(const struct group *group, const char *file) {
  char path[PATH_MOST * 2], value[256];
  snprintf(path, sizeof path, "%s/%s", group->parent, file);
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  TRY(descriptor);
  ssize_t length = read(descriptor, value, sizeof value - 1);
  TRY(length);
  value[length] = 0;
  close(descriptor);
  put(group->path, file, value);
}

// --- devices: all of them may be made, these may be used ---------------------------------------------------------

#define ANY (-1)
static const struct {
  int major, minor;
} used[] = {{1, 3}, {1, 5}, {1, 7}, {1, 8}, {1, 9}, {5, 0}, {5, 2}, {10, 200}, {136, ANY}};

static void filter_devices_v1(const struct group *group) {
  put(group->path, "devices.deny", "a");
  put(group->path, "devices.allow", "b *:* m");
  put(group->path, "devices.allow", "c *:* m");
  for (size_t i = 0; i < COUNT(used); i++) {
    char minor[16] = "*", rule[64];
    if (used[i].minor != ANY) snprintf(minor, sizeof minor, "%d", used[i].minor);
    snprintf(rule, sizeof rule, "c %d:%s rwm", used[i].major, minor);
    put(group->path, "devices.allow", rule);
  }
}

static void filter_devices_v2(int group) {
  struct bpf_insn code[64];
  size_t at = 0;
#define EMIT(operation, to, from, jump, value) \
  code[at++] = (struct bpf_insn) { \
    .code = (operation), .dst_reg = (to), .src_reg = (from), .off = (jump), .imm = (value) \
  }
  const short type = offsetof(struct bpf_cgroup_dev_ctx, access_type);
  EMIT(BPF_LDX | BPF_MEM | BPF_W, 2, 1, type, 0);
  EMIT(BPF_LDX | BPF_MEM | BPF_W, 4, 1, offsetof(struct bpf_cgroup_dev_ctx, major), 0);
  EMIT(BPF_LDX | BPF_MEM | BPF_W, 5, 1, offsetof(struct bpf_cgroup_dev_ctx, minor), 0);
  EMIT(BPF_ALU | BPF_MOV | BPF_X, 3, 2, 0, 0);
  EMIT(BPF_ALU | BPF_RSH | BPF_K, 3, 0, 0, 16);
  EMIT(BPF_ALU | BPF_AND | BPF_K, 2, 0, 0, 0xffff);
  EMIT(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 1);
  EMIT(BPF_JMP | BPF_JNE | BPF_K, 3, 0, 1, BPF_DEVCG_ACC_MKNOD);
  EMIT(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
  EMIT(BPF_JMP | BPF_JNE | BPF_K, 2, 0, 3 * COUNT(used) - 1, BPF_DEVCG_DEV_CHAR);
  for (size_t i = 0; i < COUNT(used); i++) {
    EMIT(BPF_JMP | BPF_JNE | BPF_K, 4, 0, used[i].minor == ANY ? 1 : 2, used[i].major);
    if (used[i].minor != ANY) EMIT(BPF_JMP | BPF_JNE | BPF_K, 5, 0, 1, used[i].minor);
    EMIT(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
  }
  EMIT(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0);
  EMIT(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
  union bpf_attr load = {.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE, .insns = (uintptr_t)code, .insn_cnt = at};
  load.license = (uintptr_t) "Apache-2.0";
  long program = syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof load);
  TRY(program);
  union bpf_attr attach = {.target_fd = group, .attach_bpf_fd = program, .attach_type = BPF_CGROUP_DEVICE};
  attach.attach_flags = BPF_F_ALLOW_MULTI;
  TRY(syscall(SYS_bpf, BPF_PROG_ATTACH, &attach, sizeof attach));
  close((int)program);
}

// --- the container's first process -------------------------------------------------------------------------------

enum { SAFE = MS_NOSUID | MS_NODEV | MS_NOEXEC };

static void mount_cgroups(void) {
  if (pure_v2()) {
    TRY(mount("cgroup", "sys/fs/cgroup", "cgroup2", SAFE | MS_RDONLY | MS_RELATIME, NULL));
    return;
  }
  TRY(mount("tmpfs", "sys/fs/cgroup", "tmpfs", SAFE, "mode=755"));
  for (size_t i = 0; i < group_count; i++) {
    char target[PATH_MOST];
    snprintf(target, sizeof target, "sys/fs/cgroup/%s", groups[i].hierarchy);
    TRY(mkdir(target, 0755));
    TRY(mount(groups[i].path, target, NULL, MS_BIND, NULL));
    TRY(mount(NULL, target, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | SAFE, NULL));
  }
  TRY(mount(NULL, "sys/fs/cgroup", NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | SAFE, NULL));
}

static void make_devices(void) {
  static const struct {
    const char *path;
    unsigned major, minor;
  } nodes[] = {{"dev/null", 1, 3},   {"dev/zero", 1, 5},    {"dev/full", 1, 7},
               {"dev/random", 1, 8}, {"dev/urandom", 1, 9}, {"dev/tty", 5, 0}};
  static const char *const links[][2] = {{"pts/ptmx", "dev/ptmx"},          {"/proc/self/fd", "dev/fd"},
                                         {"/proc/self/fd/0", "dev/stdin"},  {"/proc/self/fd/1", "dev/stdout"},
                                         {"/proc/self/fd/2", "dev/stderr"}, {"/proc/kcore", "dev/core"}};
  for (size_t i = 0; i < COUNT(nodes); i++)
    TRY(mknod(nodes[i].path, S_IFCHR | 0666, makedev(nodes[i].major, nodes[i].minor)));
  for (size_t i = 0; i < COUNT(links); i++) TRY(symlink(links[i][0], links[i][1]));
}

static void mount_all(const char *root) {
  TRY(mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL));
  TRY(mount(root, root, NULL, MS_BIND | MS_REC, NULL));
  TRY(chdir(root));
  TRY(mount("proc", "proc", "proc", 0, NULL));
  TRY(mount("tmpfs", "dev", "tmpfs", MS_NOSUID | MS_STRICTATIME, "mode=755,size=65536k"));
  TRY(mkdir("dev/pts", 0755));
  TRY(mkdir("dev/shm", 0755));
  TRY(mkdir("dev/mqueue", 0755));
  TRY(mount("devpts", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=0620,gid=5"));
  TRY(mount("shm", "dev/shm", "tmpfs", SAFE, "mode=1777,size=65536k"));
  TRY(mount("mqueue", "dev/mqueue", "mqueue", SAFE, NULL));
  TRY(mount("sysfs", "sys", "sysfs", SAFE | MS_RDONLY, NULL));
  mount_cgroups();
  make_devices();
}

static void mask_and_protect(void) {
  static const char *const files[] = {"/proc/kcore",      "/proc/keys",        "/proc/latency_stats",
                                      "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug"};
  static const char *const directories[] = {"/proc/acpi", "/proc/asound", "/proc/scsi", "/sys/firmware"};
  static const char *const protected[] = {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"};
  // Not every kernel has all of them.
  for (size_t i = 0; i < COUNT(files); i++) mount("/dev/null", files[i], NULL, MS_BIND, NULL);
  for (size_t i = 0; i < COUNT(directories); i++) mount("tmpfs", directories[i], "tmpfs", MS_RDONLY, NULL);
  for (size_t i = 0; i < COUNT(protected); i++) {
    if (mount(protected[i], protected[i], NULL, MS_BIND | MS_REC, NULL) < 0) continue;
    TRY(mount(NULL, protected[i], NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL));
  }
  TRY(mount(NULL, "/", NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL));
}

static void bring_loopback_up(void) {
  struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
  int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  TRY(descriptor);
  TRY(ioctl(descriptor, SIOCSIFFLAGS, &request));
  close(descriptor);
}

static void drop_privileges(void) {
  static const int kept[] = {CAP_AUDIT_WRITE, CAP_KILL, CAP_NET_BIND_SERVICE};
  const struct rlimit files = {1024, 1024};
  const unsigned set = 1u << kept[0] | 1u << kept[1] | 1u << kept[2];
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  const struct __user_cap_data_struct data[2] = {{set, set, set}, {0, 0, 0}};
  TRY(setrlimit(RLIMIT_NOFILE, &files));
  for (int capability = 0; capability <= CAP_LAST_CAP; capability++)
    if (capability > 31 || (set >> capability & 1) == 0) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  TRY(syscall(SYS_capset, &header, data));
  for (size_t i = 0; i < COUNT(kept); i++) TRY(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, kept[i], 0, 0));
  TRY(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
}

static void become_container(const char *root, char **command) {
  static char *const environment[] = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm",
                                      NULL};
  TRY(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0));
  TRY(setsid());
  // Kernels without keyrings have none to leave.
  syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, name);
  // A thread that moves itself, alone, is moved at once; for any other the kernel first waits for an RCU grace period,
  // some 10 ms unless another move was just before.
  for (size_t i = 0; i < group_count; i++)
    if (groups[i].kind != V2) put(groups[i].path, "tasks", "0");
  if (pure_v2()) TRY(unshare(CLONE_NEWCGROUP));
  umask(0);
  mount_all(root);
  TRY(sethostname("runc", 4));
  bring_loopback_up();
  TRY(syscall(SYS_pivot_root, ".", "."));
  TRY(umount2(".", MNT_DETACH));
  TRY(chdir("/"));
  mask_and_protect();
  umask(022);
  drop_privileges();
  execve(command[0], command, environment);
  TRY(-1);
}

// --- its parent --------------------------------------------------------------------------------------------------

static int make_groups(void) {
  int v2 = -1;
  for (size_t i = 0; i < group_count; i++) {
    const struct group *group = &groups[i];
    TRY(mkdir(group->path, 0755));
    if (group->kind == CPUSET) {
      inherit(group, "cpuset.cpus");
      inherit(group, "cpuset.mems");
    }
    if (group->kind == DEVICES) filter_devices_v1(group);
    if (group->kind == V2) TRY(v2 = open(group->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
  if (pure_v2()) filter_devices_v2(v2);
  return v2;
}

int main(int argc, char **argv) {
  if (argc < 5) return 2;
  name = argv[2];
  parse_groups(argv[3]);
  int v2 = make_groups(), status;
  struct clone_args clone = {.exit_signal = SIGCHLD};
  clone.flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
  if (v2 >= 0) clone.flags |= CLONE_INTO_CGROUP;
  if (v2 >= 0) clone.cgroup = (unsigned)v2;
  long child = syscall(SYS_clone3, &clone, sizeof clone);
  TRY(child);
  if (child == 0) become_container(argv[1], argv + 4);
  TRY(waitpid((pid_t)child, &status, 0));
  for (size_t i = 0; i < group_count; i++) TRY(rmdir(groups[i].path));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
