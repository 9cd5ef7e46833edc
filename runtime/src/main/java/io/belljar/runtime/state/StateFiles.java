package io.belljar.runtime.state;

import io.belljar.linux.file.SmallFile;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.json.JsonReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files and directories of a store: private, and written whole or not at all. */
final class StateFiles {
  static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  // No container's name holds a tilde, so no draft meets another's file.
  static final String UNFINISHED = "~~";

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  /** One byte more than a document may have, so that a longer one is refused. */
  private static final int MOST = JsonReader.MAX_BYTES + 1;

  private StateFiles() {}

  /** The id of this text; empty for what is none, and so is not the store's. */
  static Optional<ContainerId> idOf(String name) {
    try {
      return Optional.of(new ContainerId(name));
    } catch (InvalidRequestException _) {
      return Optional.empty();
    }
  }

  /** Makes it and what is missing above it. */
  static void makeDirectories(Path directory) {
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
  static void makeDirectory(Path directory) throws IOException {
    Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
    Files.setPosixFilePermissions(directory, PRIVATE);
  }

  /** What is in a directory, sorted; nothing where it is not there. */
  static List<String> names(Path directory) {
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

  /** The content; empty where it is not there. */
  static Optional<byte[]> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty(); // an exception costs far more than a look
    }
    return readListed(file);
  }

  /** The same of a file that is most likely there. */
  static Optional<byte[]> readListed(Path file) {
    try {
      return Optional.of(SmallFile.readWhole(file, MOST));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StateException("read", file, e);
    }
  }

  /** A reader sees the whole file or none. */
  static void write(Path file, Path draft, byte[] content) {
    try {
      writeNew(draft, content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StateException("write", file, e);
    }
  }

  private static void writeNew(Path file, byte[] content) throws IOException {
    try (var channel = Files.newByteChannel(file, NEW, PRIVATE_FILE)) {
      channel.write(ByteBuffer.wrap(content));
    } catch (FileAlreadyExistsException _) {
      Files.delete(file); // of a planner that was killed
      writeNew(file, content);
    }
  }

  /** Removes a file or an empty directory, if it is there. */
  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StateException("remove", file, e);
    }
  }
}
