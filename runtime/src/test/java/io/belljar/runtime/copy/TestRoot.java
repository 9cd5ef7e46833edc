package io.belljar.runtime.copy;

import io.belljar.linux.OpenFlags;
import io.belljar.linux.ResolveFlags;
import io.belljar.linux.file.Descriptor;
import java.nio.file.Path;

/** A directory as the root of a space, as a container's is. */
final class TestRoot implements Space, AutoCloseable {
  private final Descriptor root;

  TestRoot(Path directory) {
    this.root = Descriptor.open(directory.toString(), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
  }

  @Override
  public Descriptor open(String path, int flags) {
    return root.resolve(
        path, flags, ResolveFlags.RESOLVE_IN_ROOT | ResolveFlags.RESOLVE_NO_MAGICLINKS);
  }

  Transfer.Side side(String path) {
    return new Transfer.Side(this, path, path, Identities.HOST);
  }

  @Override
  public void close() {
    root.close();
  }
}
