package io.belljar.runtime.state;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.rootfs.Tree;
import io.belljar.spec.json.InvalidDocumentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The stored state of containers, below one directory: see the package's description for its files
 * and for the order in which they come and go. Every method throws {@link StateException} when the
 * directory cannot be used.
 */
public final class StateStore {
  static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  private static final String STATE = "state.json";
  private static final String NAME = "name";
  private static final String MEMORY_KILLS = "memory-kills";
  private static final String MARKERS = ".creating";

  // No container's name holds a tilde, so none of these meets a marker.
  private static final String LOCKS = "~lock";
  private static final String NAMES = "~names";
  private static final String UNFINISHED = "~~";

  private final Path root;
  private final ContainerLocks locks;

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
    PrivatePath.requireState(this.root.resolve(MARKERS));
    this.locks = new ContainerLocks(this.root.resolve(MARKERS).resolve(LOCKS));
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
    Path markers = root.resolve(MARKERS);
    if (!Files.isDirectory(markers)) {
      makeDirectories(markers);
    }
    PrivatePath.requireState(root);
    PrivatePath.requireState(markers);
  }

  private static void makeDirectories(Path directory) {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (directory.getParent() != null) {
      makeDirectories(directory.getParent());
    }
    try {
      makeDirectory(directory);
    } catch (FileAlreadyExistsException _) {
      // By another command, meanwhile.
    } catch (IOException e) {
      throw new StateException("make", directory, e);
    }
  }

  /** The mode is set once more, as the process's umask may have taken bits away. */
  private static void makeDirectory(Path directory) throws IOException {
    Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
    Files.setPosixFilePermissions(directory, PRIVATE);
  }

  // Markers

  /** Writes a marker; under the container's lock. */
  public void mark(Marker marker) {
    prepare();
    write(markerFile(marker.id()), markerDraft(marker.id()), StateDocument.write(marker));
  }

  /** The marker of a container, if work on it is under way, or was left. */
  public Optional<Marker> marker(ContainerId id) {
    try {
      return read(markerFile(id)).map(content -> StateDocument.readMarker(content, "marker"));
    } catch (InvalidDocumentException e) {
      throw new StateException("use", markerFile(id), e);
    }
  }

  /** Removes a marker; under the container's lock. */
  public void unmark(ContainerId id) {
    remove(markerFile(id));
    remove(markerDraft(id));
  }

  /** The containers that have a marker, or the draft of one. */
  public List<ContainerId> marked() {
    return names(root.resolve(MARKERS)).stream()
        .filter(name -> !name.equals(LOCKS) && !name.equals(NAMES))
        .map(name -> name.startsWith(UNFINISHED) ? name.substring(UNFINISHED.length()) : name)
        .distinct()
        .flatMap(name -> idOf(name).stream())
        .toList();
  }

  private Path markerFile(ContainerId id) {
    return root.resolve(MARKERS).resolve(id.value());
  }

  private Path markerDraft(ContainerId id) {
    return root.resolve(MARKERS).resolve(UNFINISHED + id.value());
  }

  // Containers

  /** Stores a new container; under its lock, after its marker, and when there is none yet. */
  public void create(StoredContainer container) {
    Path directory = directory(container.id());
    try {
      makeDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (exists(container.id())) {
        throw new StateException("make", directory, e);
      }
      purge(container.id(), List.of(), Tree::delete); // what a killed launcher left of an older one
      makeDirectories(directory);
    } catch (IOException e) {
      throw new StateException("make", directory, e);
    }
    write(
        directory.resolve(STATE),
        directory.resolve(STATE + ".tmp"),
        StateDocument.write(container));
  }

  /** Whether there is a container of this name. */
  public boolean exists(ContainerId id) {
    return Files.exists(directory(id).resolve(STATE), LinkOption.NOFOLLOW_LINKS);
  }

  /** What is stored of a container. */
  public Optional<StoredContainer> read(ContainerId id) {
    try {
      return read(directory(id).resolve(STATE))
          .map(content -> StateDocument.readContainer(content, STATE));
    } catch (InvalidDocumentException e) {
      throw new StateException("use", directory(id).resolve(STATE), e);
    }
  }

  /** A file beside the state: {@code pid}, {@code exit}. */
  Optional<String> text(ContainerId id, String file) {
    return read(directory(id).resolve(file))
        .map(content -> new String(content, StandardCharsets.UTF_8));
  }

  /** Whether there is a file beside the state. */
  boolean has(ContainerId id, String file) {
    return Files.exists(directory(id).resolve(file), LinkOption.NOFOLLOW_LINKS);
  }

  /** Removes a file beside the state, if it is there. */
  public void removeFile(ContainerId id, String file) {
    remove(directory(id).resolve(file));
  }

  /** The names of all that have a directory, sorted: also of those that are only half there. */
  public List<ContainerId> ids() {
    return names(root).stream()
        .filter(name -> !name.equals(MARKERS))
        .flatMap(name -> idOf(name).stream())
        .toList();
  }

  /**
   * Removes what is stored of a container, {@code state.json} last, and its directory; what is not
   * there is fine. Under its lock.
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
    name(id)
        .flatMap(StateStore::idOf)
        .filter(name -> named(name.value()).isPresent())
        .ifPresent(name -> remove(nameFile(name)));
    Path directory = directory(id);
    names(directory).stream()
        .filter(name -> !name.equals(STATE))
        .forEach(name -> remove(directory.resolve(name)));
    remove(directory.resolve(STATE));
    remove(directory);
    return left;
  }

  /** Stores a container anew, with other limits; under its lock. */
  public void replace(StoredContainer container) {
    Path directory = directory(container.id());
    write(
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
    write(
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
    return text(id, NAME).filter(text -> !text.isEmpty());
  }

  /** The container that was given this name after it was made. */
  public Optional<ContainerId> named(String name) {
    return idOf(name)
        .flatMap(text -> read(nameFile(text)))
        .flatMap(content -> idOf(new String(content, StandardCharsets.UTF_8)))
        .filter(id -> exists(id) && name(id).filter(name::equals).isPresent());
  }

  /**
   * Gives a container another name; under its lock, and under that of the name as an id. The name
   * counts from the moment when the container's own file has it: until then, and for a name that
   * was given up, the file that leads from the name to the container is not believed.
   */
  public void rename(ContainerId id, ContainerId name) {
    Optional<ContainerId> former = name(id).flatMap(StateStore::idOf);
    makeDirectories(nameFile(name).getParent());
    writeText(nameFile(name), id.value());
    writeText(directory(id).resolve(NAME), name.value());
    former.filter(old -> !old.equals(name)).ifPresent(old -> remove(nameFile(old)));
  }

  private Path nameFile(ContainerId name) {
    return root.resolve(MARKERS).resolve(NAMES).resolve(name.value());
  }

  private static void writeText(Path file, String text) {
    Path draft = file.resolveSibling(UNFINISHED + file.getFileName());
    write(file, draft, text.getBytes(StandardCharsets.UTF_8));
  }

  // Files

  private static Optional<ContainerId> idOf(String name) {
    try {
      return Optional.of(new ContainerId(name));
    } catch (InvalidRequestException _) {
      return Optional.empty(); // not the store's
    }
  }

  private static List<String> names(Path directory) {
    if (!Files.exists(directory)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    } catch (IOException e) {
      throw new StateException("list", directory, e);
    }
    names.sort(null);
    return names;
  }

  private static Optional<byte[]> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty(); // an exception costs far more than a look
    }
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StateException("read", file, e);
    }
  }

  /** A reader sees the whole file or none. */
  private static void write(Path file, Path draft, byte[] content) {
    try {
      Files.deleteIfExists(draft);
      try (var channel =
          Files.newByteChannel(
              draft,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PRIVATE_FILE)) {
        channel.write(ByteBuffer.wrap(content));
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StateException("write", file, e);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StateException("remove", file, e);
    }
  }
}
