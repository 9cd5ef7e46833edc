package io.belljar.runtime.copy;

/**
 * Where a copy goes: the rules of docker cp.
 *
 * <pre>
 *                       destination: is not there   …, but ends with /   is a file     is a directory
 *   source: a file      AS                          refused              AS (replaced)  INTO
 *   a directory         AS                          AS                   refused        INTO
 *   DIR/. or /          AS                          AS                   refused        CONTENTS
 * </pre>
 */
enum Placement {
  /** Into the directory, under the source's name. */
  INTO,
  /** What is in the source into the directory. */
  CONTENTS,
  /** Under the destination's own name. */
  AS;

  /**
   * What is copied.
   *
   * @param directory whether it is one
   * @param named whether it has a name to be copied under; {@code DIR/.} and {@code /} have not
   */
  record Source(boolean directory, boolean named) {}

  /**
   * Where to.
   *
   * @param path for messages
   * @param exists whether something is there
   * @param directory whether that is a directory
   * @param asserted whether its name ends with a slash, which says that it is to be a directory
   */
  record Destination(String path, boolean exists, boolean directory, boolean asserted) {}

  /**
   * Chooses.
   *
   * @throws CopyException when the two do not go together
   */
  static Placement of(Source source, Destination destination) {
    if (destination.directory()) {
      return source.named() ? INTO : CONTENTS;
    }
    if (destination.exists() && source.directory()) {
      throw new CopyException(destination.path(), "is a file: a directory cannot be copied to it");
    }
    if (destination.exists() && destination.asserted()) {
      throw new CopyException(destination.path(), "Not a directory");
    }
    if (!source.directory() && destination.asserted()) {
      throw new CopyException(destination.path(), "no such directory");
    }
    return AS;
  }
}
