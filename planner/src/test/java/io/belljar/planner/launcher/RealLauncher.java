package io.belljar.planner.launcher;

import io.belljar.linux.CloneFlags;
import io.belljar.plan.FrameType;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.PlanEncoder;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The launcher itself, in a process of its own, and the other end of its connection: for plans that
 * a planner would make, and for bytes that none would send.
 *
 * <p>The property {@code belljar.launcher} names another binary than the build's, as that with the
 * sanitizers.
 */
final class RealLauncher implements AutoCloseable {
  /** What a container usually has of its own. */
  static final long NAMESPACES =
      CloneFlags.CLONE_NEWNS
          | CloneFlags.CLONE_NEWPID
          | CloneFlags.CLONE_NEWNET
          | CloneFlags.CLONE_NEWIPC
          | CloneFlags.CLONE_NEWUTS;

  private final Process process;
  private final SocketChannel connection;

  private RealLauncher(Process process, SocketChannel connection) {
    this.process = process;
    this.connection = connection;
  }

  static Path binary() {
    String architecture = System.getProperty("os.arch").replace("amd64", "x86_64");
    String built = "../launcher/build/" + architecture + "/belljar-launcher";
    return Path.of(System.getProperty("belljar.launcher", built)).toAbsolutePath().normalize();
  }

  static RealLauncher start(Path directory) {
    return start(directory, "exec \"$0\" \"$@\"");
  }

  /** Starts it by a shell's line, in which {@code "$0" "$@"} is the launcher and its arguments. */
  static RealLauncher start(Path directory, String line) {
    Path socket = directory.resolve("planner-" + System.nanoTime());
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      List<String> command =
          List.of("/bin/sh", "-c", line, binary().toString(), "--planner", socket.toString());
      RealLauncher launcher =
          new RealLauncher(new ProcessBuilder(command).start(), server.accept());
      launcher.receive(FrameType.REQUEST);
      return launcher;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Process process() {
    return process;
  }

  void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      connection.write(bytes);
    }
  }

  void send(Plan plan) throws IOException {
    if (plan.sealed()) {
      send(frame(FrameType.SEAL.number(), new byte[0]));
    }
    int flags = (plan.last() ? FrameType.PLAN_LAST : 0) | (plan.timed() ? FrameType.PLAN_TIMED : 0);
    send(plan(flags, PlanEncoder.encode(plan)));
  }

  static ByteBuffer plan(boolean last, byte[] encoded) {
    return plan(last ? FrameType.PLAN_LAST : 0, encoded);
  }

  private static ByteBuffer plan(int flags, byte[] encoded) {
    byte[] payload =
        ByteBuffer.allocate(4 + encoded.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(flags)
            .put(encoded)
            .array();
    return frame(FrameType.PLAN.number(), payload);
  }

  static ByteBuffer frame(int type, byte[] payload) {
    return ByteBuffer.allocate(8 + payload.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(type)
        .putInt(payload.length)
        .put(payload)
        .flip();
  }

  Outcome outcome() throws IOException {
    ByteBuffer payload = receive(FrameType.OUTCOME);
    int step = payload.getInt();
    int stage = payload.getInt();
    int errno = payload.getInt();
    byte[] data = new byte[payload.remaining()];
    payload.get(data);
    return new Outcome(step, stage, errno, data);
  }

  /** The next bytes of its standard input. */
  byte[] read(int most) throws IOException {
    byte[] number = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(most).array();
    send(frame(FrameType.READ.number(), number));
    return receive(FrameType.DATA).array();
  }

  /** Carries a plan out; when it failed, the launcher is told to exit with 99. */
  Outcome run(Plan plan) throws IOException {
    send(plan);
    Outcome outcome = outcome();
    if (!outcome.succeeded() || !plan.last()) {
      send(frame(FrameType.EXIT.number(), new byte[] {99, 0, 0, 0}));
    }
    return outcome;
  }

  private ByteBuffer receive(FrameType type) throws IOException {
    ByteBuffer header = receive(8);
    int number = header.getInt();
    if (number != type.number()) {
      throw new IOException("frame " + number + " instead of " + type);
    }
    return receive(header.getInt());
  }

  private ByteBuffer receive(int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (connection.read(bytes) < 0) {
        throw new EOFException("the launcher has hung up: " + error());
      }
    }
    return bytes.flip();
  }

  void hangUp() throws IOException {
    connection.close();
  }

  int status() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the launcher has not ended");
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  String error() throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The processes below the launcher, or only one of them. */
  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> children = children();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    connection.close();
  }

  /** A plan that forks a process, has it do these steps, and waits for its end. */
  static Plan.Builder inChild(long flags, List<Step> steps) {
    Plan.Builder plan =
        Plan.builder()
            .add(new NamespaceStep.Fork(Role.INIT, flags, Slot.NONE), "a test")
            .add(new ProcessStep.Notify(Role.INIT), "a test")
            .add(new ProcessStep.Await(Role.INIT), "a test")
            .add(new ProcessStep.Wait(Role.INIT, 0), "a test")
            .role(Role.INIT)
            .add(new ProcessStep.Await(Role.LAUNCHER), "a test");
    steps.forEach(step -> plan.add(step, "a test"));
    return plan;
  }

  /** The same, and at the end the process executes a shell. */
  static Plan.Builder shell(long flags, List<Step> steps, String line) {
    List<Step> all = new ArrayList<>(steps);
    all.add(new IdentityStep.FindProgram(List.of("/bin/sh")));
    all.add(new ProcessStep.Notify(Role.LAUNCHER));
    all.add(
        new IdentityStep.Execute(
            List.of("sh", "-c", line), List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), 0));
    return inChild(flags, all);
  }

  /** What of the machine a launcher must leave as it was. */
  record Machine(List<String> mounts, long children) {
    static Machine now() throws IOException {
      return new Machine(
          Files.readAllLines(Path.of("/proc/self/mountinfo")),
          ProcessHandle.current().descendants().count());
    }
  }
}
