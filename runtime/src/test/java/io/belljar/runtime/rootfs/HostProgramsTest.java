package io.belljar.runtime.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostProgramsTest {
  private static final String LOADER = "/lib64/ld-linux-x86-64.so.2";

  @TempDir Path host;

  @BeforeEach
  void mergedUsr() throws IOException {
    for (String directory : List.of("bin", "sbin", "lib", "lib64")) {
      Files.createDirectories(host.resolve("usr/" + directory));
      ElfFixture.link(host, "/" + directory, "usr/" + directory);
    }
    ElfFixture.elf().soname("ld-linux-x86-64.so.2").at(host, "/usr/lib/x86/ld-2.so");
    ElfFixture.link(host, "/usr/lib64/ld-linux-x86-64.so.2", "/lib/x86/ld-2.so");
    ElfFixture.elf().soname("libc.so.6").needs("ld-linux-x86-64.so.2").at(host, "/lib/libc.so.6");
  }

  @Test
  void bringsInterpreterLibrariesAndTheLinksOnTheWay() throws IOException {
    program().needs("libc.so.6", "liba.so.1").at(host, "/usr/bin/tool");
    ElfFixture.elf().needs("libb.so", "libc.so.6").at(host, "/usr/lib/liba.so.1.2");
    ElfFixture.link(host, "/usr/lib/liba.so.1", "liba.so.1.2");
    ElfFixture.elf().needs("liba.so.1").at(host, "/usr/lib/libb.so"); // each needs the other
    Map<String, RootEntry> root = resolve("tool");
    assertThat(root)
        .containsKeys(
            "/usr/bin/tool", "/usr/lib/liba.so.1.2", "/usr/lib/libb.so", "/usr/lib/x86/ld-2.so")
        .containsEntry("/lib", new RootEntry.Link("/lib", "usr/lib"))
        .containsEntry("/lib64", new RootEntry.Link("/lib64", "usr/lib64"))
        .containsEntry(
            "/usr/lib/liba.so.1", new RootEntry.Link("/usr/lib/liba.so.1", "liba.so.1.2"))
        .containsEntry(
            "/usr/lib64/ld-linux-x86-64.so.2",
            new RootEntry.Link("/usr/lib64/ld-linux-x86-64.so.2", "/lib/x86/ld-2.so"));
  }

  @Test
  void showsProgramsInBinWhereTheHostHasALink() throws IOException {
    program().at(host, "/usr/bin/tool");
    assertThat(resolve("tool"))
        .containsEntry("/bin", new RootEntry.Directory("/bin", 0755))
        .containsEntry("/bin/tool", new RootEntry.Link("/bin/tool", "../usr/bin/tool"))
        .containsEntry("/sbin", new RootEntry.Directory("/sbin", 0755));
  }

  @Test
  void followsChainsOfAlternatives() throws IOException {
    program().at(host, "/usr/bin/nawk-1");
    ElfFixture.link(host, "/usr/bin/awk", "/etc/alternatives/awk");
    ElfFixture.link(host, "/etc/alternatives/awk", "../../bin/nawk-1");
    assertThat(resolve("awk"))
        .containsEntry("/usr/bin/awk", new RootEntry.Link("/usr/bin/awk", "/etc/alternatives/awk"))
        .containsEntry(
            "/etc/alternatives/awk",
            new RootEntry.Link("/etc/alternatives/awk", "../../bin/nawk-1"))
        .containsKey("/usr/bin/nawk-1");
  }

  @Test
  void looksWhereRunpathSaysAndPassesOverTheWrongMachine() throws IOException {
    program().needs("libx.so").runpath("$ORIGIN/../private:/opt/${LIB}").at(host, "/opt/t/bin/t");
    ElfFixture.elf().narrow().at(host, "/opt/t/private/libx.so");
    ElfFixture.elf().at(host, "/opt/lib64/libx.so");
    Map<String, RootEntry> root = resolve("/opt/t/bin/t");
    assertThat(root).containsKey("/opt/lib64/libx.so").doesNotContainKey("/opt/t/private/libx.so");
    assertThat(root)
        .containsEntry("/usr/local/bin/t", new RootEntry.Link("/usr/local/bin/t", "/opt/t/bin/t"));
  }

  @Test
  void inheritsRpathButNotRunpath() throws IOException {
    program().needs("libx.so").rpath("/opt/a").at(host, "/usr/bin/old");
    program().needs("libx.so").runpath("/opt/a").at(host, "/usr/bin/new");
    ElfFixture.elf().needs("liby.so").at(host, "/opt/a/libx.so");
    ElfFixture.elf().at(host, "/opt/a/liby.so");
    assertThat(resolve("old")).containsKey("/opt/a/liby.so");
    assertThatThrownBy(() -> resolve("new"))
        .hasMessage(
            "--from-host: /opt/a/libx.so needs the library \"liby.so\", which is not on this host");
  }

  @Test
  void asksTheLoadersCacheAndKeepsOfItWhatIsInTheRoot() throws IOException {
    program().needs("libz.so").at(host, "/usr/bin/zip");
    ElfFixture.elf().at(host, "/opt/z/libz.so");
    ElfFixture.write(
        host,
        "/etc/ld.so.cache",
        new LoaderCache(
                List.of(
                    new LoaderCache.Entry(0x303, "libz.so", "/opt/z/libz.so"),
                    new LoaderCache.Entry(0x303, "liby.so", "/opt/z/liby.so")))
            .encode());
    var cache = (RootEntry.Text) resolve("zip").get("/etc/ld.so.cache");
    assertThat(LoaderCache.parse(cache.content().getBytes(StandardCharsets.ISO_8859_1)).entries())
        .containsExactly(new LoaderCache.Entry(0x303, "libz.so", "/opt/z/libz.so"));
  }

  @Test
  void bringsAScriptsInterpreterAndWhatEnvWouldFind() throws IOException {
    program().at(host, "/usr/bin/env");
    program().at(host, "/usr/bin/snake");
    ElfFixture.write(host, "/usr/bin/one", bytes("#!/usr/bin/env -S LANG=C snake -u\nprint"));
    ElfFixture.write(host, "/usr/bin/two", bytes("#! /usr/bin/one\n"));
    assertThat(resolve("two"))
        .containsKeys(
            "/usr/bin/one",
            "/usr/bin/two",
            "/usr/bin/env",
            "/usr/bin/snake",
            "/usr/lib/x86/ld-2.so");
  }

  @Test
  void stopsAtAScriptThatInterpretsItself() throws IOException {
    ElfFixture.write(host, "/usr/bin/loop", bytes("#!/usr/bin/loop\n"));
    assertThat(resolve("loop")).containsKey("/usr/bin/loop");
  }

  @Test
  void knowsMuslsWays() throws IOException {
    ElfFixture.elf()
        .interpreter("/lib/ld-musl-x86_64.so.1")
        .needs("libc.musl-x86_64.so.1", "libextra.so")
        .at(host, "/usr/bin/tool");
    ElfFixture.elf().at(host, "/lib/ld-musl-x86_64.so.1");
    ElfFixture.elf().at(host, "/musl/lib/libextra.so");
    ElfFixture.write(host, "/etc/ld-musl-x86_64.path", bytes("/nowhere\n/musl/lib\n"));
    assertThat(resolve("tool"))
        .containsKeys(
            "/usr/lib/ld-musl-x86_64.so.1", "/musl/lib/libextra.so", "/etc/ld-musl-x86_64.path");
  }

  @Test
  void takesAStaticProgramAlone() throws IOException {
    ElfFixture.elf().at(host, "/usr/bin/static");
    assertThat(resolve("static").values().stream().filter(RootEntry.Copy.class::isInstance))
        .extracting(RootEntry::path)
        .containsExactly("/usr/bin/static");
  }

  @Test
  void bringsTheNameServicesOfTheCLibrary() throws IOException {
    program().needs("libc.so.6").at(host, "/usr/bin/id");
    ElfFixture.elf().needs("libresolv.so.2").at(host, "/lib/libnss_dns.so.2");
    ElfFixture.elf().at(host, "/lib/libresolv.so.2");
    assertThat(resolve("id")).containsKeys("/usr/lib/libnss_dns.so.2", "/usr/lib/libresolv.so.2");
  }

  @Test
  void bringsOnlyTheTerminalsThatAreWanted() throws IOException {
    program().at(host, "/usr/bin/t");
    for (String name : List.of("x/xterm", "r/rare", "o/other")) {
      ElfFixture.write(host, "/usr/share/terminfo/" + name, bytes("x"));
    }
    assertThat(resolve("t"))
        .containsKeys("/usr/share/terminfo/x/xterm", "/usr/share/terminfo/r/rare")
        .doesNotContainKey("/usr/share/terminfo/o/other");
  }

  @Test
  void namesTheProgramThatIsNotThere() {
    assertThatThrownBy(() -> resolve("foo"))
        .isInstanceOf(RootfsException.class)
        .hasMessage("--from-host: no program \"foo\" on PATH (/usr/bin:/sbin)");
    assertThatThrownBy(() -> resolve("/usr/bin/foo"))
        .hasMessage("--from-host: /usr/bin/foo: No such file or directory");
    assertThatThrownBy(() -> resolve("./foo"))
        .hasMessage("--from-host: \"./foo\" is neither a name nor an absolute path");
    assertThatThrownBy(() -> new HostPrograms(List.of(), List.of(), Optional.empty(), host))
        .hasMessage("--from-host: names no program");
  }

  @Test
  void namesWhatAProgramLacks() throws IOException {
    ElfFixture.elf().interpreter("/lib/gone.so").at(host, "/usr/bin/a");
    assertThatThrownBy(() -> resolve("a"))
        .hasMessage(
            "--from-host: /usr/bin/a needs the ELF interpreter \"/lib/gone.so\", which is not there");
    ElfFixture.write(host, "/usr/bin/b", bytes("#!/bin/gone -x\n"));
    assertThatThrownBy(() -> resolve("b"))
        .hasMessage("--from-host: /usr/bin/b needs /bin/gone, which is not there");
    ElfFixture.write(host, "/usr/bin/c", bytes("echo\n"));
    assertThatThrownBy(() -> resolve("c"))
        .hasMessage(
            "--from-host: /usr/bin/c is neither an ELF program nor a script that begins with #!");
    ElfFixture.write(host, "/usr/bin/d", new byte[] {0x7f, 'E', 'L', 'F', 2, 1});
    assertThatThrownBy(() -> resolve("d"))
        .hasMessage("--from-host: /usr/bin/d: its ELF header lies outside the file");
  }

  @Test
  void changesItsKeyWithAFilesContent() throws IOException {
    program().at(host, "/usr/bin/t");
    String before = programs("t").resolve().key();
    assertThat(programs("t").resolve().key()).isEqualTo(before).hasSize(64);
    Files.write(host.resolve("usr/bin/t"), program().soname("x").bytes());
    assertThat(programs("t").resolve().key()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "ls", "ps", "id", "ip", "hostname", "grep", "perl", "git", "ssh"})
  void findsTheLibrariesThatTheLoaderItselfFinds(String name) throws Exception {
    HostPrograms programs =
        HostPrograms.of(List.of(name), "/usr/bin:/bin:/usr/sbin:/sbin", Optional.empty());
    HostRoot root;
    try {
      root = programs.resolve();
    } catch (RootfsException e) {
      assumeTrue(false, "this host has " + name);
      throw e;
    }
    String program =
        root.entries().stream()
            .map(RootEntry::path)
            .filter(path -> path.matches("/(usr/)?s?bin/.*"))
            .filter(path ->
                root.entries().stream()
                    .anyMatch(e -> e instanceof RootEntry.Copy c && c.path().equals(path)))
            .findFirst()
            .orElseThrow();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ldd")), "this host has ldd");
    Process ldd = new ProcessBuilder("/usr/bin/ldd", program).redirectErrorStream(true).start();
    String text = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(ldd.waitFor() == 0, text);
    Set<String> expected = new TreeSet<>();
    for (MatchResult library : Pattern.compile("(/[^ ]+) \\(0x").matcher(text).results().toList()) {
      expected.add(Path.of(library.group(1)).toRealPath().toString());
    }
    Set<String> copied =
        root.entries().stream()
            .filter(RootEntry.Copy.class::isInstance)
            .map(RootEntry::path)
            .filter(path -> path.contains(".so"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(copied).containsAll(expected);
    copied.removeAll(expected);
    assertThat(copied).allMatch(path -> path.matches(".*/lib(nss_|resolv|gcc_s).*"));
  }

  private static ElfFixture program() {
    return ElfFixture.elf().interpreter(LOADER);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private HostPrograms programs(String name) {
    return new HostPrograms(List.of(name), List.of("/usr/bin", "/sbin"), Optional.of("rare"), host);
  }

  private Map<String, RootEntry> resolve(String name) {
    return programs(name).resolve().entries().stream()
        .collect(Collectors.toMap(RootEntry::path, Function.identity()));
  }
}
