package io.belljar.runtime.copy;

import java.util.List;

/** Where entries go. */
interface Sink {
  /** The content of a file. */
  @FunctionalInterface
  interface Content {
    /** No content: of whatever is no file. */
    Content NONE = (_, _) -> 0;

    /**
     * Reads the next bytes.
     *
     * @return how many; 0 at the end
     */
    int read(byte[] into, int most);
  }

  /**
   * Takes an entry, and reads its content to the end.
   *
   * @param path its components; none for the top itself
   */
  void add(List<String> path, Entry entry, Content content);

  /** Everything has been given. */
  void finish();

  /** How many bytes of content were taken. */
  long bytes();

  /** Whether this directory of the host was made here: copying it would never end. */
  default boolean isMadeHere(io.belljar.linux.file.FileStatus directory) {
    return false;
  }
}
