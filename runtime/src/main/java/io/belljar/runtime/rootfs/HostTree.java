package io.belljar.runtime.rootfs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The host's files as a process sees them whose root is {@code root}, and the entries of a new root
 * that are collected from them.
 *
 * <p>A path is walked one component at a time, and each symbolic link on the way is kept: so {@code
 * /bin/sh} brings the links {@code /bin → usr/bin} and {@code /usr/bin/sh → dash} and the file
 * {@code /usr/bin/dash}, and every entry has a path without a link among its parents.
 */
final class HostTree {
  private static final int MAX_LINKS = 40; // as the kernel: MAXSYMLINKS
  private static final int FILE_TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 0040000;
  private static final int LINK = 0120000;

  /**
   * A file that a path leads to.
   *
   * @param path the file's own path, without a link
   * @param links the links that were followed, in order
   */
  record Found(
      String path, Path source, Map<String, Object> attributes, List<RootEntry.Link> links) {
    int mode() {
      return (Integer) attributes.get("mode");
    }

    boolean regular() {
      return (mode() & FILE_TYPE) == REGULAR;
    }

    boolean executable() {
      return regular() && (mode() & 0111) != 0;
    }
  }

  private final Path root;
  private final TreeMap<String, RootEntry> entries = new TreeMap<>();

  HostTree(Path root) {
    this.root = root;
  }

  /** Where the path leads; empty when it leads nowhere (or nowhere that we may look). */
  Optional<Found> find(String path) {
    Deque<String> ahead = new ArrayDeque<>(List.of(path.split("/")));
    List<String> walked = new ArrayList<>();
    List<RootEntry.Link> links = new ArrayList<>();
    try {
      while (!ahead.isEmpty()) {
        String name = ahead.pop();
        if (name.equals("..") && !walked.isEmpty()) {
          walked.removeLast();
        }
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
          continue;
        }
        walked.add(name);
        if (((Integer) stat(walked).get("mode") & FILE_TYPE) == LINK) {
          String target = Files.readSymbolicLink(source(walked)).toString();
          links.add(new RootEntry.Link(join(walked), target));
          if (links.size() > MAX_LINKS) {
            return Optional.empty();
          }
          walked.removeLast();
          if (target.startsWith("/")) {
            walked.clear();
          }
          List.of(target.split("/")).reversed().forEach(ahead::push);
        }
      }
      return Optional.of(new Found(join(walked), source(walked), stat(walked), List.copyOf(links)));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty(); // ENOENT, ENOTDIR, EACCES, or not a path at all
    }
  }

  private Map<String, Object> stat(List<String> walked) throws IOException {
    return Files.readAttributes(
        source(walked), "unix:mode,size,dev,ino,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
  }

  private Path source(List<String> walked) {
    return root.resolve(String.join("/", walked));
  }

  private static String join(List<String> walked) {
    return "/" + String.join("/", walked);
  }

  /** The new root gets the file, the links that lead to it, and the directories above them. */
  void include(Found found) throws IOException {
    if (!found.regular()) {
      throw new FileSystemException(found.path(), null, "it is not a regular file");
    }
    if (found.path().matches("/(proc|sys|dev)/.*")) {
      throw new FileSystemException(
          found.path(), null, "it lies below a directory that a container has of its own");
    }
    found.links().forEach(this::add);
    // No setuid, setgid or file capabilities: the host's administrator gave them to one file at one
    // place, which updates reach. A copy that stays behind must not have them. Nothing is lost: a
    // program in the new root is started as the container's root or without any need for them.
    add(
        new RootEntry.Copy(
            found.path(),
            found.source(),
            found.mode() & 0777,
            (Long) found.attributes().get("size"),
            (Long) found.attributes().get("dev"),
            (Long) found.attributes().get("ino"),
            ((FileTime) found.attributes().get("lastModifiedTime")).toInstant(),
            ((FileTime) found.attributes().get("ctime")).toInstant()));
  }

  /**
   * The new root gets the links on the way to a directory, and the directory, but nothing in it.
   */
  void includeDirectory(Found found) {
    found.links().forEach(this::add);
    if ((found.mode() & FILE_TYPE) == DIRECTORY) {
      add(new RootEntry.Directory(found.path(), 0755));
    }
  }

  /** Adds an entry unless there is one at its path already, and the directories above it. */
  void add(RootEntry entry) {
    if (entry.path().equals("/") || belowLink(entry.path())) {
      return;
    }
    String parent = entry.path().substring(0, entry.path().lastIndexOf('/'));
    if (!parent.isEmpty()) {
      add(new RootEntry.Directory(parent, 0755));
    }
    entries.putIfAbsent(entry.path(), entry);
  }

  /** A directory whose mode matters, whether or not something is in it already. */
  void addStandard(RootEntry.Directory directory) {
    add(directory);
    if (entries.get(directory.path()) instanceof RootEntry.Directory) {
      entries.put(directory.path(), directory);
    }
  }

  /**
   * Makes a directory of a link to a directory, with a link in it to each thing there: {@code ls -l
   * /bin} is to show programs, not that this host has merged its /usr. The files themselves stay
   * where the host has them, so that {@code $ORIGIN} and relative links lead where they should.
   */
  void spread(String path) {
    if (!(entries.get(path) instanceof RootEntry.Link)) {
      return;
    }
    String target = find(path).map(Found::path).orElse(path);
    entries.put(path, new RootEntry.Directory(path, 0755));
    for (RootEntry entry : entries()) {
      int name = entry.path().lastIndexOf('/') + 1;
      if (entry.path().startsWith(target + "/") && name == target.length() + 1) {
        add(new RootEntry.Link(path + "/" + entry.path().substring(name), ".." + entry.path()));
      }
    }
  }

  /**
   * A standard place (say {@code /var/tmp}) that this host has moved elsewhere by a link above it.
   */
  private boolean belowLink(String path) {
    for (int at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) {
      if (entries.get(path.substring(0, at)) instanceof RootEntry.Link) {
        return true;
      }
    }
    return false;
  }

  boolean holds(String path) {
    return find(path).map(found -> entries.containsKey(found.path())).orElse(false);
  }

  /** What was collected, parents first. */
  List<RootEntry> entries() {
    return List.copyOf(entries.values());
  }
}
