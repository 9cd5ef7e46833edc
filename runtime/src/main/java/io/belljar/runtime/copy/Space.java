package io.belljar.runtime.copy;

import io.belljar.linux.file.Descriptor;

/** Where a path that the caller named is looked up: the host, or a container. */
interface Space {
  /** The host, as the caller sees it; but links of /proc to anybody's open files lead nowhere. */
  Space HOST =
      (path, flags) -> {
        try (Descriptor root = Descriptor.open("/", io.belljar.linux.OpenFlags.O_PATH)) {
          return root.resolve(path, flags, io.belljar.linux.ResolveFlags.RESOLVE_NO_MAGICLINKS);
        }
      };

  /**
   * Opens a path, following links.
   *
   * @param path absolute
   * @param flags of {@link io.belljar.linux.OpenFlags}
   * @throws io.belljar.linux.file.FileException when it cannot be opened
   */
  Descriptor open(String path, int flags);
}
