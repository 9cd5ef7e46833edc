package io.belljar.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.docs.Example.Session;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a page's examples are tried: mount, pid, uts, ipc and network namespaces, and a scratch
 * directory, so that they see a small quiet machine called {@code host}, and that whatever they
 * start, mount and forget is gone at the end. {@code page-machine} sets it up.
 */
final class PageMachine implements AutoCloseable {
  private static final Path SETUP =
      Path.of("src/test/resources/page-machine").toAbsolutePath().normalize();

  /** The directory is changed inside: as long as it is outside, set-user-id programs are not. */
  private static final String USERS_SHELL =
      "cd && exec setpriv --reuid=1000 --regid=1000 --clear-groups bash --norc --noprofile";

  private static final Pattern WORD = Pattern.compile("[\\w.-]+");

  private final Page page;
  private final Path directory;
  private final Process process;
  private final Set<String> groupsBefore = groups();
  private final Map<Session, Shell> shells = new EnumMap<>(Session.class);

  PageMachine(Page page) throws IOException, InterruptedException {
    this.page = page;
    directory = Files.createTempDirectory(Path.of("/tmp"), "bjp");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path ready = directory.resolve("ready");
    process =
        shell(
            List.of(
                "unshare",
                "--mount",
                "--propagation=slave",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "--uts",
                "--ipc",
                "--net",
                "sh",
                SETUP.toString(),
                ready.toString(),
                Oci.path().getParent().getParent().toString()),
            Map.of("HOME", directory.resolve("root").toString()));
    shells.put(Session.ROOT, new Shell(process));
    assertThat(isThere(ready)).as("the setup of %s", SETUP).isTrue();
    Files.delete(ready);
  }

  private boolean isThere(Path file) throws InterruptedException {
    for (int tries = 0; tries < 500 && process.isAlive(); tries++) {
      if (Files.exists(file)) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }

  private Process shell(List<String> words, Map<String, String> variables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put(
        "PATH",
        directory.resolve("belljar/bin")
            + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TERM", "dumb");
    environment.put("SHELL", "/bin/bash");
    environment.put("BELLJAR_BUILDING", "1");
    environment.putAll(variables);
    return builder.start();
  }

  /** The shell of root, or of the user ann. */
  Shell shell(Session session) throws IOException {
    Shell shell = shells.get(session);
    if (shell == null) {
      long init = process.children().findFirst().orElseThrow().pid();
      String home = directory.resolve("ann").toString();
      shell =
          new Shell(
              shell(
                  List.of(
                      "nsenter",
                      "--target=" + init,
                      "--mount",
                      "--pid",
                      "--uts",
                      "--ipc",
                      "--net",
                      "sh",
                      "-c",
                      USERS_SHELL),
                  Map.of(
                      "HOME",
                      home,
                      "USER",
                      "ann",
                      "LOGNAME",
                      "ann",
                      "XDG_RUNTIME_DIR",
                      directory.resolve("run-ann").toString())));
      shells.put(session, shell);
    }
    return shell;
  }

  /** Removes the cgroups that the page has made and left, by their names in it. */
  private void removeGroups() {
    Set<String> words =
        page.examples().stream()
            .flatMap(example -> WORD.matcher(example.command()).results().map(word -> word.group()))
            .collect(Collectors.toSet());
    List<String> left = new ArrayList<>(groups());
    left.removeAll(groupsBefore);
    left.sort(Comparator.comparingInt(String::length).reversed());
    for (String group : left) {
      if (words.contains(Path.of(group).getFileName().toString())) {
        new File(group).delete();
      }
    }
  }

  private static Set<String> groups() {
    return new TreeSet<>(Machine.groupsNamed(""));
  }

  @Override
  public void close() {
    shells.values().forEach(Shell::close);
    List<ProcessHandle> remains = process.children().toList();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      for (ProcessHandle remaining : remains) {
        remaining.onExit().orTimeout(10, TimeUnit.SECONDS).join();
      }
      removeGroups();
      delete(directory);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
