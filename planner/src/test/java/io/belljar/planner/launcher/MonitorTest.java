package io.belljar.planner.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.Errno;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log that a monitor keeps, and its socket for those who attach. */
@Tag("integration")
@Timeout(60)
class MonitorTest {
  private static final Slot OUTPUT = new Slot(0, "output");
  private static final Slot OUTPUT_END = new Slot(1, "output end");
  private static final Slot ERROR = new Slot(2, "error");
  private static final Slot ERROR_END = new Slot(3, "error end");
  private static final Slot INPUT = new Slot(4, "input");
  private static final Slot INPUT_END = new Slot(5, "input end");
  private static final String RECORD =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z (stdout|stderr) [FP] .*";

  @TempDir private Path directory;

  private Plan monitored(long most, String line) {
    return Plan.builder()
        .add(new FileStep.MakePipe(OUTPUT, OUTPUT_END), "a test")
        .add(new FileStep.MakePipe(ERROR, ERROR_END), "a test")
        .add(new FileStep.MakePipe(INPUT_END, INPUT), "a test")
        .add(new NamespaceStep.Fork(Role.COMMAND, 0, Slot.NONE), "a test")
        .add(new FileStep.Close(OUTPUT_END), "a test")
        .add(new FileStep.Close(ERROR_END), "a test")
        .add(new FileStep.Close(INPUT_END), "a test")
        .add(new ProcessStep.Monitor(directory.toString(), most, OUTPUT, ERROR, INPUT, 0), "a test")
        .add(new ProcessStep.Notify(Role.COMMAND), "a test")
        .add(new ProcessStep.Wait(Role.COMMAND, 0), "a test")
        .role(Role.COMMAND)
        .add(new ProcessStep.Await(Role.LAUNCHER), "a test")
        .add(new FileStep.Stdio(INPUT_END, 0), "a test")
        .add(new FileStep.Stdio(OUTPUT_END, 1), "a test")
        .add(new FileStep.Stdio(ERROR_END, 2), "a test")
        .add(new IdentityStep.FindProgram(List.of("/bin/sh")), "a test")
        .add(
            new IdentityStep.Execute(List.of("sh", "-c", line), List.of("PATH=/usr/bin:/bin"), 0),
            "a test")
        .last()
        .build();
  }

  private List<String> logOf(long most, String line) throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.run(monitored(most, line));
      assertThat(launcher.status()).isZero();
    }
    assertThat(directory.resolve("attach")).doesNotExist();
    List<String> records = Files.readAllLines(directory.resolve("log"));
    assertThat(records).allSatisfy(record -> assertThat(record).matches(RECORD));
    return records.stream().map(record -> record.substring(31)).toList();
  }

  @Test
  void hasEachLineWithItsTimeAndStream() throws Exception {
    assertThat(logOf(1 << 20, "echo a; echo; echo b >&2; printf end"))
        .containsExactlyInAnyOrder("stdout F a", "stdout F ", "stderr F b", "stdout P end");
  }

  @Test
  void hasLongLinesInPieces() throws Exception {
    List<String> records = logOf(1 << 20, "head -c 40000 /dev/zero | tr '\\0' x; echo");
    assertThat(records).hasSize(3);
    assertThat(records.get(0)).startsWith("stdout P x").hasSize(9 + 16384);
    assertThat(records.get(2)).startsWith("stdout F x").hasSize(9 + 40000 - 2 * 16384);
  }

  @Test
  void isBoundedAndKeepsTheNewestOfAFlood() throws Exception {
    List<String> newest = logOf(1 << 20, "seq 200000");
    assertThat(newest.getLast()).isEqualTo("stdout F 200000");
    List<String> older = Files.readAllLines(directory.resolve("log.1"));
    int last = Integer.parseInt(older.getLast().substring(40));
    assertThat(newest.getFirst()).isEqualTo("stdout F " + (last + 1));
    assertThat(Files.size(directory.resolve("log"))).isLessThanOrEqualTo(1 << 20);
    assertThat(Files.size(directory.resolve("log.1"))).isLessThanOrEqualTo(1 << 20);
  }

  @Test
  void isMadeAnewWhenSomebodyRemovedIt() throws Exception {
    Path log = directory.resolve("log");
    assertThat(
            logOf(
                1 << 20,
                "echo first; while [ ! -s " + log + " ]; do :; done; rm " + log + "; echo second"))
        .containsExactly("stdout F second");
  }

  @Test
  void losesOnlyWhatTheDiskHadNoPlaceFor() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    String mount = "mount -t tmpfs -o size=64k none " + disk + " && exec \"$0\" \"$@\"";
    Path outer = directory;
    directory = disk;
    try (RealLauncher launcher =
        RealLauncher.start(outer, "exec unshare -m sh -c '" + mount + "' \"$0\" \"$@\"")) {
      launcher.run(
          monitored(
              1 << 20,
              // Once a removed log does not come back, all that was written has been read.
              "cd "
                  + disk
                  + "; seq 20000; while rm log; do sleep 0.2; done 2> /dev/null"
                  + "; echo last; until grep -qs last log; do :; done; cp "
                  + disk
                  + "/log "
                  + outer
                  + "/copy"));
      assertThat(launcher.status()).isZero();
    }
    List<String> records = Files.readAllLines(outer.resolve("copy"));
    assertThat(records).allSatisfy(record -> assertThat(record).matches(RECORD));
    assertThat(records.getLast()).endsWith("stdout F last");
  }

  @Test
  void servesThoseWhoAttach() throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.send(
          monitored(1 << 20, "while read word; do echo got $word; done; echo end >&2; exit 9"));
      assertThat(launcher.outcome().succeeded()).isTrue();
      var address = UnixDomainSocketAddress.of(directory.resolve("attach"));
      try (SocketChannel client = SocketChannel.open(address);
          SocketChannel rude = SocketChannel.open(address)) {
        rude.write(ByteBuffer.wrap(new byte[] {77, 0, 0, 0, 0, 0, 0, 0}));
        client.write(frame(0, "a\n"));
        assertThat(frameOf(client)).isEqualTo("1 got a\n");
        client.write(frame(4, ""));
        assertThat(frameOf(client)).isEqualTo("2 end\n");
        assertThat(frameOf(client)).isEqualTo("6 \t");
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      }
      assertThat(launcher.status()).isEqualTo(9);
    }
  }

  @Test
  void aLauncherAttachesItsCaller() throws Exception {
    Plan attach =
        Plan.builder()
            .add(new ProcessStep.Attach(directory.toString(), 0, Slot.NONE, Bytes.EMPTY), "a test")
            .build();
    String caller = "printf 'a\\nb\\n' | \"$0\" \"$@\"";
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.send(monitored(1 << 20, "while read word; do echo got $word; done; echo end >&2"));
      assertThat(launcher.outcome().succeeded()).isTrue();
      try (RealLauncher attached = RealLauncher.start(directory, caller)) {
        assertThat(attached.run(attach).succeeded()).isTrue();
        assertThat(attached.output()).isEqualTo("got a\ngot b\n");
        assertThat(attached.error()).isEqualTo("end\n");
      }
      assertThat(launcher.status()).isZero();
    }
    try (RealLauncher late = RealLauncher.start(directory)) {
      assertThat(late.run(attach).errno()).isEqualTo(Errno.ENOENT.number());
    }
  }

  private static ByteBuffer frame(int type, String payload) {
    byte[] bytes = payload.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + bytes.length)
        .putInt(type << 24)
        .putInt(bytes.length)
        .put(bytes)
        .flip();
  }

  private static String frameOf(SocketChannel client) throws Exception {
    ByteBuffer head = fill(client, 8);
    int type = head.get(0);
    return type + " " + UTF_8.decode(fill(client, head.getInt(4)));
  }

  private static ByteBuffer fill(SocketChannel client, int length) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      assertThat(client.read(bytes)).isPositive();
    }
    return bytes.flip();
  }
}
