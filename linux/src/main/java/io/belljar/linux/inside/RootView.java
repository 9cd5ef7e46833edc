package io.belljar.linux.inside;

import io.belljar.linux.OpenFlags;
import io.belljar.linux.ResolveFlags;
import io.belljar.linux.file.Descriptor;
import io.belljar.linux.file.FileException;
import io.belljar.linux.file.FileStatus;
import io.belljar.linux.file.Listing;
import io.belljar.linux.file.MountGuard;
import io.belljar.linux.file.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files below a directory, as a process whose root it is would see them: every path is resolved
 * by openat2(2) with RESOLVE_IN_ROOT, so no link leads out, and no mount is asked that could keep
 * us waiting. Nothing is opened but directories, and other files only as O_PATH: no device, fifo or
 * socket notices.
 */
public final class RootView implements AutoCloseable {
  private static final int INSIDE =
      ResolveFlags.RESOLVE_IN_ROOT | ResolveFlags.RESOLVE_NO_MAGICLINKS;

  private final Descriptor root;

  private RootView(Descriptor root) {
    this.root = root;
  }

  /**
   * The files below this directory, for example /proc/PID/root.
   *
   * @param guard of the mounts that are there
   * @throws IOException when it cannot be opened, with the reason
   */
  public static RootView open(String directory, MountGuard guard) throws IOException {
    try {
      Descriptor place =
          Descriptor.open(Names.ofText(directory), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
      return new RootView(place.guarded(guard));
    } catch (FileException e) {
      throw new IOException(directory + ": " + e.reason(), e);
    }
  }

  /** What is at a path; a link at its end is not followed. Empty when nothing can be seen there. */
  public Optional<FileFacts> look(String path) {
    try (Descriptor place = open(path, OpenFlags.O_PATH | OpenFlags.O_NOFOLLOW)) {
      FileStatus status = place.status();
      return Optional.of(
          new FileFacts(
              status.mode(),
              status.uid(),
              status.gid(),
              status.special().major(),
              status.special().minor()));
    } catch (FileException _) {
      return Optional.empty();
    }
  }

  /** The names in a directory, at most so many; empty when it cannot be read. */
  public List<String> names(String directory, int most) {
    List<String> names = new ArrayList<>();
    try (Descriptor open = open(directory, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY)) {
      Listing listing = open.list();
      for (Optional<String> name = listing.next();
          name.isPresent() && names.size() < most;
          name = listing.next()) {
        names.add(Names.readable(name.get()));
      }
    } catch (FileException _) {
      return List.of();
    }
    names.sort(null);
    return names;
  }

  private Descriptor open(String path, int flags) {
    return root.resolve(Names.ofText(path), flags, INSIDE);
  }

  @Override
  public void close() {
    root.close();
  }
}
