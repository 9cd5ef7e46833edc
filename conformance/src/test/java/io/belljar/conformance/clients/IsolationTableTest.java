package io.belljar.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.belljar.conformance.Command;
import io.belljar.conformance.Isolation;
import io.belljar.conformance.Json;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import io.belljar.conformance.UserMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/isolation.md}: what report says of processes that different programs isolate, side by
 * side, and what check says to different users. With {@code -Dbelljar.golden=write} the tables are
 * written anew; the counts of system calls depend on the versions of the programs and are not
 * compared.
 */
class IsolationTableTest extends ClientTest {
  private static final Path PAGE = Path.of("../docs/isolation.md").toAbsolutePath().normalize();
  private static final String BEGIN = "<!-- the table is written by IsolationTableTest -->\n";
  private static final String END = "<!-- end of the table -->\n";
  private static final String CHECKS = "<!-- so is this -->\n";
  private static final String BELLJAR = Oci.path().resolveSibling("belljar").toString();
  private static final String CALLS = "system calls that pass";
  private static final String RENDERER = "a renderer of Chromium";

  private final List<Command.Running> started = new ArrayList<>();
  private final List<Long> sleeping = new ArrayList<>();
  private Command.Running dockerd;
  private List<String> podman = List.of();
  private UserMachine machine;
  private int count = 72_000;

  @Override
  protected void cleanUp() {
    if (dockerd != null) {
      client(docker(), "rm", "--force", "one", "two");
    }
    if (!podman.isEmpty()) {
      client(podman, "rm", "--all", "--force", "--time", "0");
    }
    // A first process ignores the signals that it has no handler for, but for this one.
    sleeping.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    for (int i = started.size() - 1; i >= 0; i--) {
      end(started.get(i));
    }
    if (dockerd != null) {
      endDocker(dockerd);
    }
    if (machine != null) {
      machine.close();
    }
    super.cleanUp();
  }

  /** Starts a command that ends in a sleep, and finds that. */
  private Isolation sleeping(List<String> words) {
    count++;
    String[] line = Command.words(words, "sleep", Integer.toString(count)).toArray(String[]::new);
    started.add(Command.of(line).env(oci().environment()).start());
    eventually("it sleeps: " + started.getLast().errorSoFar(), () -> !sleeps(count).isEmpty());
    sleeping.add(sleeps(count).getFirst());
    return Isolation.of(sleeping.getLast(), oci().environment());
  }

  private static List<Long> sleeps(int seconds) {
    return Machine.commandsWith("sleep\0" + seconds + "\0").stream()
        .filter(pid -> commandLine(pid).startsWith("sleep"))
        .toList();
  }

  private Isolation belljar(String... options) {
    List<String> words = new ArrayList<>(List.of(BELLJAR, "run", "--rm"));
    words.addAll(List.of(options));
    words.addAll(List.of("--from-host", "sleep", "--"));
    return sleeping(words);
  }

  /** runc, for a root that has not every capability itself: that one is left out. */
  private Path runcWithLess() throws IOException {
    Path script = directory().resolve("runc-less");
    Files.writeString(
        script,
        """
        #!/bin/sh
        bundle= before=
        for word; do [ "$before" = --bundle ] && bundle=$word; before=$word; done
        [ -f "$bundle/config.json" ] && sed -i 's/"CAP_SYS_RESOURCE",//g' "$bundle/config.json"
        exec runc "$@"
        """);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }

  private Isolation docker(String name, String... options) {
    List<String> line =
        new ArrayList<>(
            Command.words(
                docker(), "run", "-d", "--name", name, "--network", "none", "--runtime", "less"));
    line.addAll(List.of(options));
    line.addAll(List.of("box", "sleep", "1000"));
    client(line).succeeds();
    String pid = client(docker(), "inspect", "--format", "{{.State.Pid}}", name).succeeds().text();
    return Isolation.of(Long.parseLong(pid), oci().environment());
  }

  private Isolation podman(Path root) {
    podman = podman("runc");
    client(podmanRun(podman), "-d", "--name", "three", "--rootfs", root.toString(), "sleep", "1000")
        .succeeds();
    String pid = client(podman, "inspect", "--format", "{{.State.Pid}}", "three").succeeds().text();
    return Isolation.of(Long.parseLong(pid), oci().environment());
  }

  /** Podman of an ordinary user; the runtime knows machines that have both versions of cgroups. */
  private Isolation rootlessPodman(Path root) {
    Command.of("chown", "-R", "1000:1000", root.toString()).run().succeeds();
    return sleeping(
        machine.as(
            "podman",
            "--runtime",
            "runc",
            "--cgroup-manager",
            "cgroupfs",
            "--storage-driver",
            "vfs",
            "--events-backend",
            "none",
            "run",
            "--network",
            "none",
            "--rootfs",
            root.toString()));
  }

  /** The process in which Chromium of an ordinary user interprets pages, with its sandbox. */
  private Isolation renderer() {
    String profile = machine.home().resolve("profile").toString();
    List<String> line =
        List.of(
            "setpriv",
            "--reuid=1000",
            "--regid=1000",
            "--clear-groups",
            "--inh-caps=-all",
            chromium(),
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-dev-shm-usage",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank");
    Command.Running browser =
        Command.of(line)
            .env(oci().environment())
            .env("HOME", machine.home().toString())
            .env("XDG_RUNTIME_DIR", machine.runtimeDirectory().toString())
            .start();
    started.add(browser);
    // Its filter comes last.
    Supplier<Optional<Long>> renderer =
        () ->
            Machine.commandsWith("--type=renderer").stream()
                .filter(pid -> commandLine(pid).contains("--user-data-dir=" + profile))
                .filter(pid -> Machine.status(pid, "Seccomp").equals("2"))
                .findFirst();
    eventually("it renders: " + browser.errorSoFar(), () -> renderer.get().isPresent());
    return Isolation.of(renderer.get().orElseThrow(), oci().environment());
  }

  private static String chromium() {
    return Machine.program("chromium").isPresent() ? "chromium" : "chromium-browser";
  }

  private static String commandLine(long pid) {
    return Machine.content(Path.of("/proc/" + pid + "/cmdline"));
  }

  @Test
  void theTableOfThePageIsTrue() throws IOException {
    Machine.requireProgram("dockerd", "docker.io");
    Machine.requireProgram("docker", "docker.io");
    Machine.requireProgram("runc", "runc");
    Machine.requireProgram("podman", "podman");
    Machine.requireProgram("bwrap", "bubblewrap");
    Machine.requireProgram(chromium(), "chromium");
    machine = new UserMachine();
    Path root = root();
    Map<String, Isolation> subjects = new LinkedHashMap<>();
    subjects.put("a shell of root's", sleeping(List.of("env")));
    subjects.put(
        "a shell of a user's",
        sleeping(List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups")));
    subjects.put(
        "bwrap --unshare-all, / read-only",
        sleeping(
            List.of(
                "bwrap",
                "--unshare-all",
                "--die-with-parent",
                "--ro-bind",
                "/",
                "/",
                "--tmpfs",
                "/run",
                "--dev",
                "/dev",
                "--proc",
                "/proc")));
    dockerd = startDocker(root, "less=" + runcWithLess());
    subjects.put("docker run", docker("one"));
    subjects.put("docker run --privileged", docker("two", "--privileged"));
    subjects.put("podman run", podman(root));
    subjects.put("podman run, by a user", rootlessPodman(root(machine.home())));
    subjects.put(RENDERER, renderer());
    subjects.put("belljar run", belljar());
    subjects.put(
        "belljar run, hardened",
        belljar(
            "--read-only",
            "--cap-drop",
            "ALL",
            "--security-opt",
            "no-new-privileges",
            "--user",
            "1000:1000",
            "--memory",
            "64m",
            "--pids-limit",
            "50",
            "--cpus",
            "1"));
    assertFacts(subjects);
    hold(BEGIN, table(subjects));
  }

  @Test
  void theTableOfChecksIsTrue() throws IOException {
    Machine.requireProgram("bwrap", "bubblewrap");
    List<String> nobody =
        List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");
    Map<String, Ran> askers = new LinkedHashMap<>();
    askers.put("root", check(List.of()));
    askers.put("an ordinary user", check(nobody));
    askers.put(
        "root without capabilities",
        check(List.of("setpriv", "--bounding-set", "-all", "--inh-caps", "-all")));
    List<String> sandbox =
        Command.words(
            nobody, "bwrap", "--unshare-user", "--disable-userns", "--dev-bind", "/", "/");
    askers.put("a user who may make no user namespace", check(sandbox));
    Assumptions.assumeTrue(
        askers.values().stream().noneMatch(ran -> ran.error().contains("no planner")),
        "the distribution cannot be read by another user");
    hold(CHECKS, checks(askers));
  }

  private Ran check(List<String> prefix) {
    return Command.of(Command.words(prefix, BELLJAR, "check", "--json"))
        .env("BELLJAR_RESIDENT", "0")
        .run();
  }

  private static String checks(Map<String, Ran> askers) {
    StringBuilder table = new StringBuilder();
    List<Map<String, Object>> all =
        askers.values().stream().map(ran -> Json.object(ran.output())).toList();
    row(table, "asked by", List.copyOf(askers.keySet()));
    row(table, "---", all.stream().map(_ -> "---").toList());
    row(
        table,
        "`belljar run` can work",
        all.stream().map(c -> yes(c.get("canRun").equals(true))).toList());
    row(table, "exit status", askers.values().stream().map(r -> String.valueOf(r.code())).toList());
    for (String item :
        List.of(
            "mount", "pid", "network", "ipc", "uts", "cgroup", "user", "time", "idmapped mounts")) {
      row(table, item, all.stream().map(c -> standing(c, item)).toList());
    }
    return table.toString();
  }

  private static String standing(Map<String, Object> check, String name) {
    return Json.asList(check.get("items")).stream()
        .map(Json::asObject)
        .filter(item -> item.get("name").equals(name))
        .map(item -> item.get("standing").toString())
        .findFirst()
        .orElseThrow();
  }

  /** Compares a table with the page, or writes it there. */
  private static void hold(String mark, String table) throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(mark) + mark.length();
    int end = page.indexOf(END, begin);
    if (System.getProperty("belljar.golden", "").equals("write")) {
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
    } else {
      assertThat(compared(table)).isEqualTo(compared(page.substring(begin, end)));
    }
  }

  /** What must hold wherever this runs. */
  private static void assertFacts(Map<String, Isolation> subjects) {
    Map<String, String> grades = new LinkedHashMap<>();
    subjects.forEach((name, report) -> grades.put(name, report.grade()));
    assertThat(grades)
        .contains(
            entry("a shell of root's", "F"),
            entry("docker run", "C"),
            entry("docker run --privileged", "F"),
            entry("podman run, by a user", "C"),
            entry(RENDERER, "C"),
            entry("belljar run", "C"),
            entry("belljar run, hardened", "A"));
    assertThat(subjects.get("docker run").capabilities()).hasSize(14);
    assertThat(subjects.get("docker run").namespaces("own")).contains("mount", "pid", "network");
    assertThat(subjects.get("docker run --privileged").findings("critical"))
        .contains("capability.CAP_SYS_ADMIN", "kernel./proc/sys", "device.block");
    assertThat(subjects.get("docker run --privileged").calls()).isEqualTo("all: no filter");
    Isolation rootless = subjects.get("podman run, by a user");
    assertThat(rootless.namespaces("own")).contains("user", "mount", "pid", "network");
    assertThat(rootless.document().get("capabilitiesCountOnHost")).isEqualTo(false);
    Isolation renderer = subjects.get(RENDERER);
    assertThat(renderer.namespaces("own")).containsExactly("pid", "network", "user");
    assertThat(renderer.capabilities()).isEmpty();
    assertThat(renderer.document().get("noNewPrivileges")).isEqualTo(true);
  }

  /** The columns, but for the browser's: its findings depend on what it has open at the moment. */
  private static String compared(String table) {
    List<String> names = List.of(table.lines().findFirst().orElseThrow().split(" \\| "));
    return table
        .lines()
        .filter(line -> !line.startsWith("| " + CALLS))
        .map(line -> {
          List<String> cells = new ArrayList<>(List.of(line.split(" \\| ")));
          if (names.contains(RENDERER)) {
            cells.remove(names.indexOf(RENDERER));
          }
          return String.join(" | ", cells);
        })
        .collect(Collectors.joining("\n"));
  }

  private static String table(Map<String, Isolation> subjects) {
    StringBuilder table = new StringBuilder();
    row(table, "", new ArrayList<>(subjects.keySet()));
    row(table, "---", subjects.keySet().stream().map(_ -> "---").toList());
    List<Isolation> all = List.copyOf(subjects.values());
    row(table, "grade", all.stream().map(Isolation::grade).toList());
    for (String grade : List.of("critical", "high", "medium", "low")) {
      row(table, grade, all.stream().map(r -> String.valueOf(r.findings(grade).size())).toList());
    }
    row(table, "namespaces of its own", all.stream().map(r -> list(r.namespaces("own"))).toList());
    row(
        table,
        "user on the host",
        all.stream().map(r -> r.document().get("user").toString()).toList());
    row(table, "capabilities", all.stream().map(IsolationTableTest::capabilities).toList());
    row(
        table,
        "may gain privileges",
        all.stream().map(r -> yes(r.document().get("noNewPrivileges").equals(false))).toList());
    row(table, CALLS, all.stream().map(Isolation::calls).toList());
    row(
        table,
        "mounted for writing",
        all.stream().map(r -> list(essential(r.writable()))).toList());
    row(
        table,
        "disks and other devices",
        all.stream().map(r -> r.devices() == 0 ? "none" : "yes").toList());
    row(table, "memory limit", all.stream().map(r -> r.limit("memory")).toList());
    row(table, "limit of processes", all.stream().map(r -> r.limit("pids")).toList());
    return table.toString();
  }

  private static String capabilities(Isolation report) {
    boolean onHost = report.document().get("capabilitiesCountOnHost").equals(true);
    int held = report.capabilities().size();
    return held == 0
        ? "none"
        : held > 30 ? (onHost ? "nearly all" : "all, in its user namespace") : String.valueOf(held);
  }

  private static List<String> essential(List<String> paths) {
    return paths.stream()
        .filter(path -> List.of("/proc/sys", "/sys", "/sys/fs/cgroup").contains(path))
        .toList();
  }

  private static String yes(boolean yes) {
    return yes ? "yes" : "no";
  }

  private static String list(List<String> texts) {
    return texts.isEmpty() ? "none" : String.join(", ", texts);
  }

  private static void row(StringBuilder table, String first, List<String> cells) {
    table.append("| ").append(first).append(" | ").append(String.join(" | ", cells)).append(" |\n");
  }
}
