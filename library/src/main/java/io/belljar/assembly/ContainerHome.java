package io.belljar.assembly;

import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.LifecycleException;
import io.belljar.runtime.lifecycle.ListContainers;
import io.belljar.runtime.lifecycle.PlanFailedException;
import io.belljar.runtime.lifecycle.Remains;
import io.belljar.runtime.rootfs.RootfsException;
import io.belljar.runtime.rootfs.Tree;
import io.belljar.runtime.state.ProcessSpace;
import io.belljar.runtime.state.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where roots are that were made for one container: {@code containers/ID/rootfs} below Belljar's
 * data directory.
 *
 * <p>Beside each lies {@code ~ID}, which names the launcher that the root is made for. It is there
 * before the root and goes after it, so that {@link #sweep} knows what a planner that was killed
 * has left: a root whose launcher is dead and that belongs to no container. No id holds a tilde.
 *
 * @param directory Belljar's data directory
 */
public record ContainerHome(Path directory) {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final String CLAIM = "~";

  /**
   * The user's: {@code /var/lib/belljar}, or {@code belljar} below XDG_DATA_HOME.
   *
   * @param environment the user's variables
   */
  public static ContainerHome of(long uid, Function<String, Optional<String>> environment) {
    if (uid == 0) {
      return new ContainerHome(Path.of("/var/lib/belljar"));
    }
    return new ContainerHome(
        environment
            .apply("XDG_DATA_HOME")
            .filter(path -> path.startsWith("/"))
            .or(() -> environment.apply("HOME").map(home -> home + "/.local/share"))
            .filter(path -> path.startsWith("/"))
            .map(path -> Path.of(path, "belljar"))
            .orElseThrow(() ->
                new InvalidRequestException(
                    "neither XDG_DATA_HOME nor HOME is set to an absolute path: containers are kept"
                        + " below one of them")));
  }

  /**
   * What belongs to one container.
   *
   * @param rootfs where its root is to be made
   * @param belongings what goes with it, to be removed in this order
   */
  public record Place(Path rootfs, List<Path> belongings) {
    /** Removes what there is of it. */
    void remove() {
      belongings.forEach(Tree::delete);
    }
  }

  /** The place of a container, whether or not there is one. */
  public Place place(ContainerId id) {
    Path own = containers().resolve(id.value());
    return new Place(own.resolve("rootfs"), List.of(own, claim(id)));
  }

  /** The directory of a volume, made when it is first used. */
  public Path volume(String name) {
    Path volume = directory.resolve("volumes").resolve(name);
    try {
      make(volume.getParent());
      if (!Files.isDirectory(volume)) {
        Files.createDirectory(
            volume,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
      }
      return volume;
    } catch (FileAlreadyExistsException _) {
      return volume;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path containers() {
    return directory.resolve("containers");
  }

  private Path claim(ContainerId id) {
    return containers().resolve(CLAIM + id);
  }

  /**
   * Takes a place for a new container.
   *
   * @param launcher the launcher that the container is made by
   * @throws LifecycleException when there is a container of this name
   */
  Place take(ContainerId id, ProcessIdentity launcher) {
    Place place = place(id);
    try {
      make(containers());
      // The claim appears with its content, or not at all: links do not replace what is there.
      Path draft = containers().resolve(CLAIM + CLAIM + launcher.pid() + "-" + System.nanoTime());
      String content = launcher + "\n" + ProcessSpace.own() + "\n";
      Files.writeString(draft, content, StandardOpenOption.CREATE_NEW);
      try {
        Files.createLink(claim(id), draft);
      } finally {
        Files.delete(draft);
      }
      Files.createDirectory(containers().resolve(id.value()), PRIVATE);
      return place;
    } catch (FileAlreadyExistsException e) {
      throw new LifecycleException("container with given ID already exists");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void make(Path directory) throws IOException {
    try {
      Files.createDirectories(directory, PRIVATE);
    } catch (FileSystemException e) {
      throw new InvalidRequestException(
          directory + " cannot be made; set XDG_DATA_HOME to a directory that you may write to", e);
    }
  }

  /** Removes what is left of containers whose launchers were killed. */
  public void sweep(Invocation invocation) {
    ListContainers.run(invocation); // looks at each, and drops those that nobody waits for any more
    for (String name : claims()) {
      try {
        if (name.startsWith(CLAIM)) {
          sweepDraft(name);
        } else {
          sweep(invocation, new ContainerId(name));
        }
      } catch (RootfsException | PlanFailedException | InvalidRequestException e) {
        invocation.warnings().accept("cannot clean up container " + name + ": " + e.getMessage());
      }
    }
  }

  private void sweepDraft(String name) {
    Path draft = containers().resolve(CLAIM + name);
    if (!isClaimed(draft)) {
      Tree.delete(draft);
    }
  }

  private void sweep(Invocation invocation, ContainerId id) {
    StateStore store = invocation.store();
    // In this order: the launcher lives until the container is stored, or never will be.
    boolean claimed = isClaimed(claim(id)) && !isOwn(claim(id), invocation.launcher());
    if (!claimed && !store.exists(id) && store.marker(id).isEmpty()) {
      place(id).belongings().forEach(tree -> Remains.delete(invocation, tree));
    }
  }

  /** Whether this launcher's first planner died with the claim: a launcher makes one container. */
  private static boolean isOwn(Path claim, ProcessIdentity launcher) {
    try {
      return Files.readAllLines(claim)
          .equals(List.of(launcher.toString(), ProcessSpace.own().toString()));
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean isClaimed(Path claim) {
    try {
      List<String> lines = Files.readAllLines(claim);
      // Not whole yet: it is being written at this moment.
      return lines.size() < 2
          || ProcessSpace.parse(lines.get(1))
              .filter(space -> space.isHiddenFrom(ProcessSpace.own()))
              .isPresent()
          || ProcessIdentity.parse(lines.getFirst()).filter(ProcessIdentity::isAlive).isPresent();
    } catch (NoSuchFileException _) {
      return true; // removed meanwhile, by who had it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names that have a claim. */
  private List<String> claims() {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(containers(), CLAIM + "*")) {
      entries.forEach(entry -> names.add(entry.getFileName().toString().substring(1)));
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }
}
