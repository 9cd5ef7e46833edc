package io.belljar.runtime.state;

import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.rootfs.Tree;
import io.belljar.spec.json.InvalidDocumentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The stored state of containers, below one directory: see the package's description for its files
 * and for the order in which they come and go. Every method throws {@link StateException} when the
 * directory cannot be used.
 */
public final class StateStore {
  private static final String STATE = OwnFiles.STATE;
  private static final String MEMORY_KILLS = OwnFiles.MEMORY_KILLS;
  private static final String MARKERS = ".creating";

  /** Of all stores, as a planner serves many requests and each opens its own. */
  private static final KnownStates KNOWN = new KnownStates(InstantSource.system());

  private final Path root;
  private final Path work;
  private final ContainerLocks locks;
  private final Markers markers;
  private final Names names;

  /**
   * A store whose documents can be believed: nobody else can have written them.
   *
   * @param root absolute; made when the first container is
   * @throws InvalidRequestException when the root is there, but is not a directory of the caller's
   *     that only the caller can write to, or others can put another in its place
   */
  public StateStore(Path root) {
    PrivatePath.requireState(root);
    this.root = PrivatePath.resolve(root);
    PrivatePath.requireState(this.root);
    this.work = this.root.resolve(MARKERS);
    PrivatePath.requireState(work);
    this.locks = new ContainerLocks(work.resolve(Markers.LOCKS));
    this.markers = new Markers(work);
    this.names = new Names(work.resolve(Markers.NAMES), this);
  }

  /**
   * Where the state is kept unless {@code --root} says otherwise: beside the planner's socket
   * (docs/protocol.md). An ordinary user's directory may lie in /tmp, where others could have made
   * it, so it is made here, or looked at.
   *
   * @param uid the caller
   * @param runtimeDirectory its {@code XDG_RUNTIME_DIR}
   * @throws InvalidRequestException when the directory is not the caller's alone
   */
  public static Path defaultRoot(long uid, Optional<String> runtimeDirectory) {
    if (uid == 0) {
      return Path.of("/run/belljar/containers");
    }
    Path own =
        runtimeDirectory
            .filter(directory -> directory.startsWith("/"))
            .map(directory -> Path.of(directory, "belljar"))
            .orElseGet(() -> Path.of("/tmp/belljar-" + uid));
    PrivatePath.claim(own);
    return own.resolve("containers");
  }

  /** The directory of all. */
  public Path root() {
    return root;
  }

  /**
   * A container's directory.
   *
   * @throws InvalidRequestException for the one name that the store needs itself
   */
  public Path directory(ContainerId id) {
    if (id.value().equals(MARKERS)) {
      throw new InvalidRequestException("invalid container id \"" + id + "\": the name is taken");
    }
    return root.resolve(id.value());
  }

  // Locks

  /** A container's lock, until it is closed. */
  public interface Lock extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits until no other command changes the container.
   *
   * @param patience how long at most; zero tries once
   * @return empty when another command did all the time
   */
  public Optional<Lock> lock(ContainerId id, Duration patience) {
    prepare();
    return locks.hold(id, patience).map(held -> held::close);
  }

  private void prepare() {
    if (!Files.isDirectory(work)) {
      StateFiles.makeDirectories(work);
    }
    PrivatePath.requireState(root);
    PrivatePath.requireState(work);
  }

  // Markers

  /** Writes a marker; under the container's lock. */
  public void mark(Marker marker) {
    prepare();
    markers.write(marker);
  }

  /** The marker of a container, if work on it is under way, or was left. */
  public Optional<Marker> marker(ContainerId id) {
    return markers.read(id);
  }

  /** Removes a marker; under the container's lock. */
  public void unmark(ContainerId id) {
    markers.remove(id);
  }

  /** The containers that have a marker, or the draft of one. */
  public List<ContainerId> marked() {
    return markers.ids();
  }

  // Containers

  /** Stores a new container; under its lock, after its marker, and when there is none yet. */
  public void create(StoredContainer container) {
    Path directory = directory(container.id());
    try {
      StateFiles.makeDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (exists(container.id())) {
        throw new StateException("make", directory, e);
      }
      requirePlace(container.id());
      purge(container.id(), List.of(), Tree::delete); // what a killed launcher left of an older one
      StateFiles.makeDirectories(directory);
    } catch (IOException e) {
      throw new StateException("make", directory, e);
    }
    StateFiles.write(
        directory.resolve(STATE),
        directory.resolve(STATE + ".tmp"),
        StateDocument.write(container));
  }

  /**
   * Requires that what is in a new container's place, if anything, is what is left of another.
   *
   * @throws InvalidRequestException when it is somebody's own
   */
  public void requirePlace(ContainerId id) {
    Path directory = directory(id);
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && !exists(id) && !hasRemains(id)) {
      throw new InvalidRequestException(
          "--root "
              + root
              + ": "
              + id
              + " is there already, and is no container's; give the container another name, or"
              + " --root a directory of its own");
    }
  }

  /** Whether there is what was left of a container when its launcher was killed. */
  public boolean hasRemains(ContainerId id) {
    return !exists(id) && OwnFiles.areRemains(directory(id));
  }

  /** Whether there is a container of this name. */
  public boolean exists(ContainerId id) {
    return Files.exists(directory(id).resolve(STATE));
  }

  /** What is stored of a container. */
  public Optional<StoredContainer> read(ContainerId id) {
    return exists(id) ? readListed(id) : Optional.empty();
  }

  /** The same of one that was listed, and so is most likely there. */
  public Optional<StoredContainer> readListed(ContainerId id) {
    Path file = directory(id).resolve(STATE);
    try {
      return KNOWN.read(file);
    } catch (InvalidDocumentException e) {
      throw new StateException("use", file, e);
    }
  }

  /** Which files are beside the state; empty where there is not even the directory. */
  Optional<FilesBeside> beside(ContainerId id) {
    return KNOWN.beside(directory(id));
  }

  /** A file beside the state: {@code exit}. */
  Optional<String> text(ContainerId id, String file) {
    return StateFiles.read(directory(id).resolve(file))
        .map(content -> new String(content, StandardCharsets.UTF_8));
  }

  /** The process that a file beside the state names. */
  Optional<ProcessIdentity> process(ContainerId id, String file) {
    return text(id, file).flatMap(ProcessIdentity::parse);
  }

  /** Removes a file beside the state, if it is there. */
  public void removeFile(ContainerId id, String file) {
    StateFiles.remove(directory(id).resolve(file));
  }

  /** The names of all that have a directory, sorted: also of those that are only half there. */
  public List<ContainerId> ids() {
    return StateFiles.names(root).stream()
        .filter(name -> !name.equals(MARKERS))
        .flatMap(name -> StateFiles.idOf(name).stream())
        .toList();
  }

  /**
   * Removes what is stored of a container, {@code state.json} last, and its directory; what is not
   * there is fine, and what no container has is left alone. Under its lock.
   *
   * @param belongings directories that go with it
   * @param remover removes one of them
   * @return those that are left, as they are not of a form that Belljar makes
   */
  public List<Path> purge(ContainerId id, List<Path> belongings, Consumer<Path> remover) {
    List<Path> left = new ArrayList<>();
    for (Path belonging : belongings) {
      if (PrivatePath.isBelonging(id, belonging)) {
        remover.accept(belonging);
      } else {
        left.add(belonging);
      }
    }
    if (!exists(id) && !hasRemains(id)) {
      return left;
    }
    names.remove(id);
    Path directory = directory(id);
    StateFiles.names(directory).stream()
        .filter(name -> OwnFiles.isOwn(name) && !name.equals(STATE))
        .forEach(name -> StateFiles.remove(directory.resolve(name)));
    StateFiles.remove(directory.resolve(STATE));
    StateFiles.remove(directory);
    return left;
  }

  /** Stores a container anew, with other limits; under its lock. */
  public void replace(StoredContainer container) {
    Path directory = directory(container.id());
    StateFiles.write(
        directory.resolve(STATE),
        directory.resolve(STATE + ".tmp"),
        StateDocument.write(container));
  }

  /** How many of its processes were killed for the memory limit, where that was recorded. */
  public OptionalLong memoryKills(ContainerId id) {
    return text(id, MEMORY_KILLS)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElseGet(OptionalLong::empty);
  }

  /** Records them, before the groups that count them are removed; under the container's lock. */
  public void recordMemoryKills(ContainerId id, long count) {
    Path file = directory(id).resolve(MEMORY_KILLS);
    StateFiles.write(
        file,
        file.resolveSibling(MEMORY_KILLS + ".tmp"),
        Long.toString(count).getBytes(StandardCharsets.UTF_8));
  }

  /** When a file beside the state was written; empty when it is not there. */
  public Optional<Instant> written(ContainerId id, String file) {
    try {
      return Optional.of(
          Files.getLastModifiedTime(directory(id).resolve(file), LinkOption.NOFOLLOW_LINKS)
              .toInstant());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StateException("look at", directory(id).resolve(file), e);
    }
  }

  /** Makes a file beside the state one that was written now. */
  public void touch(ContainerId id, String file) {
    try {
      Files.setLastModifiedTime(directory(id).resolve(file), FileTime.from(Instant.now()));
    } catch (NoSuchFileException _) {
      // Removed meanwhile.
    } catch (IOException e) {
      throw new StateException("touch", directory(id).resolve(file), e);
    }
  }

  // Names

  /** The name that a container was given after it was made. */
  public Optional<String> name(ContainerId id) {
    return names.of(id);
  }

  /** The container that was given this name after it was made. */
  public Optional<ContainerId> named(String name) {
    return names.container(name);
  }

  /** Gives a container another name; under its lock, and under that of the name as an id. */
  public void rename(ContainerId id, ContainerId name) {
    names.rename(id, name);
  }
}
