package io.belljar.conformance.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code cp}: both ways, as archives, owners, stopped containers. */
class CopyTest extends FilesTest {
  private static String owner(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS)
        + ":"
        + Files.getAttribute(file, "unix:gid", LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void filesAreCopiedInAndOut() throws IOException {
    String box = box("", "");
    file("tree/a", "A");
    file("tree/sub/b", "B");
    belljar("cp", "tree", box + ":/new").succeeds();
    belljar("cp", "tree", box + ":/new").succeeds();
    belljar("cp", box + ":/new", "out").succeeds();
    assertThat(Files.readString(directory().resolve("out/a"))).isEqualTo("A");
    assertThat(Files.readString(directory().resolve("out/tree/sub/b"))).isEqualTo("B");
    assertThat(belljar("cp", box + ":/new/a", "x").succeeds().error())
        .isEqualTo("Successfully copied 1B to x\n");
    assertThat(belljar("cp", "-q", box + ":/new/a", "x").succeeds().error()).isEmpty();
  }

  @Test
  void whatCannotBeCopiedIsNamed() throws IOException {
    String box = box("", "mkdir /d; : > /f");
    file("f", "");
    belljar("cp", box + ":/missing", ".")
        .exitsWith(1)
        .isRefused(box + ":/missing: No such file or directory")
        .inOneLine();
    belljar("cp", box + ":/d", "f").exitsWith(1).isRefused("f: is a file: a directory").inOneLine();
    belljar("cp", "f", box + ":/none/").isRefused(box + ":/none/: no such directory").inOneLine();
    belljar("cp", box + ":/f", "no/f").isRefused("does not exist").inOneLine();
    belljar("cp", box + ":/f", box + ":/g").isRefused("between containers").inOneLine();
    belljar("cp", "f", "g").isRefused("CONTAINER:PATH").inOneLine();
    belljar("cp", "f", "nobody:/g").exitsWith(1).isRefused("No such container: nobody").inOneLine();
    belljar("cp", box + ":/proc/1/status", ".").isRefused("file of the kernel").inOneLine();
    belljar("cp", "f", box + ":/proc/sys/kernel/").isRefused("of the kernel").inOneLine();
    belljar("cp", box + ":/f", "/dev/null").isRefused("/dev/null: is a device").inOneLine();
    assertThat(Files.exists(directory().resolve("g"))).isFalse();
  }

  @Test
  void copiesBelongToRootInsideAndToTheCallerOutside() throws IOException {
    String box = box("chown", "echo x > /f; chown 1234:567 /f");
    Path mine = file("mine", "x");
    Files.setAttribute(mine, "unix:uid", 4711);
    Files.setAttribute(mine, "unix:gid", 815);
    belljar("cp", "mine", box + ":/default").succeeds();
    belljar("cp", "-a", "mine", box + ":/kept").succeeds();
    belljar("cp", box + ":/f", "default").succeeds();
    belljar("cp", "-a", box + ":/f", "kept").succeeds();
    belljar("cp", "-a", box + ":/kept", "inside-kept").succeeds();
    belljar("cp", "-a", box + ":/default", "inside-default").succeeds();
    assertThat(owner(directory().resolve("default"))).isEqualTo("0:0");
    assertThat(owner(directory().resolve("kept"))).isEqualTo("1234:567");
    assertThat(owner(directory().resolve("inside-kept"))).isEqualTo("4711:815");
    assertThat(owner(directory().resolve("inside-default"))).isEqualTo("0:0");
  }

  @Test
  void archivesGoThroughTheStandardStreams() throws IOException {
    String box = box("", "mkdir -p /d/sub; echo x > /d/sub/f; ln -s sub/f /d/l");
    assertThat(shell("$B cp " + box + ":/d - | tar tf -").succeeds().lines())
        .containsExactlyInAnyOrder("d/", "d/l", "d/sub/", "d/sub/f");
    assertThat(shell("$B cp " + box + ":/d/. - | tar tf -").succeeds().lines())
        .containsExactlyInAnyOrder("./", "l", "sub/", "sub/f");
    file("t/one", "1");
    for (String option : List.of("", "z", "j", "J")) {
      String to = box + ":/in" + option;
      shell("mkdir -p e && $B cp e " + to + " && tar c" + option + "f - t | $B cp - " + to)
          .succeeds();
      assertThat(shell("$B cp " + to + "/t/one - | tar xOf -").succeeds().output()).isEqualTo("1");
    }
    shell("tar cf - t | $B cp - " + box + ":/d/l").isRefused("is no directory").inOneLine();
    shell("head -c 100000 /dev/urandom | $B cp - " + box + ":/d")
        .isRefused("the archive")
        .inOneLine();
    assertThat(
            shell("$B cp " + box + ":/d - | head -c 10 >/dev/null; echo ${PIPESTATUS[0]}").text())
        .isNotEqualTo("125");
  }

  @Test
  void anArchiveIsNotWrittenToATerminal() {
    Machine.requireProgram("script", "bsdutils");
    String box = box("", "");
    shell("script -qec \"$B cp " + box + ":/etc -\" typescript; exit 0").succeeds();
    assertThat(shell("cat typescript").output()).contains("is a terminal");
    shell("script -qec \"$B export " + box + "\" typescript; exit 0").succeeds();
    assertThat(shell("cat typescript").output()).contains("is a terminal");
  }

  @Test
  void aStoppedContainerIsCopiedFromAndTo() throws IOException {
    String box = box("", "echo before > /f");
    belljar("stop", "-t", "0", box).succeeds();
    assertThat(shell("$B cp " + box + ":/f - | tar xOf -").succeeds().text()).isEqualTo("before");
    file("g", "after");
    belljar("cp", "g", box + ":/f").succeeds();
    assertThat(shell("$B cp " + box + ":/f - | tar xOf -").succeeds().text()).isEqualTo("after");
  }

  @Test
  void fifosAndDevicesAreNeverOpened() throws IOException {
    String box =
        box("mkfifo,mknod", "mkdir /d; mkfifo /d/fifo; mknod /d/zero c 1 5; echo x > /d/f");
    assertThat(belljar("cp", box + ":/d", "out").succeeds().error())
        .contains("out/zero is a device: left out");
    assertThat(directory().resolve("out").toFile().list()).containsExactlyInAnyOrder("fifo", "f");
    assertThat(shell("$B cp " + box + ":/d - | tar tvf -").succeeds().output())
        .contains("prw-", "crw-");
  }

  @Test
  void namesWithControlCharactersDoNotReachTheTerminal() {
    String box = box("", "mkdir $'/d\\e[31m'; ln -s x $'/d\\e[31m/l'; : > /f");
    assertThat(shell("$B cp " + box + ":$'/d\\e[31m/f' out").exitsWith(1).error())
        .contains("\\x1b[31m")
        .doesNotContain("\u001b");
  }

  @Test
  void volumesAndTemporaryFileSystemsAreSeen() throws IOException {
    Path volume = Files.createDirectory(directory().resolve("volume"));
    String box =
        box(List.of("-v", volume + ":/v", "--tmpfs", "/t"), "", "echo t > /t/f; echo v > /v/f");
    assertThat(shell("$B cp " + box + ":/t/f - | tar xOf -").succeeds().text()).isEqualTo("t");
    file("new", "new");
    belljar("cp", "new", box + ":/v").succeeds();
    assertThat(Files.readString(volume.resolve("new"))).isEqualTo("new");
  }

  @Test
  void thousandCopiesLeaveNoDescriptorInThePlanner() throws IOException {
    String box = box("", "mkdir -p /d/e; echo x > /d/e/f");
    file("f", "x");
    // The footprint is compared after each test.
    shell(
            "for i in $(seq 200); do $B cp -q "
                + box
                + ":/d out; $B cp -q f "
                + box
                + ":/d/; $B cp -q "
                + box
                + ":/none .; $B cp -q f "
                + box
                + ":/no/no; $B cp -q "
                + box
                + ":/d f; done 2>/dev/null; exit 0")
        .succeeds();
  }

  @Test
  void anExportIsTheContainersTree() throws IOException {
    String box =
        box(
            List.of("--tmpfs", "/t"),
            "chmod",
            "mkdir -p /d/e; echo x > /d/e/f; chmod 4751 /d/e/f; ln -s f /d/e/l; ln /d/e/f /d/h;"
                + " echo t > /t/hidden");
    belljar("export", "-o", "e.tar", box).succeeds();
    shell("mkdir x && tar xpf e.tar -C x").succeeds();
    assertThat(shell("$B export " + box + " | cmp - e.tar && echo same").text()).isEqualTo("same");
    Path exported = directory().resolve("x");
    assertThat(exported.resolve("t").toFile().list()).isEmpty();
    assertThat(exported.resolve("proc").toFile().list()).isEmpty();
    assertThat(Files.readString(exported.resolve("d/h"))).isEqualTo("x\n");
    Path root = Path.of("/var/lib/belljar/containers", box, "rootfs");
    String list = "find . ! -path . -printf '%p %y %m %U %G %n %l\\n' | sort; ";
    assertThat(shell("cd x; " + list).succeeds().output())
        .isEqualTo(shell("cd " + root + "; " + list).succeeds().output());
    assertThat(shell("diff -r --no-dereference x " + root).succeeds().output()).isEmpty();
  }
}
