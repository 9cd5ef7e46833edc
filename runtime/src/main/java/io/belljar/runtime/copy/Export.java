package io.belljar.runtime.copy;

import io.belljar.linux.OpenFlags;
import io.belljar.linux.file.Descriptor;
import io.belljar.runtime.state.LiveContainer;
import java.io.OutputStream;
import java.util.Optional;

/** {@code export}: a container's file system as a tar archive. */
public final class Export {
  private Export() {}

  /**
   * Writes the archive: what the container was made with and what it has written since, without
   * what is mounted in it (/proc, /dev, volumes). Owners are as the container counts them.
   *
   * @param interruption is asked often, and throws when nobody waits for the archive any more
   * @throws CopyException when something cannot be read; the archive is not whole then
   */
  public static void run(LiveContainer container, OutputStream archive, Runnable interruption) {
    TarSink sink = new TarSink(archive);
    try (ContainerRoot root = ContainerRoot.stored(container);
        Descriptor top = root.open("/", OpenFlags.O_PATH | OpenFlags.O_DIRECTORY)) {
      new TreeSource(sink, root.identities(), false, interruption)
          .read(top, "the root", Optional.empty());
      sink.finish();
    }
  }
}
