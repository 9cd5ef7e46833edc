package io.belljar.runtime.rootfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A root file system made of the host's own programs: {@code belljar run --from-host bash,ls}.
 *
 * <p>A program brings its ELF interpreter and the closure of its shared libraries, a script its
 * interpreter. They are found by reading ELF files and {@code /etc/ld.so.cache}, never by running
 * anything. Everything has the same path in the root as on the host, with the same symbolic links
 * on the way. What a program opens by itself later (Python's modules, plug-ins) does not come with
 * it.
 *
 * @param programs names, searched on the search path, or absolute paths
 * @param searchPath absolute directories
 * @param terminal the value of TERM, whose terminfo entry is wanted besides the usual ones
 * @param hostRoot what counts as the host's root directory: {@code /}
 */
public record HostPrograms(
    List<String> programs, List<String> searchPath, Optional<String> terminal, Path hostRoot) {
  private static final int MAX_LOADER_CACHE = 16 << 20;

  public HostPrograms {
    programs = List.copyOf(programs);
    searchPath = List.copyOf(searchPath);
    if (programs.isEmpty()) {
      throw new RootfsException("--from-host", "names no program");
    }
  }

  /**
   * Programs of this host.
   *
   * @param path the value of PATH; directories that are not absolute are passed over, as they mean
   *     something else in another directory
   */
  public static HostPrograms of(List<String> programs, String path, Optional<String> terminal) {
    List<String> directories =
        List.of(path.split(":")).stream().filter(d -> d.startsWith("/")).toList();
    return new HostPrograms(programs, directories, terminal, Path.of("/"));
  }

  /**
   * Finds everything; writes nothing.
   *
   * @throws RootfsException a program, its interpreter or a library is not there, or is malformed
   */
  public HostRoot resolve() {
    HostTree tree = new HostTree(hostRoot);
    LoaderCache cache = loaderCache(tree);
    ProgramClosure closure = new ProgramClosure(tree, cache, searchPath);
    for (String program : programs) {
      String path = closure.add(program);
      reachable(path, tree);
    }
    try {
      new StandardFiles(tree).add(terminal, cache);
    } catch (IOException e) {
      throw RootfsException.of("--from-host", e);
    }
    return new HostRoot(tree.entries());
  }

  /**
   * A program from elsewhere, say a home directory, gets a link where the container's PATH looks.
   */
  private static void reachable(String path, HostTree tree) {
    int name = path.lastIndexOf('/') + 1;
    if (!StandardFiles.CONTAINER_PATH.contains(path.substring(0, Math.max(1, name - 1)))) {
      tree.add(new RootEntry.Link("/usr/local/bin/" + path.substring(name), path));
    }
  }

  private static LoaderCache loaderCache(HostTree tree) {
    Optional<HostTree.Found> file = tree.find("/etc/ld.so.cache");
    if (file.isEmpty() || !file.get().regular()) {
      return LoaderCache.EMPTY;
    }
    try (InputStream in = Files.newInputStream(file.get().source())) {
      return LoaderCache.parse(in.readNBytes(MAX_LOADER_CACHE));
    } catch (IOException e) {
      throw RootfsException.of("--from-host: /etc/ld.so.cache", e);
    }
  }
}
