package io.belljar.runtime.rootfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Where a dynamic loader finds a shared library: the order of ld.so(8) for glibc, of {@code
 * ldso/dynlink.c} for musl.
 *
 * <p>{@code LD_LIBRARY_PATH} has no part in it: the caller's environment is not the container's.
 * {@code glibc-hwcaps} directories are passed over: they hold variants for particular processors of
 * libraries that are also in the directory above them.
 */
final class LibrarySearch {
  /**
   * A file that the loader has mapped.
   *
   * @param path where it was found, symbolic links included: {@code $ORIGIN} is its directory
   * @param by what asked for it; empty for the program
   */
  record Loaded(String path, HostTree.Found file, ElfFile elf, Optional<Loaded> by) {
    String directory() {
      return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }
  }

  private final HostTree tree;
  private final LoaderCache cache;
  private final Map<String, Optional<ElfFile>> read = new HashMap<>();

  LibrarySearch(HostTree tree, LoaderCache cache) {
    this.tree = tree;
    this.cache = cache;
  }

  /** The ELF file, read once however many programs want it; empty when it is not ELF. */
  Optional<ElfFile> elf(HostTree.Found file) throws IOException {
    Optional<ElfFile> known = read.get(file.path());
    if (known == null) {
      known = ElfReader.read(file.source());
      read.put(file.path(), known);
    }
    return known;
  }

  /** The library that {@code by} gets when it asks for {@code name}. */
  Optional<Loaded> find(String name, Loaded by, Optional<String> muslPath) throws IOException {
    for (String path : candidates(name, by, muslPath)) {
      Optional<HostTree.Found> file = tree.find(path);
      if (file.isPresent() && file.get().regular()) {
        Optional<ElfFile> elf = elf(file.get());
        if (elf.isPresent() && elf.get().loadsWith(by.elf())) {
          return Optional.of(new Loaded(path, file.get(), elf.get(), Optional.of(by)));
        }
      }
    }
    return Optional.empty();
  }

  private Set<String> candidates(String name, Loaded by, Optional<String> muslPath) {
    Set<String> paths = new LinkedHashSet<>();
    if (name.contains("/")) {
      expand(name, by).forEach(paths::add);
      return paths;
    }
    List<String> directories = new ArrayList<>();
    if (muslPath.isPresent()) {
      // musl makes no difference between RPATH and RUNPATH, and both hold for what is below.
      for (Optional<Loaded> at = Optional.of(by); at.isPresent(); at = at.get().by()) {
        Loaded loaded = at.get();
        loaded.elf().runpath().or(loaded.elf()::rpath).ifPresent(r -> add(r, loaded, directories));
      }
      directories.addAll(List.of(muslPath.get().split("[:\n]")));
    } else {
      if (by.elf().runpath().isEmpty()) {
        for (Optional<Loaded> at = Optional.of(by); at.isPresent(); at = at.get().by()) {
          Loaded loaded = at.get();
          if (loaded.elf().runpath().isEmpty()) {
            loaded.elf().rpath().ifPresent(rpath -> add(rpath, loaded, directories));
          }
        }
      }
      by.elf().runpath().ifPresent(runpath -> add(runpath, by, directories));
    }
    directories.forEach(directory -> inDirectory(directory, name, paths));
    if (muslPath.isEmpty()) {
      paths.addAll(cache.paths(name));
      defaults(by.elf()).forEach(directory -> inDirectory(directory, name, paths));
    }
    return paths;
  }

  /** A relative or empty directory means the current one: the container's is not known here. */
  private static void inDirectory(String directory, String name, Set<String> paths) {
    if (directory.startsWith("/")) {
      paths.add(directory + "/" + name);
    }
  }

  private static void add(String searchPath, Loaded of, List<String> directories) {
    for (String directory : searchPath.split(":")) {
      directories.addAll(expand(directory, of));
    }
  }

  /**
   * Dynamic string tokens (ld.so(8)). {@code $LIB} depends on how glibc was built: all are tried.
   */
  private static List<String> expand(String text, Loaded of) {
    if (!text.contains("$")) {
      return List.of(text);
    }
    String some =
        text.replaceAll("\\$(ORIGIN\\b|\\{ORIGIN\\})", Matcher.quoteReplacement(of.directory()))
            .replaceAll("\\$(PLATFORM\\b|\\{PLATFORM\\})", of.elf().platform());
    return libraryDirectories(of.elf()).stream()
        .map(lib -> some.replaceAll("\\$(LIB\\b|\\{LIB\\})", lib))
        .distinct()
        .toList();
  }

  private static List<String> libraryDirectories(ElfFile elf) {
    return List.of("lib/" + elf.multiarch(), elf.wide() ? "lib64" : "lib32", "lib");
  }

  private static List<String> defaults(ElfFile elf) {
    return libraryDirectories(elf).stream()
        .flatMap(lib -> List.of("/" + lib, "/usr/" + lib).stream())
        .toList();
  }
}
