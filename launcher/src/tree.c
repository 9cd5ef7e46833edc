// Removes a directory that a container could write: it may hold links to anywhere, directories without permissions, and
// directories below each other a hundred thousand deep.
//
// Whatever is removed is named by a descriptor and a single name, so no link is ever followed; a mount is neither
// entered nor moved. There is no recursion: of a directory that is not empty, what is no directory is removed, and the
// directories in it are moved up to the top, where each has its turn. Who is killed in between has only left less to
// do.
#include "launcher.h"

// Of one reading of a directory, and so more than a name of it: some file systems have names of a thousand bytes.
#define ENTRIES_LENGTH 4096

static long remove_entry(long directory, const char *name) {
  long removed = SYS(unlinkat, directory, name, 0);
  if (removed == -EISDIR) removed = SYS(unlinkat, directory, name, AT_REMOVEDIR);
  return tolerate(ENOENT, removed);
}

// An empty directory of the new name is replaced, which is as well; what else has the name keeps it.
static long move_up(long directory, const char *name, long top) {
  static uint64_t count;
  char other[64];
  long moved;
  do {
    put_number(put_text(other, ".belljar-removed-"), count++);
    moved = SYS(renameat, directory, name, top, other);
  } while (moved == -ENOTEMPTY || moved == -EEXIST || moved == -ENOTDIR);
  return tolerate(ENOENT, moved);
}

// Removes what is in a directory. A directory in it that is not empty is moved to the top; of the top itself, the name
// of the first such one is put into `full`, and its length returned. What was changed while it was listed may not have
// been listed, so it is looked at until there is nothing more.
static long clear(long directory, long top, char full[ENTRIES_LENGTH]) {
  _Alignas(8) char entries[ENTRIES_LENGTH];
  long length, failed = 0;
  full[0] = 0;
  for (bool found = true; found;) {
    found = false;
    if ((failed = SYS(lseek, directory, 0, 0)) < 0) return failed;
    while ((length = SYS(getdents64, directory, entries, sizeof entries)) > 0) {
      for (long at = 0; at < length;) {
        struct directory_entry *entry = (struct directory_entry *)(void *)(entries + at);
        at += entry->length;
        if (equal(entry->name, ".") || equal(entry->name, "..")) continue;
        found = true;
        failed = remove_entry(directory, entry->name);
        if (failed == -ENOTEMPTY && directory == top) return put_text(full, entry->name) - full;
        if (failed == -ENOTEMPTY) failed = move_up(directory, entry->name, top);
        if (failed < 0) return failed;
      }
    }
    if (length < 0) return length;
  }
  return 0;
}

// The path is the planner's: of a directory in one that is the user's alone.
long step_remove_tree(const struct step *step) {
  char full[ENTRIES_LENGTH], below[ENTRIES_LENGTH];
  long cleared;
  HOLD(top, open_at(AT_FDCWD, text(step, 0), O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, 0));
  while ((cleared = clear(top, top, full)) > 0) {
    OWNED inner = open_at(top, full, O_RDONLY | O_DIRECTORY, 0, RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV);
    cleared = inner < 0 ? inner : clear(inner, top, below);
    // One that is called full with nothing in it would be looked at for ever.
    if (cleared == 0) cleared = tolerate(ENOENT, SYS(unlinkat, top, full, AT_REMOVEDIR));
    if (cleared < 0) break;
  }
  TRY(cleared);
  return SYS(unlinkat, AT_FDCWD, text(step, 0), AT_REMOVEDIR);
}
