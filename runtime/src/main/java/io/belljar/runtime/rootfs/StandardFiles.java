package io.belljar.runtime.rootfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an ordinary small root has besides programs. */
final class StandardFiles {
  /** Where the programs of the search path lie in every container (Docker's default PATH). */
  static final List<String> CONTAINER_PATH =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private static final List<String> TERMINALS =
      List.of(
          "xterm",
          "xterm-256color",
          "linux",
          "screen",
          "screen-256color",
          "tmux",
          "tmux-256color",
          "vt100",
          "vt220",
          "ansi",
          "dumb");
  private static final List<String> TERMINFO =
      List.of("/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo");

  /**
   * On a host with a merged /usr these are links, and have to be the same links in the new root.
   */
  private static final List<String> PERHAPS_LINKS =
      List.of("/bin", "/sbin", "/lib", "/lib64", "/lib32", "/libx32", "/usr/sbin", "/usr/lib64");

  private static final List<RootEntry.Directory> DIRECTORIES =
      List.of(
          directory("/bin", 0755),
          directory("/dev", 0755),
          directory("/etc", 0755),
          directory("/home", 0755),
          directory("/lib", 0755),
          directory("/mnt", 0755),
          directory("/opt", 0755),
          directory("/proc", 0555),
          directory("/root", 0700),
          directory("/run", 0755),
          directory("/sbin", 0755),
          directory("/srv", 0755),
          directory("/sys", 0555),
          directory("/tmp", 01777),
          directory("/usr/bin", 0755),
          directory("/usr/lib", 0755),
          directory("/usr/local/bin", 0755),
          directory("/usr/sbin", 0755),
          directory("/var/tmp", 01777));

  private static final String GROUP =
      """
      root:x:0:
      daemon:x:1:
      bin:x:2:
      sys:x:3:
      adm:x:4:
      tty:x:5:
      disk:x:6:
      mail:x:8:
      kmem:x:15:
      audio:x:29:
      video:x:44:
      users:x:100:
      nogroup:x:65534:
      """;
  private static final String HOSTS =
      """
      127.0.0.1 localhost
      ::1 localhost ip6-localhost ip6-loopback
      ff02::1 ip6-allnodes
      ff02::2 ip6-allrouters
      """;

  /** The host's own may ask for services (systemd, sss, mdns) that a small root does not have. */
  private static final String NSSWITCH =
      """
      passwd: files
      group: files
      shadow: files
      hosts: files dns
      networks: files
      protocols: files
      services: files
      """;

  private final HostTree tree;

  StandardFiles(HostTree tree) {
    this.tree = tree;
  }

  void add(Optional<String> terminal, LoaderCache cache) throws IOException {
    directories();
    terminfo(terminal);
    Optional<HostTree.Found> localtime = tree.find("/etc/localtime");
    if (localtime.isPresent() && localtime.get().regular()) {
      tree.include(localtime.get());
    }
    text("/etc/passwd", passwd());
    text("/etc/group", GROUP);
    text("/etc/hosts", HOSTS);
    text("/etc/nsswitch.conf", NSSWITCH);
    // A copy, also where the host has a link: its target is in a /run that the root does not have.
    Optional<HostTree.Found> resolver = tree.find("/etc/resolv.conf");
    if (resolver.isPresent() && resolver.get().regular()) {
      text("/etc/resolv.conf", read(resolver.get(), 1 << 16));
    }
    tree.spread("/bin");
    tree.spread("/sbin");
    // Only what is in the root: the host's own cache is a list of all its libraries.
    Set<String> names = new HashSet<>();
    tree.entries().forEach(entry -> names.add(name(entry.path())));
    LoaderCache own = cache.only(path -> names.contains(name(path)) && tree.holds(path));
    if (!own.entries().isEmpty()) {
      text("/etc/ld.so.cache", new String(own.encode(), StandardCharsets.ISO_8859_1));
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void directories() {
    for (String path : PERHAPS_LINKS) {
      tree.find(path).filter(found -> !found.links().isEmpty()).ifPresent(tree::includeDirectory);
    }
    DIRECTORIES.forEach(tree::addStandard);
  }

  /** ncurses' directories, in its order; an entry lies below the first letter of its name. */
  private void terminfo(Optional<String> terminal) throws IOException {
    Set<String> names = new LinkedHashSet<>(TERMINALS);
    terminal.filter(name -> name.matches("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")).ifPresent(names::add);
    for (String name : names) {
      for (String directory : TERMINFO) {
        Optional<HostTree.Found> entry = tree.find(directory + "/" + name.charAt(0) + "/" + name);
        if (entry.isPresent() && entry.get().regular()) {
          tree.include(entry.get());
          break;
        }
      }
    }
  }

  private String passwd() {
    String shell = tree.holds("/bin/bash") ? "/bin/bash" : "/bin/sh";
    return """
    root:x:0:0:root:/root:%s
    daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
    bin:x:2:2:bin:/bin:/usr/sbin/nologin
    nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
    """
        .formatted(shell);
  }

  private void text(String path, String content) {
    tree.add(new RootEntry.Text(path, content, 0644));
  }

  private static RootEntry.Directory directory(String path, int mode) {
    return new RootEntry.Directory(path, mode);
  }

  private static String read(HostTree.Found file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(file.source())) {
      return new String(in.readNBytes(limit), StandardCharsets.ISO_8859_1);
    }
  }
}
