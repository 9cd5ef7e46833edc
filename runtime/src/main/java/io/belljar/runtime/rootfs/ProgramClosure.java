package io.belljar.runtime.rootfs;

import io.belljar.runtime.rootfs.LibrarySearch.Loaded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * What programs need to start: their interpreters and the closure of their shared libraries, all
 * added to a {@link HostTree}.
 */
final class ProgramClosure {
  private static final int MAX_LOADED = 4096;
  private static final int MAX_INTERPRETER_LINE = 256; // BINPRM_BUF_SIZE in linux/binfmts.h
  private static final String SUBJECT = "--from-host";

  /**
   * glibc opens these by itself when a program asks for a name, or ends a thread: no DT_NEEDED
   * tells of them. The name services are those that the root's own nsswitch.conf speaks of.
   */
  private static final List<String> OPENED_LATER =
      List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2", "libgcc_s.so.1");

  private final HostTree tree;
  private final LibrarySearch search;
  private final List<String> searchPath;
  private final Set<String> seen = new HashSet<>();
  private final Set<String> helped = new HashSet<>();

  ProgramClosure(HostTree tree, LoaderCache cache, List<String> searchPath) {
    this.tree = tree;
    this.search = new LibrarySearch(tree, cache);
    this.searchPath = searchPath;
  }

  /** Adds a program, by name or absolute path; returns the path it was found at. */
  String add(String program) {
    String path = locate(program);
    include(path, path);
    return path;
  }

  private String locate(String program) {
    if (program.startsWith("/")) {
      return program;
    }
    if (program.isEmpty() || program.contains("/")) {
      throw new RootfsException(
          SUBJECT, EntryName.quoted(program) + " is neither a name nor an absolute path");
    }
    for (String directory : searchPath) {
      String path = directory + "/" + program;
      if (tree.find(path).filter(HostTree.Found::executable).isPresent()) {
        return path;
      }
    }
    throw new RootfsException(
        SUBJECT,
        "no program %s on PATH (%s)"
            .formatted(EntryName.quoted(program), String.join(":", searchPath)));
  }

  private void include(String path, String program) {
    HostTree.Found file =
        tree.find(path)
            .orElseThrow(() ->
                new RootfsException(
                    SUBJECT,
                    path.equals(program)
                        ? path + ": No such file or directory"
                        : program + " needs " + path + ", which is not there"));
    try {
      if (!file.executable()) {
        throw new RootfsException(SUBJECT, path + " is not an executable file");
      }
      tree.include(file);
      if (!seen.add(file.path())) {
        return;
      }
      Optional<ElfFile> elf = search.elf(file);
      if (elf.isPresent()) {
        includeElf(new Loaded(file.path(), file, elf.get(), Optional.empty()));
      } else {
        includeScript(file);
      }
    } catch (IOException e) {
      throw RootfsException.of(SUBJECT + ": " + path, e);
    }
  }

  /**
   * The kernel's rule (execve(2)): an interpreter, and one argument that is the rest of the line.
   */
  private void includeScript(HostTree.Found script) throws IOException {
    String line;
    try (InputStream in = Files.newInputStream(script.source())) {
      line = new String(in.readNBytes(MAX_INTERPRETER_LINE), StandardCharsets.UTF_8);
    }
    if (!line.startsWith("#!")) {
      throw new RootfsException(
          SUBJECT, script.path() + " is neither an ELF program nor a script that begins with #!");
    }
    String[] words = line.lines().findFirst().orElse("").substring(2).strip().split("[ \t]+");
    if (!words[0].startsWith("/")) {
      throw new RootfsException(
          SUBJECT, script.path() + ": its #! line does not name an absolute path");
    }
    include(words[0], script.path());
    if (words[0].endsWith("/env")) {
      for (String word : List.of(words).subList(1, words.length)) {
        // env(1): options and assignments come before the program's name.
        if (!word.startsWith("-") && !word.contains("=")) {
          include(locate(word), script.path());
          return;
        }
      }
    }
  }

  private void includeElf(Loaded program) throws IOException {
    Map<String, Loaded> names = new HashMap<>();
    Optional<String> musl = Optional.empty();
    if (program.elf().interpreter().isPresent()) {
      Loaded loader = loader(program, program.elf().interpreter().get());
      musl = muslPath(loader.path());
      names(loader, names);
    }
    load(program, names, musl);
    Loaded libc = names.get("libc.so.6");
    if (libc != null && helped.add(program.elf().machine() + "/" + program.elf().wide())) {
      for (String name : OPENED_LATER) {
        Optional<Loaded> helper = search.find(name, libc, musl);
        if (helper.isPresent()) {
          tree.include(helper.get().file());
          load(helper.get(), new HashMap<>(names), musl);
        }
      }
    }
  }

  private Loaded loader(Loaded program, String interpreter) throws IOException {
    Optional<HostTree.Found> file =
        interpreter.startsWith("/") ? tree.find(interpreter) : Optional.empty();
    if (file.isEmpty()) {
      throw new RootfsException(
          SUBJECT,
          "%s needs the ELF interpreter %s, which is not there"
              .formatted(program.path(), EntryName.quoted(interpreter)));
    }
    tree.include(file.get());
    ElfFile elf =
        search
            .elf(file.get())
            .orElseThrow(() ->
                new RootfsException(
                    SUBJECT, "the ELF interpreter " + interpreter + " is not an ELF file"));
    return new Loaded(interpreter, file.get(), elf, Optional.of(program));
  }

  /** Breadth first, as the loader does: the first file that is loaded for a name serves all. */
  private void load(Loaded first, Map<String, Loaded> names, Optional<String> musl)
      throws IOException {
    Queue<Loaded> queue = new ArrayDeque<>(List.of(first));
    while (!queue.isEmpty()) {
      Loaded by = queue.remove();
      for (String name : by.elf().needed()) {
        if (names.containsKey(name) || (musl.isPresent() && partOfMusl(name))) {
          continue;
        }
        Loaded library =
            search
                .find(name, by, musl)
                .orElseThrow(() ->
                    new RootfsException(
                        SUBJECT,
                        "%s needs the library %s, which is not on this host"
                            .formatted(by.path(), EntryName.quoted(name))));
        tree.include(library.file());
        // DT_NEEDED may name a file by another name than its DT_SONAME: both are taken now.
        names.put(name, library);
        names(library, names);
        queue.add(library);
        if (names.size() > MAX_LOADED) {
          throw new RootfsException(
              SUBJECT, first.path() + " needs more than " + MAX_LOADED + " libraries");
        }
      }
    }
  }

  private static void names(Loaded library, Map<String, Loaded> names) {
    String file = library.path().substring(library.path().lastIndexOf('/') + 1);
    names.putIfAbsent(library.elf().soname().orElse(file), library);
    names.putIfAbsent(file, library);
  }

  /** musl's loader: {@code /lib/ld-musl-ARCH.so.1} reads {@code /etc/ld-musl-ARCH.path}. */
  private Optional<String> muslPath(String loader) throws IOException {
    String file = loader.substring(loader.lastIndexOf('/') + 1);
    if (!file.startsWith("ld-musl-")) {
      return Optional.empty();
    }
    String arch = file.substring("ld-musl-".length(), file.indexOf('.'));
    Optional<HostTree.Found> path = tree.find("/etc/ld-musl-" + arch + ".path");
    if (path.isEmpty() || !path.get().regular()) {
      return Optional.of("/lib:/usr/local/lib:/usr/lib");
    }
    tree.include(path.get());
    try (InputStream in = Files.newInputStream(path.get().source())) {
      return Optional.of(new String(in.readNBytes(1 << 16), StandardCharsets.UTF_8));
    }
  }

  /** musl's loader is its C library, and answers to these names itself. */
  private static boolean partOfMusl(String name) {
    return name.matches("lib(c|pthread|rt|m|dl|util|xnet)\\..*");
  }
}
