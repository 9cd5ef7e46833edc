// Steps on mounts. Each mount is made detached, given its attributes, and only then attached, to a descriptor and never
// to a path: what the image or another container does to names meanwhile changes nothing, and no mount is ever
// reachable with fewer restrictions than it is meant to have (CVE-2021-30465).
#include "launcher.h"

static long set_mount(long mount, bool recursive, uint64_t set, uint64_t clear, uint64_t propagation) {
  struct mount_attr attributes = {.attr_set = set, .attr_clr = clear, .propagation = propagation};
  return SYS(mount_setattr, mount, "", AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0), &attributes, sizeof attributes);
}

static long clone_mount(long descriptor, bool recursive) {
  return SYS(open_tree, descriptor, "",
             OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0));
}

static long attach_mount(long mount, long target) {
  return SYS(move_mount, mount, "", target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
}

static long configure(long context, const char *option) {
  char key[256];
  size_t length = 0;
  for (; option[length] != 0 && option[length] != '=' && length < sizeof key - 1; length++)
    key[length] = option[length];
  key[length] = 0;
  if (option[length] == 0) return SYS(fsconfig, context, FSCONFIG_SET_FLAG, option, NULL, 0);
  return SYS(fsconfig, context, FSCONFIG_SET_STRING, key, option + length + 1, 0);
}

static long make_mount(long context, const char *source, char *const *options, uint64_t attributes) {
  if (*source != 0) TRY(SYS(fsconfig, context, FSCONFIG_SET_STRING, "source", source, 0));
  for (; *options != NULL; options++) TRY(configure(context, *options));
  TRY(SYS(fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
  HOLD(mount, SYS(fsmount, context, FSMOUNT_CLOEXEC, attributes));
  return kept(&mount);
}

// A new file system, mounted nowhere yet. Where it fails, the kernel's own words are kept for the report.
static long new_mount(const char *type, const char *source, char *const *options, uint64_t attributes) {
  HOLD(context, SYS(fsopen, type, FSOPEN_CLOEXEC));
  long mount = make_mount(context, source, options, attributes);
  long length = mount < 0 ? SYS(read, context, self.detail, DETAIL_MOST - 1) : 0;
  self.detail[length > 0 ? length : 0] = 0;
  return mount;
}

// Afterwards the slot holds the new mount's root, so what follows happens in it, whatever lies at the path by then.
long step_mount(const struct step *step) {
  OWNED mount = new_mount(text(step, 1), text(step, 2), texts(step, 4), number(step, 3));
  if (mount < 0) return mount;
  TRY(attach_mount(mount, slot(step, 0)));
  return keep(step, 0, kept(&mount));
}

// The source too is a descriptor: of the host, or opened inside a root.
long step_bind(const struct step *step) {
  HOLD(mount, clone_mount(slot(step, 1), number(step, 2) != 0));
  if (number(step, 3) || number(step, 4) || number(step, 7))
    TRY(set_mount(mount, false, number(step, 3), number(step, 4), number(step, 7)));
  if (number(step, 5) || number(step, 6)) TRY(set_mount(mount, true, number(step, 5), number(step, 6), 0));
  TRY(attach_mount(mount, slot(step, 0)));
  return keep(step, 0, kept(&mount));
}

STEP(set_attributes,
     TRY(set_mount(slot(step, 0), number(step, 1) != 0, number(step, 2), number(step, 3), number(step, 4))))

// The new root is stacked over the old one on "/" and the old one is then detached from underneath: afterwards no
// path leads to it, and no directory was needed to hold it. Without pivot_root the old root stays mounted below, and
// what keeps the container from it is that it has no descriptor of it and may not mount. The old root's mounts may be
// peers of the host's (a shared root asks for that): they are made slaves first, or the host would lose its own.
STEP(pivot_root, HOLD(old, open_at(AT_FDCWD, "/", O_PATH | O_DIRECTORY, 0, 0)); TRY(SYS(fchdir, slot(step, 0)));
     TRY(SYS(pivot_root, ".", ".")); TRY(set_mount(old, true, 0, 0, MOUNT_SLAVE));
     TRY(SYS(umount2, ".", UNMOUNT_DETACHED)); TRY(SYS(chdir, "/")))
STEP(move_root, TRY(SYS(fchdir, slot(step, 0)));
     TRY(SYS(move_mount, slot(step, 0), "", AT_FDCWD, "/", MOVE_MOUNT_F_EMPTY_PATH)); TRY(SYS(chroot, "."));
     TRY(SYS(chdir, "/")))
STEP(change_root, TRY(SYS(fchdir, slot(step, 0))); TRY(SYS(chroot, ".")); TRY(SYS(chdir, "/")))

// One empty read-only directory serves all masks of directories; it is mounted at the first, and cloned for the rest.
static long empty_directory(const struct step *step) {
  static char *options[] = {"size=4k", "nr_inodes=2", "mode=755", NULL};
  uint64_t attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
  if (slot(step, 3) < 0) return new_mount("tmpfs", "", options, attributes);
  HOLD(mount, clone_mount(slot(step, 3), false));
  return kept(&mount);
}

// Not the container's /dev/null, which the image may have replaced (CVE-2025-31133), but the host's, which is looked
// at; read-only, so that the container's root can change neither its mode nor its owner.
static long masking_device(int null_device) {
  self.stage++;
  if (!is_node(null_device, S_IFCHR, DEVICE(1, 3))) return -ENODEV;
  HOLD(mount, clone_mount(null_device, false));
  TRY(set_mount(mount, false, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, 0, 0));
  return kept(&mount);
}

// What is looked at, and what is masked, is one descriptor: a name that changes its meaning in between does not matter.
long step_mask(const struct step *step) {
  OWNED target = open_in(slot(step, 0), text(step, 1), O_PATH, 0);
  if (target == -ENOENT || target == -ENOTDIR) return 0;
  TRY(target);
  self.stage++;
  bool directory = is_node(target, S_IFDIR, 0);
  OWNED mount = directory ? empty_directory(step) : masking_device(slot(step, 2));
  if (mount < 0) return mount;
  TRY(attach_mount(mount, target));
  return directory && slot(step, 3) < 0 ? keep(step, 3, kept(&mount)) : 0;
}

// A copy of the mount onto itself, read-only before it is attached.
long step_protect(const struct step *step) {
  OWNED target = open_in(slot(step, 0), text(step, 1), O_PATH, 0);
  if (target == -ENOENT || target == -ENOTDIR) return 0;
  TRY(target);
  HOLD(mount, clone_mount(target, true));
  TRY(set_mount(mount, true, MOUNT_ATTR_RDONLY, 0, 0));
  return attach_mount(mount, target);
}

// The process's umask is 0, so the mode needs no chmod, which would follow a symlink put there in between.
// What is there already is only accepted when it is the same device: an image may have put something else in its place.
long step_make_node(const struct step *step) {
  char name[PATH_LENGTH];
  uint64_t mode = number(step, 2), device = DEVICE(number(step, 3), number(step, 4));
  OWNED parent = parent_in(slot(step, 0), text(step, 1), name);
  if (parent < 0) return parent;
  long made = SYS(mknodat, parent, name, mode, device);
  if (made == -EEXIST) {
    OWNED file = open_at(parent, name, O_PATH | O_NOFOLLOW, 0, 0);
    return file < 0 ? file : is_node(file, TYPE(mode), device) ? 0 : -EEXIST;
  }
  TRY(made);
  if (number(step, 5) == 0 && number(step, 6) == 0) return 0;
  return SYS(fchownat, parent, name, number(step, 5), number(step, 6), AT_SYMLINK_NOFOLLOW);
}

// The link's target is text to us; who follows it later does so inside the container, or with RESOLVE_IN_ROOT.
STEP(make_link, char name[PATH_LENGTH]; HOLD(parent, parent_in(slot(step, 0), text(step, 1), name));
     TRY(tolerate(EEXIST, SYS(symlinkat, text(step, 2), parent, name))))
