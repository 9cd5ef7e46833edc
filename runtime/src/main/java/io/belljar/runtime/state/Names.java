package io.belljar.runtime.state;

import io.belljar.runtime.ContainerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The names that containers were given after they were made, and the way back from them. */
final class Names {
  static final String NAME = "name";

  private final Path directory;
  private final StateStore store;

  Names(Path directory, StateStore store) {
    this.directory = directory;
    this.store = store;
  }

  /** The name that a container was given after it was made. */
  Optional<String> of(ContainerId id) {
    return StateFiles.read(ownFile(id))
        .map(content -> new String(content, StandardCharsets.UTF_8))
        .filter(text -> !text.isEmpty());
  }

  /** The container that was given this name after it was made. */
  Optional<ContainerId> container(String name) {
    return StateFiles.idOf(name)
        .flatMap(text -> StateFiles.read(file(text)))
        .flatMap(content -> StateFiles.idOf(new String(content, StandardCharsets.UTF_8)))
        .filter(id -> store.exists(id) && of(id).filter(name::equals).isPresent());
  }

  /**
   * Gives a container another name; under its lock, and under that of the name as an id. The name
   * counts from the moment when the container's own file has it: until then, and for a name that
   * was given up, the file that leads from the name to the container is not believed.
   */
  void rename(ContainerId id, ContainerId name) {
    Optional<ContainerId> former = of(id).flatMap(StateFiles::idOf);
    StateFiles.makeDirectories(directory);
    writeText(file(name), id.value());
    writeText(ownFile(id), name.value());
    former.filter(old -> !old.equals(name)).ifPresent(old -> StateFiles.remove(file(old)));
  }

  private Path file(ContainerId name) {
    return directory.resolve(name.value());
  }

  private static void writeText(Path file, String text) {
    Path draft = file.resolveSibling(StateFiles.UNFINISHED + file.getFileName());
    StateFiles.write(file, draft, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Forgets a container's name, before the container is. */
  void remove(ContainerId id) {
    of(id)
        .flatMap(StateFiles::idOf)
        .filter(name -> container(name.value()).isPresent())
        .ifPresent(name -> StateFiles.remove(file(name)));
  }

  private Path ownFile(ContainerId id) {
    return store.directory(id).resolve(NAME);
  }
}
