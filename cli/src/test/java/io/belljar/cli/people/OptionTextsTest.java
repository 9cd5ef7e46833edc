package io.belljar.cli.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.CallFilter;
import io.belljar.Device;
import io.belljar.InvalidIsolationException;
import io.belljar.Mount;
import io.belljar.Privileges;
import io.belljar.Sharing;
import io.belljar.Ulimit;
import io.belljar.assembly.ContainerHome;
import io.belljar.linux.Capability;
import io.belljar.planner.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionTextsTest {
  private static final Path WORK = Path.of("/work");
  private static final MountTexts MOUNTS =
      new MountTexts(WORK, new ContainerHome(Path.of("/home")), false);

  @TempDir private Path directory;

  private static void refuses(Runnable parse, String message) {
    assertThatThrownBy(parse::run)
        .isInstanceOf(InvalidIsolationException.class)
        .hasMessage(message);
  }

  @Test
  void readsSizesAsDockerDoes() {
    assertThat(Quantities.bytes("m", "64m")).isEqualTo(64 << 20);
    assertThat(Quantities.bytes("m", "1.5G")).isEqualTo(3L << 29);
    assertThat(Quantities.bytes("m", "10kb")).isEqualTo(10 << 10);
    assertThat(Quantities.bytes("m", "10 KiB")).isEqualTo(10 << 10);
    assertThat(Quantities.bytes("m", "7b")).isEqualTo(7);
    assertThat(Quantities.bytes("m", "8")).isEqualTo(8);
    assertThat(Quantities.bytesOrUnlimited("m", "-1")).isEqualTo(-1);
    refuses(() -> Quantities.bytes("m", "-1"), "m: \"-1\" is not a size, such as 64m or 1.5g");
    refuses(() -> Quantities.bytes("m", ""), "m: \"\" is not a size, such as 64m or 1.5g");
    refuses(() -> Quantities.bytes("m", "9999999p"), "m: \"9999999p\" is too large");
  }

  @Test
  void readsDecimals() {
    assertThat(Quantities.decimal("cpus", "1.5")).isEqualTo(1.5);
    assertThat(Quantities.decimal("cpus", ".5")).isEqualTo(0.5);
    refuses(
        () -> Quantities.decimal("cpus", "1e3"),
        "cpus: \"1e3\" is not a number of processors, such as 1.5");
  }

  @Test
  void readsSharing() {
    assertThat(OptionTexts.sharing("network", "none")).isEqualTo(Sharing.PRIVATE);
    assertThat(OptionTexts.sharing("pid", "host")).isEqualTo(Sharing.HOST);
    assertThat(OptionTexts.sharing("ipc", "container:web")).isEqualTo(Sharing.container("web"));
    refuses(
        () -> OptionTexts.sharing("pid", "none"),
        "pid: \"none\" is not private, host or container:NAME");
  }

  @Test
  void readsCapabilities() {
    assertThat(OptionTexts.capabilities("cap-add", List.of("net_admin,CAP_KILL")))
        .containsExactly(Capability.CAP_NET_ADMIN, Capability.CAP_KILL);
    assertThat(OptionTexts.capabilities("cap-add", List.of("all"))).hasSize(41);
    refuses(
        () -> OptionTexts.capabilities("cap-add", List.of("FLY")),
        "cap-add: \"FLY\" is not a capability, such as NET_ADMIN");
  }

  private static Privileges security(String text) {
    return OptionTexts.security(Privileges.DEFAULT, text, WORK);
  }

  @Test
  void readsSecurityOptions() {
    assertThat(security("no-new-privileges").noNewPrivileges()).isTrue();
    assertThat(security("no-new-privileges:true").noNewPrivileges()).isTrue();
    assertThat(security("no-new-privileges=false").noNewPrivileges()).isFalse();
    assertThat(security("seccomp=unconfined").calls()).isEqualTo(CallFilter.UNCONFINED);
    assertThat(security("seccomp=p.json").calls())
        .isEqualTo(CallFilter.profile(WORK.resolve("p.json")));
    refuses(
        () -> security("apparmor=x"),
        "security-opt: \"apparmor=x\" is not no-new-privileges, seccomp=unconfined or"
            + " seccomp=FILE");
  }

  @Test
  void readsUlimits() {
    assertThat(OptionTexts.ulimit("nofile=10:20")).isEqualTo(new Ulimit("nofile", 10, 20));
    assertThat(OptionTexts.ulimit("core=-1")).isEqualTo(new Ulimit("core", -1, -1));
    refuses(
        () -> OptionTexts.ulimit("nofile"),
        "ulimit: \"nofile\" is not NAME=SOFT[:HARD], such as nofile=1024:2048");
  }

  @Test
  void readsDevices() {
    assertThat(OptionTexts.device("/dev/a", WORK))
        .isEqualTo(new Device(Path.of("/dev/a"), "/dev/a", "rwm"));
    assertThat(OptionTexts.device("/dev/a:rw", WORK))
        .isEqualTo(new Device(Path.of("/dev/a"), "/dev/a", "rw"));
    assertThat(OptionTexts.device("/dev/a:/dev/b:r", WORK))
        .isEqualTo(new Device(Path.of("/dev/a"), "/dev/b", "r"));
    refuses(
        () -> OptionTexts.device("/dev/a:", WORK),
        "device: \"/dev/a:\" is not SOURCE, SOURCE:TARGET or SOURCE:TARGET:rwm");
  }

  @Test
  void readsVolumes() {
    assertThat(MOUNTS.volume("/a:/b")).isEqualTo(Mount.bind(Path.of("/a"), "/b"));
    assertThat(MOUNTS.volume("./a:/b:ro,z")).isEqualTo(Mount.readOnly(Path.of("/work/a"), "/b"));
    assertThat(MOUNTS.volume("data:/b")).isEqualTo(Mount.bind(Path.of("/home/volumes/data"), "/b"));
    refuses(() -> MOUNTS.volume("/a"), "volume: \"/a\" is not SOURCE:TARGET or SOURCE:TARGET:ro");
    refuses(
        () -> MOUNTS.volume("/a:/b:rx"),
        "volume: \"/a:/b:rx\": \"rx\" is not an option, such as ro");
    refuses(
        () -> MOUNTS.volume("a/b:/c"),
        "volume: \"a/b\" is neither a path (/… or ./…) nor the name of a volume: only letters,"
            + " digits and _ . - are allowed, at least two");
  }

  @Test
  void readsMounts() {
    assertThat(MOUNTS.mount("type=bind,src=/a,dst=/b,readonly"))
        .isEqualTo(Mount.readOnly(Path.of("/a"), "/b"));
    assertThat(MOUNTS.mount("source=data,target=/b"))
        .isEqualTo(Mount.bind(Path.of("/home/volumes/data"), "/b"));
    assertThat(MOUNTS.mount("type=tmpfs,target=/t,tmpfs-size=1m,tmpfs-mode=700"))
        .isEqualTo(Mount.temporary("/t", "size=1048576", "mode=700"));
    refuses(
        () -> MOUNTS.mount("type=bind,source=/a"),
        "mount: \"type=bind,source=/a\": target is missing");
    refuses(
        () -> MOUNTS.mount("type=nfs,target=/b"),
        "mount: \"type=nfs,target=/b\": type \"nfs\" is not bind, volume or tmpfs");
    refuses(
        () -> MOUNTS.mount("type=tmpfs,target=/b,colour=red"),
        "mount: \"type=tmpfs,target=/b,colour=red\": \"colour\" is not a key that is known");
  }

  @Test
  void readsTemporaryFileSystems() {
    assertThat(MountTexts.temporary("/run:rw,size=1m"))
        .isEqualTo(Mount.temporary("/run", "rw", "size=1m"));
  }

  @Test
  void readsVariables() throws Exception {
    Environment caller = Environment.of(List.of("HOME=/h"));
    assertThat(Variables.of("A=b=c", caller)).contains("A=b=c");
    assertThat(Variables.of("HOME", caller)).contains("HOME=/h");
    assertThat(Variables.of("OTHER", caller)).isEmpty();
    refuses(() -> Variables.of("=x", caller), "env: \"=x\" has no name");
    Path file = Files.writeString(directory.resolve("env"), "# note\n\nA=1 # all of it\nHOME\nB\n");
    assertThat(Variables.file(file, caller)).containsExactly("A=1 # all of it", "HOME=/h");
    Path wrong = Files.writeString(directory.resolve("wrong"), "A=1\nB C=2\n");
    refuses(
        () -> Variables.file(wrong, caller),
        "env-file: " + wrong + ": line 2 has no name without spaces");
  }
}
