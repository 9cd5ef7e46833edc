package io.belljar.runtime.state;

import io.belljar.runtime.ContainerId;
import io.belljar.spec.json.InvalidDocumentException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which containers are worked on, a file for each: what is to be finished when that work dies. */
final class Markers {
  // No container's name holds a tilde, so neither of these meets a marker.
  static final String LOCKS = "~lock";
  static final String NAMES = "~names";

  private final Path directory;

  Markers(Path directory) {
    this.directory = directory;
  }

  /** Writes a marker; under the container's lock. */
  void write(Marker marker) {
    StateFiles.write(file(marker.id()), draft(marker.id()), StateDocument.write(marker));
  }

  /** The marker of a container, if work on it is under way, or was left. */
  Optional<Marker> read(ContainerId id) {
    try {
      return StateFiles.read(file(id)).map(content -> StateDocument.readMarker(content, "marker"));
    } catch (InvalidDocumentException e) {
      throw new StateException("use", file(id), e);
    }
  }

  /** Removes a marker; under the container's lock. */
  void remove(ContainerId id) {
    StateFiles.remove(file(id));
    StateFiles.remove(draft(id));
  }

  /** The containers that have a marker, or the draft of one. */
  List<ContainerId> ids() {
    return StateFiles.names(directory).stream()
        .filter(name -> !name.equals(LOCKS) && !name.equals(NAMES))
        .map(name ->
            name.startsWith(StateFiles.UNFINISHED)
                ? name.substring(StateFiles.UNFINISHED.length())
                : name)
        .distinct()
        .flatMap(name -> StateFiles.idOf(name).stream())
        .toList();
  }

  private Path file(ContainerId id) {
    return directory.resolve(id.value());
  }

  private Path draft(ContainerId id) {
    return directory.resolve(StateFiles.UNFINISHED + id.value());
  }
}
