package io.belljar.runtime.state;

import io.belljar.spec.json.InvalidDocumentException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Reads states, and what is beside them, and remembers it as long as the files are the same: a
 * resident planner is asked for all containers again and again. What is not in these files, as
 * whether a process lives, is not remembered.
 */
final class KnownStates {
  private static final int MOST = 4096;
  private static final long MOST_BYTES = 8 << 20;

  /** What a map takes for each, besides its text. */
  private static final long ANNOTATION = 256;

  private final Remembered<StoredContainer> states = new Remembered<>(MOST, MOST_BYTES);
  private final Remembered<FilesBeside> listings = new Remembered<>(MOST, MOST);

  private final InstantSource clock;

  /** With nothing in it. */
  KnownStates(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What a state says; empty where it is not there.
   *
   * @throws InvalidDocumentException when it is damaged
   */
  Optional<StoredContainer> read(Path file) {
    Instant now = clock.instant();
    Optional<FileStamp> stamp = FileStamp.of(file);
    if (stamp.isEmpty()) {
      states.forget(file);
      return Optional.empty();
    }
    Optional<StoredContainer> known = states.of(file, stamp.get());
    if (known.isPresent()) {
      return known.map(container -> container.with(container.kept().again()));
    }
    Optional<byte[]> content = StateFiles.readListed(file);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    StoredContainer container =
        StateDocument.readContainer(content.get(), file.getFileName().toString());
    if (stamp.get().isSettled(now)) {
      remember(file, stamp.get(), container, content.get());
    }
    return Optional.of(container);
  }

  private void remember(Path file, FileStamp stamp, StoredContainer container, byte[] content) {
    try {
      StoredContainer compact = container.with(container.kept().keptIn(content));
      long annotations = compact.kept().annotations().size();
      states.put(file, stamp, compact, content.length + ANNOTATION * annotations);
    } catch (InvalidDocumentException _) {
      // Its annotations are damaged: whoever asks for them is told.
    }
  }

  /** Which files are in a container's directory; empty where it is not there. */
  Optional<FilesBeside> beside(Path directory) {
    Instant now = clock.instant();
    Optional<FileStamp> stamp = FileStamp.of(directory);
    if (stamp.isEmpty()) {
      listings.forget(directory);
      return Optional.empty();
    }
    Optional<FilesBeside> known = listings.of(directory, stamp.get());
    if (known.isPresent()) {
      return known;
    }
    FilesBeside found = FilesBeside.in(directory);
    if (stamp.get().isSettled(now)) {
      listings.put(directory, stamp.get(), found, 1);
    }
    return Optional.of(found);
  }
}
