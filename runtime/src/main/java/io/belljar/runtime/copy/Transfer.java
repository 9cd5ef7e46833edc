package io.belljar.runtime.copy;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One copy, from one space to another.
 *
 * @param ownership whom the copies belong to
 * @param followLink whether a link that is named as the source stands for what it leads to
 * @param warnings takes a line for what is left out
 * @param interruption is asked often, and throws when nobody waits for the copy any more
 */
record Transfer(
    Ownership ownership, boolean followLink, Consumer<String> warnings, Runnable interruption) {
  /**
   * Where from, or where to.
   *
   * @param path absolute
   * @param shown the path as the person named it
   * @param identities who its users are
   */
  record Side(Space space, String path, String shown, Identities identities) {}

  /** Copies; returns how many bytes of content. */
  long run(Side from, Side to) {
    try (Origin origin = origin(from);
        Target target = Target.open(to.space(), to.path(), to.shown());
        TreeSink sink = new TreeSink(target.directory(), to.shown(), ownership, warnings)) {
      Optional<String> name =
          switch (Placement.of(origin.source(), target.destination())) {
            case INTO -> origin.name();
            case CONTENTS -> Optional.empty();
            case AS -> target.name();
          };
      return read(origin, from, sink, name);
    }
  }

  /** Copies into an archive. */
  long run(Side from, OutputStream archive) {
    try (Origin origin = origin(from)) {
      return read(origin, from, new TarSink(archive), origin.name());
    }
  }

  /** Copies what is in an archive. */
  long run(InputStream archive, Side to) {
    try (Target target = Target.open(to.space(), to.path(), to.shown());
        TreeSink sink = new TreeSink(target.directory(), to.shown(), ownership, warnings)) {
      if (!target.destination().directory()) {
        throw new CopyException(to.shown(), "is no directory: an archive needs one");
      }
      new TarSource(archive, interruption).read(sink);
      sink.finish();
      return sink.bytes();
    }
  }

  private Origin origin(Side from) {
    return Origin.open(from.space(), from.path(), from.shown(), followLink);
  }

  private long read(Origin origin, Side from, Sink sink, Optional<String> name) {
    new TreeSource(sink, from.identities(), true, interruption)
        .read(origin.place(), from.shown(), name);
    sink.finish();
    return sink.bytes();
  }
}
